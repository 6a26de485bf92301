"""A rulebook as loaded: immutable, in the text's own order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kebao.model.outcome import Severity
from kebao.model.text import Text


class Binding(StrEnum):
    """How the text itself speaks."""

    STRICT = "strict"  # 应、须、不低于、严格
    PRINCIPLE = "principle"  # 原则上、一般: a person may waive it
    ADVICE = "advice"  # another text than the call's; advice unless a call raises it
    CONTEXT = "context"  # purpose, procedure, headings: asks nothing of a package by itself

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return {
            "strict": Text(zh="严格", en="strict"),
            "principle": Text(zh="原则上／一般", en="in principle"),
            "advice": Text(zh="建议", en="advice"),
            "context": Text(zh="说明", en="context"),
        }[self]


class Looker(StrEnum):
    """Who must look at what no rule judges."""

    OFFICE = "office"
    EXPERT = "expert"
    SUPPLIER = "supplier"
    NOBODY = "nobody"

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return {
            "office": Text(zh="经办人员", en="the office"),
            "expert": Text(zh="评审专家", en="the experts"),
            "supplier": Text(zh="供应单位", en="the supplier"),
            "nobody": Text(zh="无须逐包核对", en="nobody, for a single package"),
        }[self]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, word or list of words with where it comes from."""

    value: float | int | str | tuple[str, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule bound to a clause, with its limits and, where the book says so, another severity."""

    rule: str
    limits: Mapping[str, Limit]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its id never changes; `text` is the original's own words and an English rendering."""

    id: str
    text: Text
    binding: Binding
    looker: Looker
    rules: tuple[BoundRule, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole rulebook. `digest` is the SHA-256 of the file it was read from."""

    id: str
    title: Text
    edition: str
    source: Text
    clauses: tuple[Clause, ...]
    digest: str

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id.

        Raises:
            KeyError: there is none.
        """
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)
