"""Reading imports: the list, what the columns of one are, and what would become of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from ketang.platform.listing import Listing
from ketang.selection.desk.models import Parcel
from ketang.selection.importing.days import shown
from ketang.selection.importing.faults import THERE, Fault
from ketang.selection.importing.fields import HEADER_WITHIN, Field
from ketang.selection.importing.models import Cell, Outcome, SheetImport, SheetRow
from ketang.selection.importing.understanding import Mapped, Understood, understood
from ketang.selection.ledger.models import Arrival, ArrivalState

SAMPLES = 3
_AT_ONCE = 500


def imports() -> QuerySet[SheetImport]:
    """Every import, with who brought it."""
    return SheetImport.objects.select_related("brought_by", "taken_by", "undone_by").prefetch_related("call")


def list_of_imports(words: str = "") -> Listing[SheetImport]:
    """Imports, of files whose name holds these words, the latest first. There are few: a name is looked for in each."""
    rows = SheetImport.objects.filter(name__icontains=words) if words else SheetImport.objects.all()
    return Listing(rows.order_by("-id"), SheetImport.objects.select_related("brought_by"))


def list_of_not_taken(of: SheetImport) -> Listing[SheetRow]:
    """Rows that were not taken in, as `not_taken`."""
    return Listing(not_taken(of), SheetRow.objects.all())


def rows_of(of: SheetImport, sheet: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
    """Number and cells of each filled row of a sheet, of the chosen one where none is named."""
    wanted = of.sheet if sheet is None else sheet
    rows = SheetRow.objects.filter(of=of, sheet=wanted).order_by("line")
    return iter(rows.values_list("line", "cells").iterator(2000))


def first_rows(of: SheetImport) -> list[tuple[int, list[Cell]]]:
    """The rows among which the header is."""
    return list(islice(rows_of(of), HEADER_WITHIN))


def heads_of(of: SheetImport) -> list[Cell]:
    """What the header row says; nothing when there is none."""
    found = SheetRow.objects.filter(of=of, sheet=of.sheet, line=of.header).values_list("cells", flat=True).first()
    return found or []


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the sheet: its letter as Excel names it, its heading, its first values, and what it is taken for."""

    index: int
    letter: str
    head: str
    samples: list[str]
    field: str


def columns_of(of: SheetImport) -> list[ShownColumn]:
    """The columns of the chosen sheet, in order."""
    rows = list(islice(((line, cells) for line, cells in rows_of(of) if line > of.header), 50))
    heads = heads_of(of)
    wide = max((len(cells) for cells in [heads, *(cells for _line, cells in rows)]), default=0)
    found = []
    for index in range(wide):
        values = [shown(cells[index])[:60] for _line, cells in rows if index < len(cells)]
        field = of.columns[index] if index < len(of.columns) else ""
        head = shown(heads[index])[:60] if index < len(heads) else ""
        found.append(
            ShownColumn(index, letter(index), head, [one for one in values if one not in ("", head)][:SAMPLES], field)
        )
    return found


def letter(index: int) -> str:
    """Excel's name of a column, counted from 0."""
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def mapped(of: SheetImport) -> Mapped:
    """Which column of an import is what."""
    return Mapped(of.header, of.columns, of.year, of.medium)


def weighed(of: SheetImport) -> list[Understood]:
    """What each row of an import says, and which are in the ledger already."""
    found = understood(rows_of(of), mapped(of), now=timezone.localtime().replace(tzinfo=None))
    mark_there(found)
    return found


def mark_there(rows: Sequence[Understood]) -> None:
    """Say of rows that were imported before, or whose tracking number was registered at the desk. Effects: on the rows given."""
    good = [row for row in rows if not row.fault]
    for start in range(0, len(good), _AT_ONCE):
        part = good[start : start + _AT_ONCE]
        taken = SheetRow.objects.filter(key__in=[row.key for row in part])
        known = dict(taken.values_list("key", "arrival__number"))
        numbers = {row.said[Field.TRACKING] for row in part if Field.TRACKING in row.said}
        parcels = Parcel.objects.filter(tracking__in=numbers, undone_at=None)
        at_desk = dict(parcels.order_by("-part").values_list("tracking", "arrival__number"))
        for row in part:
            tracking = row.said.get(Field.TRACKING, "")
            if row.key in known:
                row.fault, row.fault_of = Fault.IN_LEDGER, known[row.key]
            elif tracking in at_desk:
                row.fault, row.fault_of = Fault.AT_DESK, at_desk[tracking]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of the rows of an import."""

    taken: list[Understood]
    there: list[Understood]
    refused: list[Understood]

    @classmethod
    def of(cls, rows: Sequence[Understood]) -> Preview:
        """Rows parted by what becomes of them."""
        return cls(
            [row for row in rows if not row.fault],
            [row for row in rows if row.fault in THERE],
            [row for row in rows if row.fault and row.fault not in THERE],
        )


def not_taken(of: SheetImport) -> QuerySet[SheetRow]:
    """Rows that were not taken in, in the order of the sheet: what cannot be read first."""
    return SheetRow.objects.filter(of=of, outcome__in=(Outcome.THERE, Outcome.REFUSED)).order_by("outcome", "line")


def arrivals_of(of: SheetImport) -> QuerySet[Arrival]:
    """What an import brought into the ledger, in the order of the sheet."""
    return Arrival.objects.filter(sheet_row__of=of).order_by("id")


def touched(of: SheetImport) -> QuerySet[Arrival]:
    """Arrivals of an import with which something was done since."""
    standing = arrivals_of(of).filter(sheet_row__key__gt="")
    untouched = standing.filter(state=ArrivalState.UNCLAIMED, merged=None, phone_notes=None, parcel=None)
    return standing.exclude(pk__in=untouched.values("pk"))


def progress_of(of: SheetImport) -> tuple[int, int]:
    """How many rows are done, and of how many."""
    rows = SheetRow.objects.filter(of=of, sheet=of.sheet, line__gt=of.header)
    return rows.exclude(outcome="").count(), rows.count()


def row_of(arrival: Arrival) -> SheetRow | None:
    """The row of an old spreadsheet that an arrival was."""
    return SheetRow.objects.filter(arrival=arrival).select_related("of").first()
