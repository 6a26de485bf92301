"""A list of the office as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from ketang.platform.workbook import Head, Sheet, Value, csv_pieces, pieces_of, workbook, workbook_of

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
MAKERS: dict[str, Callable[[str, Sequence[Head], Iterable[Sequence[Value]]], Iterator[bytes]]] = {
    "xlsx": lambda title, heads, rows: pieces_of(workbook(title, heads, rows)),
    "csv": lambda _title, heads, rows: csv_pieces(heads, rows),
}
"""By the file's ending."""


def handed_out(ending: str, title: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> HttpResponseBase:
    """The answer, sent in pieces; its name is the list's and the day's."""
    return _answer(ending, title, MAKERS[ending](title, heads, rows))


def book_handed_out(title: str, sheets: Iterable[Sheet]) -> HttpResponseBase:
    """The same for a workbook of several tables."""
    return _answer("xlsx", title, pieces_of(workbook_of(sheets)))


def _answer(ending: str, title: str, pieces: Iterator[bytes]) -> HttpResponseBase:
    answer = StreamingHttpResponse(pieces, content_type=_TYPES[ending])
    name = f"{title} {timezone.localdate():%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
