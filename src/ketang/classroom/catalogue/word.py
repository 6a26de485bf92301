"""A Word file as plain HTML: headings, paragraphs, lists, tables, bold and slanted words, pictures. It is sanitised afterwards (`article.py`)."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import docx
from docx.opc.exceptions import PackageNotFoundError

from kebao.archive.limits import Limits
from kebao.archive.office import vet_office
from kebao.model.errors import Unreadable
from kebao.model.text import Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = frozenset({"0", "false", "off", "none"})
Content = Callable[[str], bytes]
"""Bytes of a picture by its address in the HTML; none for an address that is not there."""


def html_of_word(stream: BinaryIO, path: str, limits: Limits) -> tuple[str, Content]:
    """The HTML, and where its pictures come from.

    Raises:
        Unreadable, Unsafe: as `vet_office`, and what python-docx cannot open.
    """
    vet_office(stream, limits, path)
    try:
        document: Any = docx.Document(stream)
        reader = _Reader(document)
        return "".join(reader.blocks(document.element.body)), reader.content
    except (PackageNotFoundError, KeyError, ValueError, IndexError, AttributeError, zipfile.BadZipFile) as error:
        raise Unreadable(
            "damaged", Text(zh="Word 文档已损坏，读不出来。", en="The Word document is damaged.")
        ) from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.part = document.part
        self.styles = {style.style_id: (style.name or "").lower() for style in document.styles if style.style_id}
        self.bullets = _bullets(self.part)

    def content(self, address: str) -> bytes:
        """Bytes of a picture."""
        related = self.part.related_parts.get(PurePosixPath(address).name)
        return bytes(related.blob) if related is not None else b""

    def blocks(self, parent: Any) -> Iterator[str]:
        """Paragraphs and tables in order; paragraphs of a list are put together."""
        depth: list[str] = []
        for block in _blocks(parent):
            item = self._list_of(block) if block.tag == f"{_W}p" else None
            if item is None:
                yield from _closed(depth, 0)
                yield self._table(block) if block.tag == f"{_W}tbl" else self._paragraph(block)
                continue
            level, kind = item
            yield from _closed(depth, level + 1)
            if len(depth) == level + 1 and depth[-1] == kind:
                yield "</li>"
            else:
                yield from _closed(depth, level)
                while len(depth) <= level:
                    depth.append(kind)
                    yield f"<{kind}>" if len(depth) == level + 1 else f"<{kind}><li>"
            yield f"<li>{self._words(block)}"
        yield from _closed(depth, 0)

    def _list_of(self, paragraph: Any) -> tuple[int, str] | None:
        """Depth and kind of the list it is in."""
        style = self._style(paragraph)
        if self._heading(style):
            return None
        numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
        if numbered is None:
            return (
                (0, "ol" if "number" in style else "ul")
                if style.startswith("list ") and style != "list paragraph"
                else None
            )
        number = _value(numbered.find(f"{_W}numId"))
        level = min(int(_value(numbered.find(f"{_W}ilvl")) or 0), 8)
        if number == "0":
            return None
        return level, "ul" if self.bullets.get((number, level), True) else "ol"

    def _style(self, paragraph: Any) -> str:
        return self.styles.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), "")

    @staticmethod
    def _heading(style: str) -> int:
        if style == "title":
            return 1
        first, _space, number = style.partition(" ")
        return min(int(number), 6) if first in ("heading", "标题") and number.isdecimal() and int(number) else 0

    def _paragraph(self, paragraph: Any) -> str:
        words = self._words(paragraph)
        if not words.strip():
            return ""
        level = self._heading(self._style(paragraph))
        return f"<h{level}>{words}</h{level}>" if level else f"<p>{words}</p>"

    def _words(self, paragraph: Any) -> str:
        return "".join(self._run(run) for run in _runs(paragraph))

    def _run(self, run: Any) -> str:
        words: list[str] = []
        for node in run:
            if node.tag == f"{_W}t":
                words.append(html.escape(node.text or ""))
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                words.append("<br>")
            elif node.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
                words.append(" " if node.tag == f"{_W}tab" else "-")
            elif node.tag == f"{_W}drawing":
                words.append(self._picture(node))
        told = "".join(words)
        if not told.strip() or "<img" in told:
            return told
        for mark, tag in (("b", "strong"), ("i", "em")):
            found = run.find(f"{_W}rPr/{_W}{mark}")
            if found is not None and _value(found) not in _OFF:
                told = f"<{tag}>{told}</{tag}>"
        return told

    @staticmethod
    def _picture(drawing: Any) -> str:
        named = next(drawing.iter(f"{_DRAWING}docPr"), None)
        alt = (named.get("descr") or "") if named is not None else ""
        ids = [blip.get(f"{_R}embed") for blip in drawing.iter(f"{_A}blip")]
        return "".join(f'<img src="word/{html.escape(one)}" alt="{html.escape(alt)}">' for one in ids if one)

    def _table(self, table: Any) -> str:
        rows = list(table.iterchildren(f"{_W}tr"))
        out = ["<table>"]
        for place, row in enumerate(rows):
            head = place == 0 and len(rows) > 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None
            out.append("<tr>")
            for cell in row.iterchildren(f"{_W}tc"):
                span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
                inside = "<br>".join(words for block in _blocks(cell) if (words := self._cell_words(block)))
                tag = "th" if head and inside else "td"
                out.append(f"<{tag}{f' colspan={span!r}' if span.isdecimal() else ''}>{inside}</{tag}>")
            out.append("</tr>")
        return "".join([*out, "</table>"])

    def _cell_words(self, block: Any) -> str:
        if block.tag == f"{_W}tbl":
            return "<br>".join(
                words for inner in block.iter(f"{_W}p") if (words := self._words(inner)).strip()
            )  # a table in a cell is read line by line
        return self._words(block) if self._words(block).strip() else ""


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in content controls."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(child)


def _runs(parent: Any) -> Iterator[Any]:
    """Every run, also in links, smart tags, insertions and text boxes; not what was deleted, nothing twice."""
    for child in parent:
        if child.tag in (f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            continue
        if child.tag == f"{_W}r":
            yield child
        yield from _runs(child)


def _closed(depth: list[str], wanted: int) -> Iterable[str]:
    while len(depth) > wanted:
        yield f"</li></{depth.pop()}>"


def _bullets(part: Any) -> dict[tuple[str, int], bool]:
    """Whether a level of a numbering is a bullet, by (number, level)."""
    try:
        numbering = part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    shapes: dict[tuple[str, int], bool] = {}
    for shape in numbering.iterchildren(f"{_W}abstractNum"):
        for level in shape.iterchildren(f"{_W}lvl"):
            bullet = _value(level.find(f"{_W}numFmt")) in ("bullet", "none", "")
            shapes[shape.get(f"{_W}abstractNumId") or "", int(level.get(f"{_W}ilvl") or 0)] = bullet
    found: dict[tuple[str, int], bool] = {}
    for number in numbering.iterchildren(f"{_W}num"):
        shape = _value(number.find(f"{_W}abstractNumId"))
        for (known, level), bullet in shapes.items():
            if known == shape:
                found[number.get(f"{_W}numId") or "", level] = bullet
    return found


def _value(element: Any) -> str:
    return (element.get(f"{_W}val") or "") if element is not None else ""
