"""网络课程资源基本情况表 (F1–F3), written in the original's layout and read back.

Field names are those of the manifest's `form`: `title`, `own_rights`, … and `introduction.source` … for the ten topics.
Ticks are read and written as the words 是 and 否.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm

from kebao.documents.docx import Paper, fill

TITLE = "网络课程资源基本情况表"
LABELS: dict[str, str] = {
    "title": "课程名称",
    "own_rights": "是否具有自主知识产权",
    "digital_skills": "是否数字技能培训课程",
    "unit": "单位名称",
    "contact": "联系人",
    "position": "职务",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通讯地址",
}
TOPICS: dict[str, str] = {
    "introduction.source": "线上课程资源来源",
    "introduction.occupation": "培训的职业工种",
    "introduction.standard": "依据的职业标准",
    "introduction.outline": "培训大纲",
    "introduction.teachers": "培训师资",
    "introduction.resources": "培训资源",
    "introduction.format": "培训形式",
    "introduction.process": "培训流程",
    "introduction.hours": "培训课时",
    "introduction.picture": "画面质量",
}
_ONE = "一、基本信息"
_TWO = (
    "二、课程介绍（主要叙述线上课程资源来源、培训的职业工种、依据的职业标准、培训大纲、培训师资、培训资源、培训形式、"
    "培训流程、培训课时、画面质量等）"
)
_THREE = "三、备注"
_NUMERALS = "一二三四五六七八九十"
_TICKS = ("own_rights", "digital_skills")
_TICKED = "☑√✓✔■☒●"


def write_form(fields: Mapping[str, str], path: Path) -> None:
    """Write the form; a field that is not given stays blank, to be filled by hand."""
    paper = Paper(TITLE)
    paper.paragraph("附件2")
    paper.title(TITLE)
    table = paper.grid(12, 4, (4.7, 3.7, 4.7, 3.7))
    _wide(table, 0, _ONE)
    _pair(table, 1, "title", fields)
    _two(table, 2, "own_rights", "digital_skills", fields)
    _pair(table, 3, "unit", fields)
    _two(table, 4, "contact", "position", fields)
    _two(table, 5, "phone", "email", fields)
    _pair(table, 6, "address", fields)
    _wide(table, 7, _TWO)
    topics = "\n".join(
        f"（{_NUMERALS[index]}）{label}：{_one_line(fields.get(name, ''))}"
        for index, (name, label) in enumerate(TOPICS.items())
    )
    fill(_merged(table, 8), topics)
    table.rows[8].height, table.rows[10].height = Cm(11), Cm(2.2)  # at least: room to write by hand
    _wide(table, 9, _THREE)
    fill(_merged(table, 10), fields.get("remark", ""))
    fill(_merged(table, 11), "填表说明：本表由课包按培训包内容生成，也可以手工填写；空白处请补齐。")
    paper.save(path)


def read_form(stream: BinaryIO) -> dict[str, str] | None:
    """Fields of a filled form: ours, or one that was typed again with the same labels. None when it is no such form.

    Every descendant `w:t` is read, so words in smart tags and insertions are kept. The file must have been vetted.
    """
    try:
        document: Any = docx.Document(stream)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        return None
    blocks = list(_blocks(document))
    whole = _folded("".join("".join(row) for row in blocks))
    if _folded(TITLE) not in whole and not (_folded(LABELS["unit"]) in whole and "课程介绍" in whole):
        return None
    found: dict[str, str] = {}
    for row in blocks:
        _read_row(row, found)
    found |= _read_topics(blocks)
    found |= _read_remark(blocks)
    return found


def _blocks(document: Any) -> Iterator[list[str]]:
    """Rows of cells, and paragraphs outside tables as rows of one cell, in the document's order."""
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            yield [_words(element)]
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield ["\n".join(_words(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))]


def _words(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _read_row(row: list[str], found: dict[str, str]) -> None:
    """A label's value is the next cell, or what follows the label's colon in the same cell."""
    by_label = {_folded(label): name for name, label in LABELS.items()}
    for index, cell in enumerate(row):
        head, colon, rest = _split_label(cell)
        name = by_label.get(_folded(head))
        if name is None or name in found:
            continue
        following = row[index + 1] if index + 1 < len(row) else ""
        value = rest if colon and rest.strip() else following
        if _folded(_split_label(value)[0]) in by_label:
            value = ""
        found[name] = _tick(value) if name in _TICKS else value.strip()


def _read_topics(blocks: list[list[str]]) -> dict[str, str]:
    """What stands after each topic's label, up to the next topic or the remarks."""
    lines = [line for row in blocks for cell in row for line in cell.split("\n")]
    by_label = {_folded(label): name for name, label in TOPICS.items()}
    found: dict[str, list[str]] = {}
    current: str | None = None
    for line in lines:
        head, colon, rest = _split_label(re.sub(r"^\s*[（(]?[一二三四五六七八九十\d]{1,2}[）).、．]\s*", "", line))
        name = by_label.get(_folded(head))
        if name is not None and (colon or not rest):
            current = name if name not in found else None
            if current:
                found[current] = [rest]
        elif _folded(line).startswith(_folded(_THREE)):
            current = None
        elif current is not None:
            found[current].append(line)
    return {name: "\n".join(words).strip() for name, words in found.items()}


def _read_remark(blocks: list[list[str]]) -> dict[str, str]:
    for index, row in enumerate(blocks):
        if not row or not re.match(r"(三、)?备注", _folded(row[0])):
            continue
        after = re.sub(r"^\s*(三、)?\s*备\s*注\s*[：:]?", "", row[0]).strip()
        if not after and len(row) > 1:
            after = row[1].strip()
        if not after and index + 1 < len(blocks) and blocks[index + 1]:
            after = blocks[index + 1][0].strip()
        return {"remark": "" if after.startswith("填表说明") else after}
    return {}


def _tick(words: str) -> str:
    """是 or 否 where exactly one is ticked, or where only one of the words stands; else empty."""
    tokens = re.findall(rf"[是否{_TICKED}□○☐]", words)
    # A form that starts with a word has its marks behind the words, any other before them.
    behind = bool(tokens) and tokens[0] in "是否"
    pairs = pairwise(tokens)
    chosen = {
        word for word, mark in (pair if behind else pair[::-1] for pair in pairs) if word in "是否" and mark in _TICKED
    }
    if not chosen and not re.search(r"[□○☐]", words):
        chosen = set(re.findall("[是否]", words))
    return chosen.pop() if len(chosen) == 1 else ""


def _split_label(cell: str) -> tuple[str, str, str]:
    match = re.match(r"\s*([^：:\n]{1,30}?)\s*([：:])(.*)", cell, re.DOTALL)
    return (match[1], match[2], match[3].strip()) if match else (cell.strip(), "", "")


def _folded(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


def _one_line(words: str) -> str:
    return words.strip()


def _merged(table: Any, row: int, start: int = 0) -> Any:
    cells = table.rows[row].cells
    return cells[start].merge(cells[3])


def _wide(table: Any, row: int, words: str) -> None:
    fill(_merged(table, row), words, bold=True)


def _pair(table: Any, row: int, name: str, fields: Mapping[str, str]) -> None:
    fill(table.rows[row].cells[0], LABELS[name], centred=True)
    fill(_merged(table, row, 1), _shown(name, fields))


def _two(table: Any, row: int, left: str, right: str, fields: Mapping[str, str]) -> None:
    for column, name in ((0, left), (2, right)):
        fill(table.rows[row].cells[column], LABELS[name], centred=True)
        fill(table.rows[row].cells[column + 1], _shown(name, fields))


def _shown(name: str, fields: Mapping[str, str]) -> str:
    value = fields.get(name, "")
    if name not in _TICKS:
        return value
    return "　".join(f"{'☑' if value == word else '□'}{word}" for word in ("是", "否"))
