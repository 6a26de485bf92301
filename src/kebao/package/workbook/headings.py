"""Where the fields stand on a sheet: header rows and label columns, found by their words wherever they were moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kebao.package.workbook.cells import Grid, label_key
from kebao.package.workbook.layout import EXAMPLE, GUIDANCE, HINT, LABEL, VALUE, LabelSheet, RowSheet, Section, Slot

_HEADER_WITHIN_ROWS = 15
_LABELS_WITHIN_COLUMNS = 8
_FEWEST_COLUMNS = 2
_VALUE_KEYS = tuple(map(label_key, (VALUE, "填写内容", "内容", "值")))
_HELP_KEYS = tuple(map(label_key, (HINT, "示例", "说明", "例")))
_MARKS = (GUIDANCE, EXAMPLE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A header row: `row` counts from 0, `columns` are those of ours, `labels` every column's words."""

    row: int
    columns: Mapping[int, Slot]
    labels: Sequence[str]

    def label(self, column: int) -> str:
        """The words above a column."""
        return self.labels[column] if column < len(self.labels) else ""


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """A label with the cell that belongs to it; `slot` is None for a label that is none of ours."""

    row: int
    label: str
    slot: Slot | None
    value_column: int


def matched(slots: Sequence[Slot], label: str) -> Slot | None:
    """The field that a label names: by its own words, else by another name for it."""
    key = label_key(label)
    if not key:
        return None
    by_name = next((slot for slot in slots if label_key(slot.label) == key), None)
    return by_name or next((slot for slot in slots if key in map(label_key, slot.aliases)), None)


def find_heading(layout: RowSheet, grid: Grid) -> Heading | None:
    """The header row: the one of the first rows that names most fields; None when none names two."""
    best: Heading | None = None
    for row in range(min(_HEADER_WITHIN_ROWS, len(grid.rows))):
        labels = [grid.text(row, column) for column in range(len(grid.rows[row]))]
        columns = _columns(layout.slots, labels)
        if len(columns) >= _FEWEST_COLUMNS and (best is None or len(columns) > len(best.columns)):
            best = Heading(row, columns, labels)
    return best


def _columns(slots: Sequence[Slot], labels: Sequence[str]) -> dict[int, Slot]:
    """Columns by their own names first, so that another name never takes a field from the column that bears it."""
    keys = [label_key(label) for label in labels]
    columns: dict[int, Slot] = {}
    for names in (lambda slot: (slot.label,), lambda slot: slot.aliases):
        for slot in slots:
            wanted = tuple(map(label_key, names(slot)))
            if slot in columns.values():
                continue
            place = next((n for n, key in enumerate(keys) if key in wanted and n not in columns), None)
            if place is not None:
                columns[place] = slot
    return dict(sorted(columns.items()))


def find_labels(layout: LabelSheet, grid: Grid) -> tuple[LabelPlace, ...]:
    """Every label of a sheet in order, ours and others; empty when none of ours is there."""
    slots = tuple(layout.slots)
    width = min(_LABELS_WITHIN_COLUMNS, max(map(len, grid.rows), default=0))
    counts = [
        sum(matched(slots, grid.text(row, column)) is not None for row in range(len(grid.rows)))
        for column in range(width)
    ]
    if not any(counts):
        return ()
    column = counts.index(max(counts))
    value_column = _value_column(grid, column)
    passed_over = {label_key(row.title) for row in layout.rows if isinstance(row, Section)} | {label_key(LABEL)}
    return tuple(
        LabelPlace(row, label, matched(slots, label), value_column)
        for row in range(len(grid.rows))
        if (label := grid.text(row, column)) and label_key(label) not in passed_over
    )


def _value_column(grid: Grid, labels: int) -> int:
    for row in range(min(_HEADER_WITHIN_ROWS, len(grid.rows))):
        if label_key(grid.text(row, labels)) != label_key(LABEL):
            continue
        for column in range(len(grid.rows[row])):
            if column != labels and label_key(grid.text(row, column)) in _VALUE_KEYS:
                return column
    return labels + 1


def own_columns(grid: Grid, places: Sequence[LabelPlace]) -> list[tuple[int, str]]:
    """Columns with a header of the teacher's own on a sheet of labels."""
    header = next(
        (row for row in range(min(_HEADER_WITHIN_ROWS, len(grid.rows))) for column in grid.filled(row)
         if label_key(grid.text(row, column)) == label_key(LABEL)),
        None,
    )  # fmt: skip
    if header is None:
        return []
    known = {label_key(LABEL), *_VALUE_KEYS, *_HELP_KEYS}
    return [
        (column, text)
        for column in grid.filled(header)
        if (text := grid.text(header, column)) and label_key(text) not in known and column != places[0].value_column
    ]


def is_guidance(grid: Grid, heading: Heading, row: int) -> Literal["", "known", "changed"]:
    """Whether a row is the template's hints or examples: untouched (`known`), or `changed` but still marked as such."""
    cells = {column: text for column in heading.columns if (text := grid.text(row, column))}
    marked = any(text.startswith(_MARKS) for text in cells.values())
    for field, mark in (("hint", GUIDANCE), ("example", EXAMPLE)):
        wanted = {column: getattr(slot, field) for column, slot in heading.columns.items()}
        same = all(text.removeprefix(mark).strip() == wanted[column] for column, text in cells.items())
        if same and (marked or (field == "hint" and len(cells) >= _FEWEST_COLUMNS)):
            return "known"
    return "changed" if marked else ""
