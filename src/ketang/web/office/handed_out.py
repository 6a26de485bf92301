"""A list of the office as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from ketang.platform.workbook import Head, Value, csv_pieces, pieces_of, workbook

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
    answer = StreamingHttpResponse(MAKERS[ending](title, heads, rows), content_type=_TYPES[ending])
    name = f"{title} {timezone.localdate():%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
