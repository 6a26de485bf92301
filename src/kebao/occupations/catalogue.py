"""The subsidy catalogue 《市场紧缺职业需求程度及培训补贴标准目录》 as dated data (A3(2)): editions, entries, look-up by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kebao.occupations.levels import OCCUPATION_CODE, Level, normal_code, normal_level
from kebao.text.names import fold

SCHEMA = "kebao.occupations/1"

Code = Annotated[
    str, Field(pattern=f"^({OCCUPATION_CODE.pattern})?$", description="职业编码 d-dd-dd-dd；专项能力可能没有")
]
Hours = Annotated[Decimal, Field(gt=0, le=10_000, allow_inf_nan=False)]
Money = Annotated[Decimal, Field(ge=0, le=10_000_000, allow_inf_nan=False)]


class Entry(BaseModel):
    """One line: an occupation at a level, and the 学时 its training has.

    `demand` (需求程度) and `subsidy` (元 a person) are kept as published and not used by rules.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    code: Code = ""
    name: Annotated[str, Field(min_length=1)]
    level: Level
    hours: Hours
    demand: str = ""
    subsidy: Money | None = None


class Edition(BaseModel):
    """One published table.

    Attributes:
        name: its title, e.g. with the year; shown in every finding.
        issued_by: the offices that issued it.
        valid_from, valid_to: first and last day it is in force; `valid_to` None while no end is known.
        source: where it was taken from: document number, address, file name.
        fictitious: made up, for demonstrations and tests; shown as 虚构 wherever it is used.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)

    schema_id: Literal["kebao.occupations/1"] = Field("kebao.occupations/1", alias="schema")
    name: Annotated[str, Field(min_length=1)]
    issued_by: str = ""
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    fictitious: bool = False
    entries: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

    @property
    def shown_name(self) -> str:
        """Its name, marked （虚构） when it is made up."""
        return f"{self.name}（虚构）" if self.fictitious and "虚构" not in self.name else self.name

    def in_force(self, on: date) -> bool:
        """True from the first to the last day, both included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and the edition it stands in."""

    edition: Edition
    entry: Entry


@dataclass(frozen=True, slots=True)
class OccupationCatalogue:
    """All editions that are loaded. False as a truth value when there is none."""

    editions: tuple[Edition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.editions)

    def in_force(self, on: date) -> tuple[Edition, ...]:
        """Editions in force on a day, the newest first."""
        return tuple(
            sorted((e for e in self.editions if e.in_force(on)), key=lambda e: (-e.valid_from.toordinal(), e.name))
        )

    def find(self, code: str, name: str, level: str, on: date) -> Entry | None:
        """The first of `find_all`, or None."""
        found = self.find_all(code, name, level, on)
        return found[0].entry if found else None

    def find_all(self, code: str, name: str, level: str, on: date) -> tuple[Found, ...]:
        """Every entry for an occupation at a level, from the newest edition in force that has one; in the table's order.

        There may be several: a table may allow a longer and a shorter training (120 课时 and 80 课时) for the same occupation.

        Tried in turn: code and name agree; the code alone, where the table knows but one name under it at that level; the name alone, where
        the code is missing on one side. The level always has to agree, however it is spelt.
        """
        wanted_level = normal_level(level)
        wanted_code, wanted_name = normal_code(code) or "", fold(name)
        if wanted_level is None or not (wanted_code or wanted_name):
            return ()
        for edition in self.in_force(on):
            entries = [entry for entry in edition.entries if entry.level == wanted_level]
            for same in (
                _both(entries, wanted_code, wanted_name),
                _by_code(entries, wanted_code),
                _by_name(entries, wanted_code, wanted_name),
            ):
                if same:
                    return tuple(Found(edition, entry) for entry in same)
        return ()


def _both(entries: Iterable[Entry], code: str, name: str) -> list[Entry]:
    return [entry for entry in entries if code and name and entry.code == code and fold(entry.name) == name]


def _by_code(entries: Iterable[Entry], code: str) -> list[Entry]:
    same = [entry for entry in entries if code and entry.code == code]
    return same if len({fold(entry.name) for entry in same}) == 1 else []


def _by_name(entries: Iterable[Entry], code: str, name: str) -> list[Entry]:
    def matching() -> Iterator[Entry]:
        for entry in entries:
            if name and fold(entry.name) == name and not (code and entry.code):
                yield entry

    same = list(matching())
    return same if len({entry.code for entry in same}) == 1 else []
