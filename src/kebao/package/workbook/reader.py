"""Read 培训包.xlsx: tolerant of moved and renamed columns and sheets; what is not understood is told with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import python_calamine as calamine

from kebao.archive.extent import refuse_far_cells, refuse_what_calamine_refuses
from kebao.model.errors import Unreadable
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.faces import Face
from kebao.package.understanding import understand
from kebao.package.values import read_list, tidy
from kebao.package.workbook.catalogue import Outline
from kebao.package.workbook.cells import Grid, grids, label_key
from kebao.package.workbook.headings import Heading, find_heading, find_labels, is_guidance, matched, own_columns
from kebao.package.workbook.layout import CATALOGUE, CATEGORY_WORDS, GUIDE, SHEETS, LabelSheet, RowSheet, Slot
from kebao.package.written import RAW_CHARS, Group, Node, Series, Written
from kebao.questions.model import NotUnderstood

_ENOUGH_SHEETS = 2
_ZIP = b"PK\x03\x04"
_NOT_XLSX = Text(
    zh="“{path}”不是完好的 Excel 工作簿，打不开。请用 WPS 或 Excel 打开后另存为 .xlsx。",
    en="“{path}” is not a sound workbook. Open it with WPS or Excel and save it again as .xlsx.",
)
_NOT_OURS = Text(
    zh="“{path}”不是培训包工作簿：没有找到“基本情况”“课程目录”“学习资源”等工作表。请用 kebao new 生成的模板填写。",
    en="“{path}” is no course workbook: sheets such as 基本情况, 课程目录 and 学习资源 are not in it. Fill in the one that kebao new makes.",
)
_SHEET_LOST = Text(
    zh="工作表“{sheet}”不属于培训包工作簿，里面的内容没有读入。",
    en="The sheet “{sheet}” is none of the workbook's and was not read.",
)
_HEAD_LOST = Text(
    zh="工作表“{sheet}”里没有找到表头（{labels}……），没有读入。请把表头改回模板的样子。",
    en="No header ({labels} …) was found on the sheet “{sheet}”; it was not read. Put the template's header back.",
)
_COLUMN_LOST = Text(
    zh="“{label}”列不是模板里的列，内容没有读入。",
    en="The column “{label}” is none of the template's and was not read.",
)
_LABEL_LOST = Text(
    zh="“{label}”不是模板里的栏目，内容没有读入。", en="“{label}” is none of the template's fields and was not read."
)
_EXAMPLE_LOST = Text(
    zh="这一行带有〔说明〕或〔示例〕字样，没有读入。要采用这一行，请删去这几个字。",
    en="This row bears 〔说明〕 or 〔示例〕 and was not read. Take those words away to have it read.",
)
_TWICE = Text(
    zh="“{label}”在这张表里出现了两次，只采用了前面的一次。",
    en="“{label}” stands on this sheet twice; only the first was taken.",
)


def is_workbook(stream: BinaryIO) -> bool:
    """Whether a vetted workbook is a course's (two of its sheets are there by name) rather than a paper or another table."""
    if stream.read(len(_ZIP)) != _ZIP:
        return False
    stream.seek(0)
    try:
        with refuse_what_calamine_refuses(Unreadable("not-xlsx", _NOT_XLSX)):
            names = calamine.CalamineWorkbook.from_object(stream).sheet_names
    except Unreadable:
        return False
    return len({layout.name for name in names if (layout := _layout_named(name))}) >= _ENOUGH_SHEETS


def read_workbook(stream: BinaryIO, path: str) -> Face:
    """Read the manifest. The caller has vetted the file (`archive.office.vet_office`).

    Raises:
        Unreadable: `not-xlsx`, it does not open; `not-workbook`, none of our sheets is in it; `newer-version`.
        Unsafe: `far-cells`, a cell so far out that laying out the sheet would eat the memory.
    """
    refuse_far_cells(stream, path)
    with refuse_what_calamine_refuses(Unreadable("not-xlsx", _NOT_XLSX.format(path=path), entry=path)):
        sheets = grids(calamine.CalamineWorkbook.from_object(stream), path)
    reading = _Reading(path)
    found = _assigned(sheets)
    if not found:
        raise Unreadable("not-workbook", _NOT_OURS.format(path=path), entry=path)
    for layout, grid in found:
        if layout is None:
            reading.lose_sheet(grid)
        elif isinstance(layout, LabelSheet):
            reading.labels(layout, grid)
        else:
            reading.rows(layout, grid)
    understood = understand(reading.finished(), lost=reading.lost)
    return Face(path, "xlsx", understood.manifest, understood.not_understood, understood.cells)


def _layout_named(name: str) -> LabelSheet | RowSheet | None:
    key = label_key(name)
    return next((sheet for sheet in SHEETS if key in map(label_key, (sheet.name, *sheet.aliases))), None)


def _assigned(sheets: Sequence[Grid]) -> list[tuple[LabelSheet | RowSheet | None, Grid]]:
    """Which sheet is which: by name, else by its header. Sheets that are none of ours come with None; empty without any of ours."""
    named = {grid.sheet: _layout_named(grid.sheet) for grid in sheets}
    free = [layout for layout in SHEETS if layout not in named.values()]
    taken: list[LabelSheet | RowSheet] = []
    found: list[tuple[LabelSheet | RowSheet | None, Grid]] = []
    for grid in sheets:
        layout = named[grid.sheet]
        if layout is None and label_key(grid.sheet) != GUIDE:
            layout = next((one for one in free if one not in taken and _fits(one, grid)), None)
        if layout in taken:
            layout = None
        if layout is not None:
            taken.append(layout)
        found.append((layout, grid))
    return found if taken else []


def _fits(layout: LabelSheet | RowSheet, grid: Grid) -> bool:
    if isinstance(layout, LabelSheet):
        return len(find_labels(layout, grid)) >= len(tuple(layout.slots)) // 2
    heading = find_heading(layout, grid)
    return heading is not None and len(heading.columns) >= max(3, len(layout.slots) // 2)


@dataclass
class _Reading:
    """What was read so far."""

    path: str
    root: Group = field(default_factory=lambda: Group(Location()))
    lost: list[NotUnderstood] = field(default_factory=list)
    categories: dict[str, Written] = field(default_factory=dict)

    def lose(self, at: Location, raw: str, because: Text) -> None:
        """Tell of something that was not read."""
        self.lost.append(NotUnderstood(at, raw if len(raw) <= RAW_CHARS else raw[: RAW_CHARS - 1] + "…", because))

    def lose_sheet(self, grid: Grid) -> None:
        """Tell of a sheet that is none of ours, if anything stands on it; our own guide is passed over."""
        if label_key(grid.sheet) == GUIDE:
            return
        first = next((row for row in range(len(grid.rows)) if any(grid.filled(row))), None)
        if first is not None:
            at = Location(path=self.path, item=grid.sheet, sheet=grid.sheet)
            self.lose(at, _row_text(grid, first), _SHEET_LOST.format(sheet=grid.sheet))

    def labels(self, layout: LabelSheet, grid: Grid) -> None:
        """Read a sheet with one field a row."""
        places = find_labels(layout, grid)
        if not places:
            self._lose_header(grid, [slot.label for slot in layout.slots][:3])
            return
        seen: set[str] = set()
        for place in places:
            value = grid.value(place.row, place.value_column)
            if place.slot is None or place.slot.field in seen:
                if value is not None:
                    sentence = _TWICE if place.slot else _LABEL_LOST
                    self.lose(grid.at(place.row, place.label), str(value), sentence.format(label=place.label))
                continue
            seen.add(place.slot.field)
            self._set(place.slot, Written(value, grid.at(place.row, place.label, place.slot.field)))
        for column, label in own_columns(grid, places):
            self._lose_column(grid, column, label, range(places[0].row, len(grid.rows)), _COLUMN_LOST)

    def _set(self, slot: Slot, cell: Written) -> None:
        if slot.form in ("category", "categories"):
            self.categories[slot.form] = cell
            return
        *parents, name = slot.field.split(".")
        group = self.root
        for parent in parents:
            step = group.items.setdefault(parent, Group(Location()))
            assert isinstance(step, Group)  # noqa: S101  the layout never makes one name both a value and a group
            group = step
        group.items[name] = cell

    def finished(self) -> Group:
        """All that was read; the first category and the others stand in two rows and are one list."""
        cells = [cell for form in ("category", "categories") if (cell := self.categories.get(form))]
        if cells:
            words = [Written(word, cell.at) for cell in cells for word in _category_words(cell)]
            self.root.items["categories"] = Series(cells[0].at, list(words))
        return self.root

    def rows(self, layout: RowSheet, grid: Grid) -> None:
        """Read a sheet with one entry a row."""
        heading = find_heading(layout, grid)
        if heading is None:
            if any(any(grid.filled(row)) for row in range(len(grid.rows))):
                self._lose_header(grid, [slot.label for slot in layout.slots][:3])
            return
        self._lose_columns(layout, grid, heading)
        entries = Series(Location(path=self.path, sheet=grid.sheet))
        outline = Outline(entries, self.lost)
        for row in self._data_rows(grid, heading):
            cells: dict[str, Node] = {
                slot.field: Written(grid.value(row, column), grid.at(row, heading.label(column)))
                for column, slot in heading.columns.items()
            }
            if layout is CATALOGUE:
                outline.add(cells, grid.at(row))
            else:
                entries.items.append(Group(grid.at(row), cells))
        self.root.items[layout.field] = entries

    def _data_rows(self, grid: Grid, heading: Heading) -> Iterator[int]:
        for row in range(heading.row + 1, len(grid.rows)):
            if not any(grid.value(row, column) is not None for column in heading.columns):
                continue
            guidance = is_guidance(grid, heading, row)
            if guidance == "changed":
                text = _row_text(grid, row)
                self.lose(replace(grid.at(row), item=text), text, _EXAMPLE_LOST)
            elif not guidance:
                yield row

    def _lose_columns(self, layout: RowSheet, grid: Grid, heading: Heading) -> None:
        """Columns of the teacher's own, one word for each in which something stands."""
        width = max((len(row) for row in grid.rows[heading.row :]), default=0)
        for column in range(width):
            if column in heading.columns:
                continue
            label = heading.label(column)
            below = range(heading.row + 1, len(grid.rows))
            sentence = _TWICE if matched(layout.slots, label) else _COLUMN_LOST
            self._lose_column(grid, column, label or column_letter(column), below, sentence)

    def _lose_column(self, grid: Grid, column: int, label: str, rows: range, sentence: Text) -> None:
        filled = [row for row in rows if grid.value(row, column) is not None]
        if filled:
            raw = "；".join(grid.text(row, column) for row in filled[:3])
            self.lose(grid.at(filled[0], label), raw, sentence.format(label=label))

    def _lose_header(self, grid: Grid, labels: Sequence[str]) -> None:
        at = Location(path=self.path, item=grid.sheet, sheet=grid.sheet)
        self.lose(at, "", _HEAD_LOST.format(sheet=grid.sheet, labels="、".join(labels)))


def _category_words(cell: Written) -> list[str]:
    """Categories in a cell: by their number, however the words behind it read; what has none stays as it is."""
    return [] if cell.value is None else [_category(word) for word in read_list(str(cell.value))]


def _category(word: str) -> str:
    written = tidy(word)
    for category, words in CATEGORY_WORDS.items():
        if written == category or written.startswith(f"{category} ") or label_key(word) == label_key(words):
            return category
    return word


def _row_text(grid: Grid, row: int) -> str:
    return " | ".join(grid.text(row, column) for column in grid.filled(row))


def column_letter(column: int) -> str:
    """A column's letter as it stands above the sheet; columns count from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
