"""Exam papers as .xlsx: the native table with drop-downs, and the empty template for suppliers.

Every cell is written as text or number, never as a formula, whatever its words begin with; the same paper gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kebao.questions.formats.columns import NATIVE_OPTIONS, native_header
from kebao.questions.model import Question, QuestionKind, QuestionPaper

SHEET, EXAMPLES, GUIDE = "试题", "示例", "填写说明"
TEMPLATE_ROWS = 300
_WIDTHS = {
    "题号": 7, "题型": 14, "题干": 46, "答案": 10, "分值": 8, "解析": 36, "知识点": 16, "对应目录": 24, "难度": 8, "图片": 16,
    "图片说明": 24,
}  # fmt: skip
_OPTION_WIDTH = 18
_EPOCH = datetime.datetime(2023, 1, 1)
_HEAD = PatternFill("solid", fgColor="00562F")
_MOST_CHARACTERS = 32_767  # Excel's own limit for a cell
_GUIDE = (
    "一行写一题，写在“试题”页里；“示例”页只供参考，不会当作考题。",
    "题型从下拉框里选：单项选择题、多项选择题、是非判断题。",
    "选项从选项A开始依次填，中间不要空格子。是非判断题不用填选项。",
    "答案：单选写一个字母，如 B；多选写几个字母，如 ABD；判断写 对 或 错。",
    "分值写数字；一套试卷的分值加起来要等于总分（写在培训包.xlsx 的“试卷”页）。",
    "对应目录写培训包.xlsx“课程目录”里的课名，这样才能看出每一课都考到了。",
    "图片写包内的文件路径，并在图片说明里用文字写清图上有什么，看不见的学员靠它做题。",
)
_SAMPLES = (
    Question("1", QuestionKind.SINGLE, "单项选择题", "给老人喂水前，应先（　　）。", ("洗手", "关灯", "量血压", "开窗"), ("A",), explanation="先洗手，防止把病菌带给老人。", topic="卫生", difficulty="易"),
    Question("2", QuestionKind.MULTIPLE, "多项选择题", "下列哪些可以试水温？", ("手腕内侧", "温度计", "直接让老人尝", "舌尖"), ("A", "B"), explanation="用手腕内侧或温度计，不让老人试。", topic="试温", difficulty="中"),
    Question("3", QuestionKind.TRUE_FALSE, "是非判断题", "水温合适后才能喂老人。", (), ("对",), explanation="防止烫伤。", topic="试温", difficulty="易"),
)  # fmt: skip


def write_paper(paper: QuestionPaper, path: Path) -> None:
    """Write a paper; its title and totals stand above the header when it has any."""
    book = Workbook()
    sheet = _sheet(book, SHEET, paper.questions, above=_above(paper))
    _drop_downs(sheet, sheet.max_row + TEMPLATE_ROWS)
    save_book(book, path)


def write_template(path: Path) -> None:
    """An empty paper with drop-downs for 300 questions, examples on a sheet of their own, and how to fill it in."""
    book = Workbook()
    _drop_downs(_sheet(book, SHEET, ()), TEMPLATE_ROWS + 1)
    _sheet(book, EXAMPLES, _SAMPLES, scores="2")
    guide = book.create_sheet(GUIDE)
    guide.column_dimensions["A"].width = 90
    for line in _GUIDE:
        guide.append([line])
    for row in guide.iter_rows():
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    save_book(book, path)


def _above(paper: QuestionPaper) -> list[str]:
    facts = (("总分", paper.total, ""), ("及格分", paper.pass_mark, ""), ("限时", paper.minutes, "分钟"))
    line = "　".join(f"{word}：{value}{unit}" for word, value, unit in facts if value is not None)
    return [words for words in (paper.title, line) if words]


def _sheet(book: Any, name: str, questions: Sequence[Question], *, above: Sequence[str] = (), scores: str = "") -> Any:
    sheet = book.active if book.sheetnames == ["Sheet"] else book.create_sheet()
    sheet.title = name
    for row, words in enumerate(above, start=1):
        _put(sheet.cell(row, 1), words)
    head_row = len(above) + 1
    width = max((len(question.options) for question in questions), default=0)
    for column, word in enumerate(native_header(width), start=1):
        cell = sheet.cell(head_row, column, word)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(word, _OPTION_WIDTH)
    for row, question in enumerate(questions, start=head_row + 1):
        for column, value in enumerate(_cells(question, scores, max(width, NATIVE_OPTIONS)), start=1):
            if value != "":
                _put(sheet.cell(row, column), value)
    sheet.freeze_panes = f"D{head_row + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    return sheet


def _cells(question: Question, score: str, width: int) -> tuple[str | float | int, ...]:
    kind = question.kind.label.zh if question.kind is not QuestionKind.OTHER else question.kind_raw
    answer = "".join(question.answer) or question.answer_raw
    options = [*question.options, *[""] * width][:width]
    points: str | float | int = score
    if question.score is not None:
        points = int(question.score) if question.score == int(question.score) else float(question.score)
    return (
        question.number, kind, question.stem, *options, answer, points, question.explanation, question.topic, question.lesson,
        question.difficulty, question.image, question.image_alt,
    )  # fmt: skip


def _put(cell: Any, words: str | float | int) -> None:
    """Words as text in a text cell: `=1+1`, `1-2` and `+A` stay what they are."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if not isinstance(words, str):
        cell.value = words
        return
    cell.number_format = "@"
    cell.value = plain(words)[:_MOST_CHARACTERS]
    cell.data_type = "s"
    if words[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True


def plain(words: str) -> str:
    """Words without characters that a workbook cannot hold."""
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def _drop_downs(sheet: Any, last: int) -> None:
    first = sheet.freeze_panes[1:] if sheet.freeze_panes else "2"
    letters = {cell.value: cell.column_letter for cell in sheet[int(first) - 1]}
    kinds = ",".join(kind.label.zh for kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE))
    for column, words, title in (("题型", kinds, "题型"), ("难度", "易,中,难", "难度")):
        choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
        choice.promptTitle, choice.prompt, choice.showInputMessage = title, f"请选择：{words.replace(',', '、')}", True
        letter = letters[column]
        choice.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(choice)
    for letter in (letter for word, letter in letters.items() if word.startswith("选项") or word == "答案"):
        for row in range(int(first), min(last, int(first) + TEMPLATE_ROWS)):
            sheet[f"{letter}{row}"].number_format = "@"


def save_book(book: Any, path: Path) -> None:
    """Save a workbook of openpyxl without the time of saving: the same book gives the same bytes."""
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "课包 Kebao"
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _fixed_dates(content)
            out.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _fixed_dates(core: bytes) -> bytes:
    """openpyxl writes the time of saving as `modified`; the created date stands for both."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2023-01-01T00:00:00Z", core)
