"""Read a published subsidy catalogue from .xlsx (A3(2)). What is not understood comes back with its place; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import python_calamine as calamine
from pydantic import ValidationError

from kebao.archive.extent import refuse_far_cells
from kebao.archive.limits import Limits
from kebao.archive.office import vet_office
from kebao.model.errors import Unreadable, UsageFault
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.occupations.catalogue import Edition, Entry
from kebao.occupations.headings import Cell, Headings, ValueColumn, find_headings, heading_role
from kebao.occupations.levels import Level, levels_named, normal_code
from kebao.text.measures import parse_decimal
from kebao.text.names import fold

_NONE_MARKS = frozenset({"", "-", "--", "—", "——", "–", "/", "无", "×"})
"""What tables print where an occupation has no such level, or is not subsidised at it."""

_MARKS = "*★☆▲△※"
_MONEY_UNITS = ("元/人", "元")
_DEMAND = re.compile(
    r"(?:[一二三四五1-5][、.．])?[(（]?((?!市场)[^\s()（）、.．]{0,2}紧缺(?:职业)?)(?:目录|类|表)?[)）]?"
)
"""A section or a sheet that is named 非常紧缺职业, 二、紧缺职业目录 …; not the title of the whole table."""
_LONGEST_RAW = 300


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something in the table that was not imported: its place, its raw text, and why."""

    at: Location
    raw: str
    because: Text


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: str
    number: int
    cells: tuple[Cell, ...]

    @property
    def raw(self) -> str:
        return " | ".join(str(cell).strip() for cell in self.cells if not _blank(cell))[:_LONGEST_RAW]

    def problem(self, zh: str, en: str) -> RowProblem:
        return RowProblem(Location(sheet=self.sheet, row=self.number), self.raw, Text(zh=zh, en=en))


def import_catalogue(
    path: Path,
    *,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    source: str = "",
    fictitious: bool = False,
    issued_by: str = "",
    limits: Limits | None = None,
) -> tuple[Edition, tuple[RowProblem, ...]]:
    """Read every visible sheet of a published table.

    Two layouts are understood: one line a level (等级, 培训课时), and one column a level under 课时 or under `120课时`/`80课时`
    (the cells are then subsidies). Titles may stand above, cells may be merged, sections named 紧缺 give the 需求程度.

    Args:
        path: the .xlsx file.
        name: title of the edition with its year; the rest as in `Edition`.
        limits: for the archive; default `Limits()`.

    Returns:
        The edition (not stored) and what was not understood, in the order of the sheets and rows.

    Raises:
        Unreadable: no .xlsx, or no sheet has headings that tell name, level and hours.
        Unsafe: macros, a bomb, a cell far outside.
        UsageFault: the file is not there, no name is given, or `valid_to` is before `valid_from`.
    """
    entries: list[Entry] = []
    problems: list[RowProblem] = []
    any_table = False
    for title, rows in _sheets(path, limits if limits is not None else Limits(), problems):
        headings = find_headings(rows)
        if headings is None or not headings.tells_hours:
            if any(not _blank(cell) for row in rows for cell in row):
                problems.append(_no_headings(title))
            continue
        any_table = True
        _read_table(title, rows, headings, entries, problems)
    if not any_table:
        raise Unreadable(
            "no-table",
            Text(
                zh=f"“{path.name}”里没有找到目录表。表头要有职业名称、等级和培训课时（职业编码、需求程度、补贴标准可有可无）。",
                en=f"No table was found in “{path.name}”. Its headings must name the occupation, the level and the hours (职业名称, 等级, 培训课时).",
            ),
        )
    try:
        edition = Edition(
            name=name, issued_by=issued_by, valid_from=valid_from, valid_to=valid_to, source=source or path.name, fictitious=fictitious, entries=tuple(entries)
        )  # fmt: skip
    except ValidationError as fault:
        raise UsageFault(
            Text(
                zh="目录要有名称，失效日期不能早于生效日期。",
                en="A catalogue needs a name, and its last day cannot be before its first.",
            )
        ) from fault
    return edition, tuple(problems)


def _sheets(path: Path, limits: Limits, problems: list[RowProblem]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    """Title and rows of every visible sheet, merged ranges filled with their value; hidden sheets become problems."""
    try:
        stream = path.open("rb")
    except OSError as fault:
        raise UsageFault(
            Text(
                zh=f"打不开“{path.name}”，请检查文件是否存在。",
                en=f"“{path.name}” cannot be opened; see whether it is there.",
            )
        ) from fault
    with stream:
        vet_office(stream, limits, path.name)
        refuse_far_cells(stream, path.name)
        try:
            with calamine.CalamineWorkbook.from_filelike(stream) as book:
                for about in book.sheets_metadata:
                    if about.typ != calamine.SheetTypeEnum.WorkSheet:
                        continue
                    if about.visible != calamine.SheetVisibleEnum.Visible:
                        problems.append(
                            RowProblem(
                                Location(sheet=about.name),
                                "",
                                Text(
                                    zh="隐藏的工作表没有读取；需要的话请先取消隐藏。",
                                    en="A hidden sheet was not read; unhide it if it is needed.",
                                ),
                            )
                        )
                        continue
                    yield about.name, _filled(book.get_sheet_by_name(about.name))
        except calamine.CalamineError as fault:
            raise Unreadable(
                "not-xlsx",
                Text(
                    zh=f"“{path.name}”读不出来，请用 Excel 或 WPS 另存为 .xlsx 后再导入。",
                    en=f"“{path.name}” cannot be read; save it again as .xlsx.",
                ),
            ) from fault


def _filled(sheet: calamine.CalamineSheet) -> list[tuple[Cell, ...]]:
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    width = len(rows[0]) if rows else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= width:
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])
    return [tuple(row) for row in rows]


def _read_table(
    title: str, rows: Sequence[Sequence[Cell]], headings: Headings, entries: list[Entry], problems: list[RowProblem]
) -> None:
    """Append the entries of one sheet, and what was not understood."""
    seen = {_key(entry) for entry in entries}
    demand = ""
    for line in [*rows[: headings.first_row - len(headings.texts)], (title,)]:
        demand = next((m[1] for cell in line if (m := _DEMAND.fullmatch(str(cell).strip()))), demand)
    for at, cells in enumerate(rows[headings.first_row :], headings.first_row + 1):
        row = _Row(title, at, tuple(cells))
        said = {str(cell).strip() for cell in cells if not _blank(cell)}
        if not said or _is_heading(row, headings):
            continue
        if len(said) == 1:
            section = _DEMAND.fullmatch(next(iter(said)))
            if section:
                demand = section[1]
            else:
                problems.append(
                    row.problem(
                        "这一行只有一段文字，不是职业条目，没有导入。",
                        "This row is one piece of text, no occupation; it was not imported.",
                    )
                )
            continue
        try:
            for entry in _entries(row, headings, demand):
                if _key(entry) in seen:
                    problems.append(
                        row.problem(
                            f"“{entry.name}”{entry.level} 在表中重复，只保留第一次。",
                            f"“{entry.name}” {entry.level} is repeated; the first is kept.",
                        )
                    )
                    continue
                seen.add(_key(entry))
                entries.append(entry)
        except _NotUnderstood as fault:
            problems.append(RowProblem(Location(sheet=title, row=at, column=fault.column), row.raw, fault.because))


class _NotUnderstood(Exception):
    """A row that is left out whole."""

    def __init__(self, column: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.column = column
        self.because = Text(zh=zh, en=en)


def _entries(row: _Row, headings: Headings, demand: str) -> list[Entry]:
    """Every entry of one row; raises `_NotUnderstood` when any part of it is not understood."""
    columns = headings.columns
    trade, occupation = (_words(row, columns.get(role)) for role in ("trade", "name"))
    name = trade or occupation
    if not name:
        raise _NotUnderstood(
            "职业名称",
            "没有职业名称，也不在合并单元格里。",
            "No occupation is named, and the cell is not merged with one that does.",
        )
    code = _code(row, columns.get("code"))
    row_levels: tuple[Level, ...] = ()
    if "level" in columns:
        row_levels = levels_named(row.cells[columns["level"]])
        if not row_levels:
            raise _NotUnderstood(
                "等级",
                f"等级“{_words(row, columns['level'])}”看不懂。",
                f"The level “{_words(row, columns['level'])}” is not understood.",
            )
    found = []
    for column in _hours_columns(headings):
        hours, subsidy = _numbers(row, column, headings)
        if hours is None:
            if "level" in columns and column.fixed_hours is None:
                raise _NotUnderstood("培训课时", "没有写课时。", "No hours are given.")
            continue
        for level in column.levels or row_levels:
            try:
                shown_demand = _words(row, columns.get("demand")) or demand
                found.append(
                    Entry(code=code, name=name, level=level, hours=hours, demand=shown_demand, subsidy=subsidy)
                )
            except ValidationError as fault:
                raise _NotUnderstood(
                    "培训课时", f"课时 {hours} 或补贴标准不合常理。", f"The hours {hours} or the subsidy make no sense."
                ) from fault
    if not found:
        raise _NotUnderstood(
            "", "这一行没有任何等级的课时或补贴标准。", "This row gives no hours or subsidy for any level."
        )
    return found


def _hours_columns(headings: Headings) -> list[ValueColumn]:
    """Columns that each make an entry: hours, or subsidies for hours that the heading fixes."""
    return [column for column in headings.values if column.role == "hours" or column.fixed_hours is not None]


def _numbers(row: _Row, column: ValueColumn, headings: Headings) -> tuple[Decimal | None, Decimal | None]:
    """Hours and subsidy that a column gives a row; no hours where the table prints a dash or nothing."""
    if column.fixed_hours is not None:
        subsidy = _number(row, column.at, _MONEY_UNITS)
        return (None if subsidy is None else column.fixed_hours), subsidy
    hours = _number(row, column.at, ("课时", "学时"))
    paid = [
        other
        for other in headings.values
        if other.role == "subsidy" and other.fixed_hours is None and other.levels == column.levels
    ]
    return hours, _number(row, paid[0].at, _MONEY_UNITS) if len(paid) == 1 and hours is not None else None


def _number(row: _Row, at: int, units: Sequence[str]) -> Decimal | None:
    cell = row.cells[at] if at < len(row.cells) else None
    if _blank(cell) or str(cell).strip() in _NONE_MARKS:
        return None
    number = parse_decimal(cell, units=units)
    if number is None:
        raise _NotUnderstood(
            "", f"“{str(cell).strip()[:40]}”不是一个数。", f"“{str(cell).strip()[:40]}” is not a number."
        )
    return number


def _code(row: _Row, at: int | None) -> str:
    cell = row.cells[at] if at is not None else None
    if _blank(cell) or str(cell).strip() in _NONE_MARKS:
        return ""
    code = normal_code(cell)
    if code is None:
        raise _NotUnderstood(
            "职业编码",
            f"“{str(cell).strip()[:40]}”不是 d-dd-dd-dd 形式的职业编码。",
            f"“{str(cell).strip()[:40]}” is no code of the form d-dd-dd-dd.",
        )
    return code


def _words(row: _Row, at: int | None) -> str:
    """A cell as one line of text, marks such as * taken off, spaces inside Chinese words dropped."""
    if at is None or at >= len(row.cells) or _blank(row.cells[at]):
        return ""
    text = " ".join(str(row.cells[at]).split()).strip(_MARKS + " ")
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text)


def _is_heading(row: _Row, headings: Headings) -> bool:
    """True for headings printed again on a later page."""
    at = headings.columns.get("name", headings.columns.get("trade", 0))
    return at < len(row.cells) and heading_role(row.cells[at]) in ("name", "trade")


def _key(entry: Entry) -> tuple[str, str, str, Decimal]:
    return entry.code, fold(entry.name), entry.level, entry.hours


def _no_headings(title: str) -> RowProblem:
    return RowProblem(
        Location(sheet=title),
        "",
        Text(
            zh="这个工作表没有找到职业名称、等级和课时的表头，没有导入。",
            en="No headings for occupation, level and hours were found in this sheet.",
        ),
    )


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
