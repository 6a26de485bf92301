"""What a rule yields: a finding with its place and evidence, or why it did not judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kebao.model.location import Location, Span
from kebao.model.outcome import Outcome
from kebao.model.text import Text

Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that was measured or counted, with the limit it was held against.

    `name` is also the placeholder that the rule's message may use; `limit` fills `{limit}`.
    """

    name: str
    value: Number
    limit: Number | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words as they stand in the package, with the name of what they are (`name` is a placeholder too)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several names at once: missing files, repeated titles (`name` is a placeholder too, joined by 、)."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A measured quantity along the medium's time, to be drawn beside the finding.

    Attributes:
        name: what it is (`loudness`, `hum`, `light` …); titles stand in `kebao.report.words`.
        start: presentation time of the first value in exact seconds; `step` from one to the next.
        values: at most `CURVE_POINTS`; None where there is nothing to measure.
        unit: of the values.
        limit: drawn as a line, where there is one.
        marks: stretches that the finding speaks of.
    """

    name: str
    start: Fraction
    step: Fraction
    values: tuple[float | None, ...]
    unit: str = ""
    limit: float | None = None
    marks: tuple[Span, ...] = ()


CURVE_POINTS = 600
"""Most values of a curve: more cannot be told apart at the width of a report."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of a video, upright and in the colours of a screen.

    Attributes:
        name: what it shows (`frame`: the picture at the finding's place); words stand in `kebao.report.words`.
        time: exact presentation time of the picture in seconds.
        width, height: in pixels, at most `STILL_PIXELS` each.
        jpeg: the file.
    """

    name: str
    time: Fraction
    width: int
    height: int
    jpeg: bytes


STILL_PIXELS = 480
"""Most pixels of a still, across and down: what a report shows beside a finding."""

Evidence = Measured | Quoted | Listed | Curve | Still


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    Attributes:
        at: where.
        evidence: what was seen; each evidence's name is a placeholder of the rule's message.
        values: further values for the message that are no evidence.
        outcome: FAILED, or CANT_TELL where a machine can only suspect.
    """

    at: Location = field(default_factory=Location)
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome = Outcome.FAILED

    def __post_init__(self) -> None:
        if self.outcome not in (Outcome.FAILED, Outcome.CANT_TELL):
            raise ValueError("a finding is failed or cantTell; use Abstention for the rest")

    def message_values(self) -> dict[str, Any]:
        """Everything that the rule's message may name."""
        filled: dict[str, Any] = {"title": self.at.title or self.at.path or self.at.item, "path": self.at.path}
        for seen in self.evidence:
            match seen:
                case Measured(name, value, limit):
                    filled[name] = float(value) if isinstance(value, Fraction) else value
                    if limit is not None:
                        filled.setdefault("limit", float(limit) if isinstance(limit, Fraction) else limit)
                case Quoted(name, text):
                    filled[name] = text
                case Listed(name, items):
                    filled[name] = Text(zh="、".join(items) or "（无）", en=", ".join(items) or "(none)")
        filled.update(self.values)
        return filled


@dataclass(frozen=True, slots=True)
class Abstention:
    """A rule says of its subject that it does not apply, or could not be tested, and why."""

    outcome: Outcome
    because: Text

    def __post_init__(self) -> None:
        if self.outcome not in (Outcome.INAPPLICABLE, Outcome.UNTESTED):
            raise ValueError("an abstention is inapplicable or untested")


def inapplicable(zh: str, en: str) -> Abstention:
    """The rule has nothing to say about this subject."""
    return Abstention(Outcome.INAPPLICABLE, Text(zh=zh, en=en))


def untested(zh: str, en: str) -> Abstention:
    """The rule would apply, but what it needs is missing."""
    return Abstention(Outcome.UNTESTED, Text(zh=zh, en=en))
