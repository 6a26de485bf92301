"""The product itself as the detector: one pass of every meter, then the rules of the rulebooks with their own limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from defects.expected import EXPECTED
from kebao.engine.judging import Judgement, judge_one
from kebao.media.facts import MediaFacts
from kebao.media.fingerprint.prints import PICTURE, SOUND
from kebao.media.measurement import Measurement
from kebao.media.passage import measure_stream
from kebao.media.probe import probe
from kebao.media.roster import fresh
from kebao.media.store import Store
from kebao.model.finding import Measured
from kebao.model.outcome import Outcome
from kebao.model.rule import Rule
from kebao.rulebook.book import BoundRule
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.course import Timed
from kebao.subjects.facts import Fault
from kebao.subjects.hearing import listen
from kebao.subjects.listening import Listening
from kebao.subjects.sketch import SketchedFacts, SketchedFile, course

BOOKS = ("tianjin/2023", "access/2.2", "moe/2013")
"""In this order; a rule bound in several is run with the limits of the first."""
PRINTS = (PICTURE, SOUND)
_PATH = "视频/试片.mp4"


@dataclass(frozen=True)
class Seen:
    """One finding: its rule, whether failed or cantTell, where (whole medium when the rule gives no span), and its numbers."""

    rule: str
    failed: bool
    start: float
    end: float
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """All that the rules said of one file.

    `untested` are rules that could not judge; `crashed` those with a bug; `balance` is the ratio in LU of speech to what lies
    under it, where it could be read, whether or not a rule speaks of it.
    """

    seen: tuple[Seen, ...]
    untested: tuple[str, ...] = ()
    crashed: tuple[str, ...] = ()
    balance: float | None = None


@dataclass(frozen=True)
class _Facts(SketchedFacts):
    """A sketch whose one medium is real."""

    medium: Path = Path()
    measured: Measurement | None = None

    def media(self, path: str) -> MediaFacts | Fault:
        return self._probed if path == _PATH else super().media(path)

    def measurement(self, path: str) -> Measurement | Fault | None:
        return self.measured if path == _PATH else super().measurement(path)

    @cached_property
    def _probed(self) -> MediaFacts:
        with self.medium.open("rb") as stream:
            return probe(stream)


@cache
def bound_rules() -> Mapping[str, tuple[str, str, BoundRule]]:
    """Rules that look at one medium's measurement, by id: rulebook, clause, and the limits bound there."""
    found: dict[str, tuple[str, str, BoundRule]] = {}
    rules = all_rules()
    for name in BOOKS:
        for clause in load(name, rules).clauses:
            for bound in clause.rules:
                if issubclass(rules[bound.rule].looks_at, Timed) and _of_content(rules[bound.rule]):
                    found.setdefault(bound.rule, (name, clause.id, bound))
    return found


def _of_content(rule: Rule) -> bool:
    """Rules of sound and picture themselves; those on roles, rights or captions' files are no matter of this benchmark."""
    return rule.area in ("sound", "picture") or any(rule.id in expected.rules for expected in EXPECTED.values())


def measured(path: Path, sha256: str, store: Store) -> Measurement:
    """The measurement of a trial by every meter but the two that only make fingerprints; stored meters are not run again."""
    pictures, sounds = ([meter for meter in meters if meter.name not in PRINTS] for meters in fresh())
    versions = {meter.name: meter.version for meter in (*pictures, *sounds)}
    found, missing = store.load(sha256, versions)
    if found is not None and not missing:
        return found
    with path.open("rb") as stream:
        made = measure_stream(
            stream, [m for m in pictures if m.name in missing], [m for m in sounds if m.name in missing], threads=1
        )
    store.save(sha256, made, {name: versions[name] for name in missing})
    return replace(made, meters={**(found.meters if found is not None else {}), **made.meters})


def look(path: Path, measurement: Measurement) -> Look:
    """Every rule on one file."""
    entry = {"id": "v", "kind": "video", "role": "讲授", "title": "试片", "path": _PATH}
    package = course(resources=[entry], files={_PATH: SketchedFile(seconds=1)})
    package.facts = _Facts({_PATH: SketchedFile(seconds=1)}, path, measurement)
    seen: list[Seen] = []
    untested: list[str] = []
    crashed: list[str] = []
    rules = all_rules()
    for name, (_, _, bound) in bound_rules().items():
        judgement = Judgement(rules[name])
        for subject in package.subjects(rules[name].looks_at):
            outcome = judge_one(judgement, subject, {key: limit.value for key, limit in bound.limits.items()})
            if outcome is Outcome.UNTESTED:
                (crashed if judgement.crashes else untested).append(name)
        end = float(package.resources[0].seconds or 0)
        for finding in judgement.findings:
            span = finding.at.span
            numbers = {e.name: float(e.value) for e in finding.evidence if isinstance(e, Measured)}
            where = (float(span.start), float(span.end)) if span else (0.0, end)
            seen.append(Seen(name, finding.outcome is Outcome.FAILED, *where, numbers))
    heard = listen(package.resources[0]) if measurement.passed.sound is not None else None
    balance = heard.speech_balance if isinstance(heard, Listening) else None
    ratio = None if balance is None else float(balance.ratio)
    return Look(tuple(seen), tuple(untested), tuple(crashed), ratio)
