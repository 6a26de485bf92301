"""Count: what was caught of what was planted, how near, and what was raised on clean material."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from defects.ablation import CATCHES, Event
from defects.detector import Seen, bound_rules
from defects.expected import EXPECTED, Expected
from defects.planted import Planted
from defects.trials import Result
from kebao.rules.registry import all_rules
from kebao.subjects.course import Video

Key = tuple[str, float, str, str]
"""Defect, magnitude, bit rate, medium."""


@dataclass
class Row:
    """Counts of one cell.

    `asked`: not caught, but a cantTell of the right rule lies there. `filters` of `filtered` trials were caught by FFmpeg's
    filters. `errors` in seconds, of those caught.
    """

    trials: int = 0
    caught: int = 0
    asked: int = 0
    filters: int = 0
    filtered: int = 0
    looped: int = 0
    clips: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    missed_sources: set[str] = field(default_factory=set)
    errors: list[float] = field(default_factory=list)
    values: list[tuple[str, float, float]] = field(default_factory=list)
    """(variant, true, read) where a rule gives a number for what was planted."""
    variants: list[str] = field(default_factory=list)
    """Of every trial."""

    def add(self, other: Row) -> None:
        """Pool another cell's counts into this one."""
        for name in ("trials", "caught", "asked", "filters", "filtered", "looped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.clips |= other.clips
        self.sources |= other.sources
        self.missed_sources |= other.missed_sources
        self.errors += other.errors
        self.values += other.values
        self.variants += other.variants


@dataclass
class Clean:
    """Clean material at one bit rate. Seconds are counted once for each second of source that is not repeated."""

    seconds: float = 0.0
    failed: int = 0
    asked: int = 0
    places: dict[str, int] = field(default_factory=dict)
    """Failed findings by source."""


def matches(seen: Seen, planted: Planted, expected: Expected) -> bool:
    """Whether a finding is of the right rule and lies where the defect is."""
    if seen.rule not in expected.rules:
        return False
    if expected.by_start:
        return abs(seen.start - planted.start) <= expected.slack
    return seen.start <= planted.end + expected.slack and seen.end >= planted.start - expected.slack


def _filtered(events: Iterable[Event], planted: Planted, slack: float) -> bool:
    names = CATCHES.get(planted.defect, ())
    return any(e.filter in names and e.start <= planted.end + slack and e.end >= planted.start - slack for e in events)


def rows(results: Iterable[Result]) -> dict[Key, Row]:
    """Every cell of planted defects."""
    found: dict[Key, Row] = {}
    for result in results:
        trial = result.trial
        for planted in trial.planted:
            expected = EXPECTED.get(planted.defect, Expected((), 0.5))
            magnitude = round(abs(planted.magnitude) if planted.defect.startswith("level-") else planted.magnitude, 3)
            row = found.setdefault((planted.defect, magnitude, trial.bits, trial.medium), Row())
            hits = [seen for seen in result.look.seen if matches(seen, planted, expected)]
            failed = [seen for seen in hits if seen.failed]
            row.trials += 1
            row.variants.append(trial.variant)
            row.caught += bool(failed)
            row.asked += bool(hits) and not failed
            if result.events is not None:
                row.filtered += 1
                row.filters += _filtered(result.events, planted, max(expected.slack, 0.5))
            row.looped += trial.looped
            row.clips.add(trial.clip)
            row.sources.add(trial.source)
            if failed:
                row.errors.append(min(abs(seen.start - planted.start) for seen in failed))
            else:
                row.missed_sources.add(trial.source)
            read = [seen.values[expected.value] for seen in hits if expected.value in seen.values]
            if planted.defect.endswith("-balance"):
                read = [result.look.balance] if result.look.balance is not None else []
            if read and planted.value is not None:
                row.values.append(
                    (trial.variant, planted.value, min(read, key=lambda value: abs(value - planted.value)))
                )
    return found


CleanKey = tuple[str, str, str]
"""Clause, bit rate, medium."""


def clean(results: Iterable[Result]) -> dict[CleanKey, Clean]:
    """What each clause's rules raised on clean material; a source known to have the defect itself is left out for its rules."""
    of_rule = {
        name: f"{book.partition('/')[0]} {clause}"
        for name, (book, clause, _) in bound_rules().items()
        if _counted(name)
    }
    found: dict[CleanKey, Clean] = {}
    for result in results:
        trial = result.trial
        if trial.defect != "clean":
            continue
        barred = {rule for defect in trial.unclean for rule in EXPECTED.get(defect, Expected((), 0)).rules}
        picture = trial.variant not in ("speech", "music")
        for clause in sorted(set(of_rule.values())):
            names = {name for name, its in of_rule.items() if its == clause and _sees(name) == picture}
            if not names or names <= barred:
                continue
            row = found.setdefault((clause, trial.bits, trial.medium), Clean())
            row.seconds += 0.0 if trial.looped else trial.seconds
            for seen in result.look.seen:
                if seen.rule in names - barred:
                    row.failed += seen.failed
                    row.asked += not seen.failed
                    if seen.failed:
                        place = f"{seen.rule}: {trial.clip}"
                        row.places[place] = row.places.get(place, 0) + 1
    return found


def _counted(rule: str) -> bool:
    _, clause, _ = bound_rules()[rule]
    return clause.startswith("A4") or any(rule in expected.rules for expected in EXPECTED.values())


def _sees(rule: str) -> bool:
    """Whether a rule looks at the picture; the others listen."""
    return all_rules()[rule].looks_at is Video and all_rules()[rule].area != "sound"


def filter_alarms(results: Iterable[Result]) -> dict[str, tuple[int, float]]:
    """Events of FFmpeg's filters on clean material and the seconds, by filter; real material, low bit rate."""
    counts: dict[str, int] = {name: 0 for names in CATCHES.values() for name in names}
    seconds = {"picture": 0.0, "sound": 0.0}
    for result in results:
        if result.trial.defect != "clean" or result.trial.bits != "low" or result.trial.medium != "real":
            continue
        seconds["sound" if result.trial.variant in ("speech", "music") else "picture"] += result.trial.seconds
        for event in result.events or ():
            counts[event.filter] = counts.get(event.filter, 0) + 1
    seen = ("scdet", "freezedetect", "blackdetect")
    return {name: (count, seconds["picture" if name in seen else "sound"]) for name, count in sorted(counts.items())}
