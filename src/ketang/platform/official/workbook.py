"""An official paper as .xlsx: each table a sheet with its types, ready to be filtered and printed."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from kebao.documents.docx import plain
from ketang.platform.official.model import Cell, Facts, Official, Seal, Signatures, Table, Words, shown

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 130.0
"""Characters that the columns of a sheet share."""
_LINE = Border(*(Side(style="thin"),) * 4)


def write_xlsx(official: Official) -> bytes:
    """The workbook. Words stay words, whatever sign they begin with."""
    book = Workbook()
    book.properties.title, book.properties.creator = official.title, official.issuer
    for sheet in list(book.worksheets):
        book.remove(sheet)
    tables = [part for part in official.parts if isinstance(part, Table)]
    around = [part for part in official.parts if not isinstance(part, Table)]
    for number, table in enumerate(tables):
        _sheet(book, official, table, around if number == 0 else [])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, official: Official, table: Table, around: list[Facts | Words | Signatures | Seal]) -> None:
    name = "".join(sign for sign in table.heading or official.title if sign not in r"[]:*?/\'")[:31]
    sheet = book.create_sheet(name)
    columns = len(table.columns)
    at = _line(sheet, 1, official.title, columns, Font(bold=True, size=16), centred=True)
    head = "\u3000".join(word for word in (official.issuer, official.line) if word)
    at = _line(sheet, at, head, columns, Font(size=11), centred=True)
    for part in around:
        if isinstance(part, Facts):
            for label, value in part.rows:
                at = _line(sheet, at, official.labelled(label, shown(value)), columns)
    for place, column in enumerate(table.columns, start=1):
        _put(sheet.cell(at, place), column.title).font = Font(bold=True)
    total = sum(column.share for column in table.columns)
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(6.0, column.share / total * _WIDTH)
    first = at
    for row in table.rows:
        at += 1
        for place, value in enumerate(row, start=1):
            _put(sheet.cell(at, place), value)
    if not table.rows:
        at = _line(sheet, at + 1, table.empty, columns)
    for part in around:
        if isinstance(part, Words):
            at = _line(sheet, at + 1, part.text, columns)
        elif isinstance(part, Signatures):
            for label in part.names:
                at = _line(sheet, at + 2, official.signed(label, part.date), columns)
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    if table.rows:
        sheet.auto_filter.ref = f"A{first}:{get_column_letter(columns)}{first + len(table.rows)}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation = "landscape" if official.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _line(sheet: Any, row: int, words: str, columns: int, font: Font | None = None, *, centred: bool = False) -> int:
    """Words across all columns; gives the next row."""
    cell = _put(sheet.cell(row, 1), words)
    cell.border = Border()
    cell.font = font or Font(size=11)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    return row + 1


def _put(cell: Any, value: Cell) -> Any:
    cell.value = plain(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # what begins with = is no formula
        cell.number_format = "@"
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    cell.border = _LINE
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell
