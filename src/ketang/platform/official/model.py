"""What stands on an official paper, in order, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Cell = str | int | float | date | datetime | None
"""A value in a table. Times have no zone any more: they are told in that of the call."""
Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is known of them, line by line."""

    rows: tuple[tuple[str, Cell], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and its width as a share of the widths together."""

    title: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that every page repeats; `empty` stands where there is none."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs by hand; `date` is the word for the day beside each."""

    names: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of a document of an office (GB/T 9704-2012): who issues it and the day, with blank room above for the seal."""

    issuer: str
    day: str


Part = Facts | Table | Words | Signatures | Seal


@dataclass(frozen=True, slots=True)
class Official:
    """A paper.

    Attributes:
        title: its name, which is also the document's title.
        issuer: the office, above the title.
        number: the paper's own number, empty for none.
        issued: day and time of its making, as it is printed.
        code: what its QR code says, empty for none; `code_words` say it to those who do not see it.
        landscape: whether the page lies.
        letter: whether it is set as GB/T 9704-2012 sets a document of an office: its margins and size of type, paragraphs
            indented by two characters. `addressee` then stands above the text.
    """

    title: str
    issuer: str
    parts: tuple[Part, ...]
    language: Language
    number: str = ""
    issued: str = ""
    code: str = ""
    code_words: str = ""
    landscape: bool = False
    letter: bool = False
    addressee: str = ""

    @property
    def line(self) -> str:
        """Number and day, below the title."""
        return "\u3000".join(word for word in (self.number, self.issued) if word)

    def labelled(self, name: str, value: str) -> str:
        """A name with what is said of it."""
        return f"{name}: {value}" if self.language == "en" else f"{name}\uff1a{value}"

    def signed(self, name: str, day: str) -> str:
        """A line to sign on."""
        return f"{self.labelled(name, ROOM)}\u3000{self.labelled(day, ROOM)}"


ROOM = "\uff3f" * 8
"""Room to write by hand."""


def shown(value: Cell) -> str:
    """A value as it is printed."""
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def is_number(value: Cell) -> bool:
    """Whether a value is set as a number, to the right."""
    return isinstance(value, int | float)
