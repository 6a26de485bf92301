"""Write 培训包.xlsx: drop-downs, hints and examples for the teacher, the manifest's values in their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kebao.model.errors import UsageFault
from kebao.model.text import Text
from kebao.package.manifest import KIND_WORDS, CatalogueItem, Manifest
from kebao.package.values import NO, YES, write_list, write_ranges
from kebao.package.workbook.layout import (
    CATALOGUE,
    EXAMPLE,
    GUIDANCE,
    GUIDE,
    GUIDE_LINES,
    HINT,
    LABEL,
    SHEETS,
    VALUE,
    LabelSheet,
    RowSheet,
    Section,
    Slot,
    category_label,
)
from kebao.questions.formats.xlsx_writer import save_book

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of Excel holds (Excel specifications and limits)."""

SPARE_ROWS = 1_000
"""Rows of a row sheet that are ready to be filled in: text format, drop-downs, checks."""

_EXACT_DIGITS = 15
_PRINTED_WIDTH = 220  # characters across A4 landscape that can still be read
_LARGEST_AMOUNT = 1_000_000
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NAME, _GREY, _DARK = "微软雅黑", "808080", "1F3864"
_BODY, _STRONG = Font(name=_NAME, size=11), Font(name=_NAME, size=11, bold=True)
_HEAD, _HELP = Font(name=_NAME, size=11, bold=True, color="FFFFFF"), Font(name=_NAME, size=9, color=_GREY, italic=True)
_HEAD_FILL = PatternFill("solid", fgColor=_DARK)
_SECTION_FILL, _HELP_FILL = PatternFill("solid", fgColor="D9E2F3"), PatternFill("solid", fgColor="F7F7F7")
_WRAP, _CENTRE = Alignment(wrap_text=True, vertical="top"), Alignment(wrap_text=True, vertical="center")
_NUMBER = Alignment(horizontal="left", vertical="top")
_EDGE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def write_workbook(manifest: Manifest, path: Path, *, examples: bool = False) -> None:
    """Write the workbook; what stands at `path` is replaced. The same manifest gives the same bytes.

    Reading it gives the same manifest, but for what a cell cannot hold: control characters, an entry in which every
    field is empty, an empty `language`.

    Args:
        examples: grey examples beside the fields and above the rows; reading passes over them.

    Raises:
        UsageFault: a text is longer than a cell holds.
        OSError: the file cannot be written.
    """
    book = Workbook()
    _guide(book.active or book.create_sheet())
    for layout in SHEETS:
        sheet = book.create_sheet(layout.name)
        if isinstance(layout, LabelSheet):
            _label_sheet(sheet, layout, manifest, examples)
        else:
            _row_sheet(sheet, layout, manifest, examples)
        _print_setup(sheet)
    save_book(book, path)


def _guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(("培训包填写说明", *GUIDE_LINES), start=1):
        cell = _cell(sheet, number, 1, line)
        cell.font, cell.alignment = _STRONG if number == 1 else _BODY, _WRAP
    _print_setup(sheet)


def _print_setup(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    width = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1 + (width > _PRINTED_WIDTH), 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
    if sheet.title != GUIDE:
        sheet.print_title_rows = "1:1"
    if width > _PRINTED_WIDTH:
        sheet.print_title_cols = "A:B"


def _label_sheet(sheet: Worksheet, layout: LabelSheet, manifest: Manifest, examples: bool) -> None:
    headers = (LABEL, VALUE, HINT, "示例")[: 4 if examples else 3]
    for column, (header, width) in enumerate(zip(headers, (26, 52, 48, 40), strict=False), start=1):
        _header(_cell(sheet, 1, column, header))
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    for row, entry in enumerate(layout.rows, start=2):
        if isinstance(entry, Section):
            cell = _cell(sheet, row, 1, entry.title)
            for column in range(1, len(headers) + 1):
                _cell(sheet, row, column).fill = _SECTION_FILL
            cell.font = _STRONG
            continue
        label, value, hint = _cell(sheet, row, 1, entry.label), _cell(sheet, row, 2), _cell(sheet, row, 3, entry.hint)
        label.font, label.alignment, label.border = _STRONG, _CENTRE, _BOX
        _put(value, entry, _field(manifest, entry.field))
        value.border = _BOX
        _help(hint)
        if examples:
            _help(_text(_cell(sheet, row, 4), entry.example))
        if entry.long:
            sheet.row_dimensions[row].height = 48
        _check(sheet, entry, f"B{row}")


def _row_sheet(sheet: Worksheet, layout: RowSheet, manifest: Manifest, examples: bool) -> None:
    for column, slot in enumerate(layout.slots, start=1):
        letter = get_column_letter(column)
        _header(_cell(sheet, 1, column, slot.label))
        dimension = sheet.column_dimensions[letter]
        dimension.width, dimension.alignment, dimension.font = slot.width, _WRAP, _BODY
        if slot.form != "number":
            dimension.number_format = "@"
        first = column == 1
        _help(_cell(sheet, 2, column, f"{GUIDANCE}{slot.hint}" if first else slot.hint))
        if examples:
            _help(_text(_cell(sheet, 3, column), f"{EXAMPLE}{slot.example}" if first else slot.example))
        _check(sheet, slot, f"{letter}3:{letter}{SPARE_ROWS}")
    sheet.row_dimensions[2].height = 54
    sheet.freeze_panes = "A3"
    for row, entry in enumerate(_entries(layout, manifest), start=4 if examples else 3):
        for column, slot in enumerate(layout.slots, start=1):
            cell = _cell(sheet, row, column)
            _put(cell, slot, entry.get(slot.field))
            cell.border = _BOX


def _entries(layout: RowSheet, manifest: Manifest) -> Iterator[dict[str, Any]]:
    if layout is CATALOGUE:
        yield from _catalogue(manifest.catalogue, 1)
        return
    for entry in getattr(manifest, layout.field):
        yield {slot.field: getattr(entry, slot.field) for slot in layout.slots}


def _catalogue(items: tuple[CatalogueItem, ...], depth: int) -> Iterator[dict[str, Any]]:
    """Rows of the catalogue: a chapter's name in the first column, a lesson's in the second; the level only where that is not plain."""
    for item in items:
        row = {"id": item.id, "hours": item.hours, "use": item.use, "weight": item.weight}
        row["chapter" if depth == 1 else "title"] = item.title
        if depth > 2 or not item.title:
            row["level"] = Decimal(depth)
        yield row
        yield from _catalogue(item.children, depth + 1)


def _field(manifest: Manifest, name: str) -> Any:
    """The value of a dotted field; `categories` is its first one, `categories.rest` the others."""
    if name == "categories":
        return manifest.categories[0] if manifest.categories else ""
    if name == "categories.rest":
        return manifest.categories[1:]
    value: Any = manifest
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def _put(cell: Cell, slot: Slot, value: Any) -> None:
    """Put a value into its cell in the form that the reader expects."""
    cell.font, cell.alignment = _BODY, _WRAP
    if slot.form == "number" and (value is None or len(value.as_tuple().digits) <= _EXACT_DIGITS):
        cell.alignment = _NUMBER
        if value is not None:
            cell.value = int(value) if value == value.to_integral_value() else float(value)
        return
    if isinstance(value, bool):
        value = YES if value else NO
    elif isinstance(value, Decimal):
        value = format(value, "f")
    elif slot.form == "ranges":
        value = write_ranges(value)
    elif isinstance(value, tuple):
        value = write_list(value, lines=slot.form == "lines")
    elif slot.field == "kind":
        value = KIND_WORDS.get(value, value)
    elif slot.form == "category":
        value = write_list((category_label(value),)) if value else ""
    _text(cell, "" if value is None else str(value), slot.label)


def _text(cell: Cell, text: str, label: str = "") -> Cell:
    """Text that stays text: never a formula, a number or a date, whatever it begins with."""
    text = _ESCAPED.sub("_x005F_", _FORBIDDEN.sub("", text))
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise UsageFault(
            Text(
                zh="“{label}”太长，Excel 的一个单元格最多 {limit} 个字符。请另写成文件，在这里写文件位置。",
                en="“{label}” is too long: a cell of Excel holds {limit} characters. Put the text into a file and its path here.",
            ).format(label=label, limit=LONGEST_CELL)
        )
    cell.number_format = "@"
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_SIGNS)
    return cell


def _check(sheet: Worksheet, slot: Slot, cells: str) -> None:
    """The drop-down or number check of a field."""
    if slot.words:
        check = DataValidation(type="list", formula1=f'"{",".join(slot.words)}"', allow_blank=True)
        check.error = "请从下拉列表中选择。"
    elif slot.form == "number":
        check = DataValidation(
            type="decimal", operator="between", formula1="0", formula2=str(_LARGEST_AMOUNT), allow_blank=True
        )
        check.error = "请填写数字，例如 1.5，不带单位。"
    else:
        return
    check.errorTitle, check.showErrorMessage = slot.label, True
    if slot.hint:
        check.promptTitle, check.prompt, check.showInputMessage = slot.label, slot.hint, True
    check.add(cells)
    sheet.add_data_validation(check)


def _cell(sheet: Worksheet, row: int, column: int, text: str | None = None) -> Cell:
    """A cell of a sheet in which nothing is merged."""
    return sheet.cell(row, column, text)


def _header(cell: Cell) -> None:
    cell.font, cell.fill, cell.alignment, cell.border = _HEAD, _HEAD_FILL, _CENTRE, _BOX


def _help(cell: Cell) -> None:
    cell.font, cell.fill, cell.alignment = _HELP, _HELP_FILL, _WRAP
