"""One planted fault: its name, what it does to the files, and everything that the check then says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kebao.model.location import Location
from kebao.model.report import Report
from mutations.workshop import Copy


@dataclass(frozen=True)
class Mutation:
    """A fault. `said` holds `rule @ place` for what fails and `rule ? @ place` for what a person must decide.

    `measured` names media that are decoded and measured before the check; the rules on sound and picture need them.
    """

    name: str
    plant: Callable[[Copy], object]
    said: tuple[str, ...]
    measured: tuple[str, ...] = ()

    @property
    def rules(self) -> frozenset[str]:
        """Rules that catch it."""
        return frozenset(line.split()[0] for line in self.said)


def fault(name: str, plant: Callable[[Copy], object], *said: str) -> Mutation:
    """A mutation, in the order in which it is read."""
    return Mutation(name, plant, said)


def heard(name: str, path: str, plant: Callable[[Copy], object], *said: str) -> Mutation:
    """A fault in the sound of the medium at `path`, which is measured."""
    return Mutation(name, plant, said, (path,))


def together(*steps: Callable[[Copy], object]) -> Callable[[Copy], None]:
    """Several changes of files that make one fault."""

    def plant(copy: Copy) -> None:
        for step in steps:
            step(copy)

    return plant


def findings(report: Report) -> list[str]:
    """All that a report says, sorted, in the words of `Mutation.said`."""
    marks = {"failed": "", "cantTell": " ?"}
    return sorted(f"{found.rule}{marks[str(found.outcome)]} @ {place(found.at)}" for found in report.findings)


def place(at: Location) -> str:
    """Every part of a place: `path sheet!row column span`, with the field or item where there is no cell."""
    cell = f"{at.sheet}!{at.row or ''}" if at.sheet else f"line {at.row}" if at.row else ""
    names = dict.fromkeys((at.field, at.item if at.item != at.path else ""))
    rest = at.column or " ".join(filter(None, names))
    return " ".join(part for part in (at.path, cell, rest, str(at.span or "")) if part) or "the package"
