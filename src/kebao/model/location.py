"""Where a finding is: a file, a cell, a catalogue item, a stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kebao.model.text import Text


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of presentation time in exact seconds, `start` included, `end` not."""

    start: Fraction
    end: Fraction

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            raise ValueError(f"a span runs forward from zero: {self.start}–{self.end}")

    @property
    def seconds(self) -> Fraction:
        """Its length in seconds."""
        return self.end - self.start

    def __str__(self) -> str:
        if int(self.start) == int(self.end):  # a moment
            return clock(self.start)
        return f"{clock(self.start)}–{clock(self.end)}"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a package. Every part is optional; all empty means the package as a whole.

    Attributes:
        path: file inside the package, forward slashes.
        item: stable name of the thing meant (a resource id, a catalogue id, `试卷1#12`): survives inserted rows.
        field: name of the field meant (`hours`, `form.phone`, `答案`).
        title: what a person calls the thing; only shown, never compared.
        sheet, row, column: cell of a workbook; rows count from 1, columns are the header's words.
        span: stretch of time of a medium.
    """

    path: str = ""
    item: str = ""
    field: str = ""
    title: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    span: Span | None = None

    @property
    def key(self) -> str:
        """What stays the same when the package is sent again: no row numbers, no shown title."""
        start = "" if self.span is None else str(int(self.span.start))
        return "\x1f".join((self.path, self.item, self.field, self.column, start))

    @property
    def words(self) -> Text:
        """The place as a person would say it."""
        zh, en = [], []
        if self.path:
            zh.append(self.path)
            en.append(self.path)
        if self.sheet:
            zh.append(f"工作表“{self.sheet}”")
            en.append(f"sheet “{self.sheet}”")
        if self.row is not None:
            zh.append(f"第 {self.row} 行")
            en.append(f"row {self.row}")
        if self.column:
            zh.append(f"“{self.column}”列")
            en.append(f"column “{self.column}”")
        if self.span is not None:
            zh.append(str(self.span))
            en.append(str(self.span))
        if not zh and self.title:
            return Text(zh=self.title, en=self.title)
        return Text(zh="，".join(zh) or "整个课程包", en=", ".join(en) or "the whole package")


def clock(seconds: Fraction) -> str:
    """Seconds as mm:ss, or h:mm:ss from one hour on; cut, not rounded, so that a player seeks to before the spot."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes:02d}:{second:02d}"
