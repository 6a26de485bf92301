"""The ledger's columns: one definition for the page, for paper and for the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from ketang.platform.listing import Listing
from ketang.platform.workbook import Head, Kind, Value
from ketang.selection.calls.models import Call, in_language
from ketang.selection.intake.models import Door, Lateness
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium, timing_of


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: in addresses and in what is remembered; never changed once it was given out.
        words: its heading.
        kind: what it holds.
        reads: what is read of an arrival.
        value: makes the value of what was read: text, an aware datetime, a number, or None.
        width: in characters, in a workbook.
    """

    key: str
    words: str | Promise
    kind: Kind
    reads: tuple[str, ...]
    value: Callable[..., Value] = lambda one: one
    width: int = 16


def _first(*words: str | None) -> str:
    return next((one for one in words if one), "")


def _late(lateness: str, state: str, counts_at: Any, closes_at: Any) -> str:
    timing = timing_of(lateness, state, counts_at, closes_at)
    return _late_in(get_language(), timing) if timing else ""


@cache
def _late_in(_language: str | None, timing: str) -> str:
    return str(Lateness(timing).label)


_EVERY = (
    Column("number", gettext_lazy("收件编号"), Kind.CODE, ("number",)),
    Column("door", gettext_lazy("来路"), Kind.TEXT, ("door",), lambda door: str(Door(door).label), 14),
    Column("medium", gettext_lazy("版本形式"), Kind.TEXT, ("medium",), lambda one: str(Medium(one).label), 10),
    Column("received", gettext_lazy("收到时间"), Kind.MOMENT, ("received_at",), width=20),
    Column("counts", gettext_lazy("计算截止的时间"), Kind.MOMENT, ("counts_at",), width=20),
    Column(
        "late", gettext_lazy("是否按时"), Kind.TEXT, ("lateness", "state", "counts_at", "call__closes_at"), _late, 16
    ),
    Column(
        "supplier", gettext_lazy("单位"), Kind.OWN, ("submission__organisation__name", "supplier", "sender"), _first, 30
    ),
    Column("title", gettext_lazy("课程"), Kind.OWN, ("submission__title", "title"), _first, 36),
    Column("submission", gettext_lazy("受理编号"), Kind.CODE, ("submission__number",), _first, 22),
    Column("category", gettext_lazy("类别"), Kind.CODE, ("submission__category",), _first, 10),
    Column("state", gettext_lazy("状态"), Kind.TEXT, ("state",), lambda one: str(ArrivalState(one).label), 14),
    Column("reason", gettext_lazy("理由"), Kind.OWN, ("reason",), width=40),
    Column("sender", gettext_lazy("寄件人"), Kind.OWN, ("sender",), width=30),
    Column("file", gettext_lazy("文件名"), Kind.OWN, ("name",), width=36),
    Column("size", gettext_lazy("大小（字节）"), Kind.COUNT, ("size",), width=14),
    Column("digest", gettext_lazy("校验值"), Kind.CODE, ("digest",), width=68),
    Column("receipt", gettext_lazy("回执编号"), Kind.CODE, ("receipt__number",), _first, 24),
    Column("call", gettext_lazy("征集"), Kind.OWN, ("call_id",), width=40),
    Column("registered", gettext_lazy("登记时间"), Kind.MOMENT, ("registered_at",), width=20),
    Column("registrar", gettext_lazy("登记人"), Kind.OWN, ("registered_by__name",), _first, 14),
)
COLUMNS: Mapping[str, Column] = {column.key: column for column in _EVERY}
"""Every column by its key, in the order of the page."""
DEFAULT = ("number", "door", "medium", "received", "supplier", "title", "submission", "state", "late")
"""What is shown to who chose nothing."""


def heads_of(columns: Sequence[Column]) -> list[Head]:
    """The columns as a workbook wants them."""
    return [Head(str(column.words), column.kind, column.width) for column in columns]


def columns_of(keys: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these keys, in the order of the page and always with the number; the default ones where none is known."""
    wanted = {key for key in keys if key in COLUMNS} or set(DEFAULT)
    return tuple(column for column in _EVERY if column.key in wanted | {"number"})


@dataclass(frozen=True, slots=True)
class Row:
    """An arrival's values, one a column."""

    uuid: str
    values: tuple[Value, ...]


class Rows:
    """A listing of arrivals as rows of chosen columns; nothing else is read of them.

    Attributes:
        columns: the chosen ones.
    """

    def __init__(self, listing: Listing[Arrival], columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self._listing = listing
        self._reads = ["uuid", *dict.fromkeys(path for column in columns for path in column.reads)]
        place = {path: index for index, path in enumerate(self._reads)}
        self._made = [
            (column.value, [place[path] for path in column.reads], column.kind == Kind.TEXT and len(column.reads) == 1)
            for column in columns
        ]
        # A call's text is long and calls are few: its title is read once, and not with every row.
        self._call = next((index for index, column in enumerate(columns) if column.key == "call"), None)
        self._titles: dict[int, str] | None = None
        # Words of states and doors are translated once a page, and not once a row.
        self._said: dict[tuple[Any, ...], Value] = {}

    @property
    def far(self) -> int:
        """So many rows are counted for a page."""
        return self._listing.far

    def count(self, most: int) -> int:
        """How many rows there are, counted up to `most`."""
        return self._listing.count(most)

    def part(self, start: int, stop: int) -> list[Row]:
        """Rows from `start` to before `stop`."""
        return self._read(self._listing.keys(start, stop))

    def every(self, most: int, at_once: int = 1000) -> Iterator[Row]:
        """Rows up to `most`, read piece by piece: which ones is settled by the first."""
        keys = self._listing.keys(0, most)
        for start in range(0, len(keys), at_once):
            yield from self._read(keys[start : start + at_once])

    def _read(self, keys: list[int]) -> list[Row]:
        found = {row[-1]: row for row in Arrival.objects.filter(pk__in=keys).values_list(*self._reads, "pk")}
        return [self._row(found[key]) for key in keys if key in found]

    def _row(self, read: tuple[Any, ...]) -> Row:
        values = [
            self._in_words(value, read[places[0]]) if few else value(*[read[place] for place in places])
            for value, places, few in self._made
        ]
        if self._call is not None:
            values[self._call] = self._title_of(values[self._call])
        return Row(str(read[0]), tuple(values))

    def _in_words(self, value: Callable[..., Value], one: Any) -> Value:
        """Of a column that has few words."""
        if (value, one) not in self._said:
            self._said[value, one] = value(one)
        return self._said[value, one]

    def _title_of(self, call: Any) -> str:
        if self._titles is None:
            self._titles = {
                key: in_language(title) for key, title in Call.objects.order_by().values_list("pk", "file__title")
            }
        return self._titles.get(call, "") if call is not None else ""
