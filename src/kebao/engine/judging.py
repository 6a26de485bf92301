"""Run one rule over its subjects. A rule that crashes leaves its subject untested, with the trace kept."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kebao.media.memory import give_back
from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, worst
from kebao.model.report import Crash
from kebao.model.rule import Rule
from kebao.model.text import Text
from kebao.subjects.course import Package, Timed

_CRASHED = Text(zh="检查程序出错，未能判断。", en="The checker itself failed here.")


@dataclass
class Judgement:
    """What one rule found in one package."""

    rule: Rule
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    abstentions: list[Abstention] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """The outcome that speaks for all subjects; no subject at all is inapplicable."""
        return worst(self.outcomes) if self.outcomes else Outcome.INAPPLICABLE

    @property
    def because(self) -> Text | None:
        """Why it did not judge, when it did not."""
        if self.crashes:
            return _CRASHED
        if self.outcome in (Outcome.INAPPLICABLE, Outcome.UNTESTED):
            return next((said.because for said in self.abstentions if said.outcome is self.outcome), None)
        return None

    @property
    def judged(self) -> int:
        """How many subjects were judged: those that neither abstained nor crashed."""
        return sum(outcome not in (Outcome.INAPPLICABLE, Outcome.UNTESTED) for outcome in self.outcomes)


def judge(rule: Rule, package: Package, limits: Mapping[str, Any]) -> Judgement:
    """Run a rule over every subject of its class in the package."""
    judgement = Judgement(rule)
    for subject in package.subjects(rule.looks_at):
        judge_one(judgement, subject, limits)
    return judgement


Task = tuple[Judgement, Mapping[str, Any]]
"""A judgement to be filled, and the limits of its rule."""


def judge_kind(kind: type, tasks: Sequence[Task], package: Package) -> Iterator[Judgement]:
    """Run rules that look at the same kind of subject, and yield each that is done.

    A medium is looked at by all of its rules and then let go, so that a package may be longer than memory is large.
    """
    if not issubclass(kind, Timed):
        for judgement, limits in tasks:
            for subject in package.subjects(kind):
                judge_one(judgement, subject, limits)
            release(package)
            yield judgement
        return
    for subject in package.subjects(kind):
        for judgement, limits in tasks:
            judge_one(judgement, subject, limits)
        subject.release()
        give_back()
    yield from (judgement for judgement, _ in tasks)


def release(package: Package) -> None:
    """Let go of what rules have read of the package's media."""
    for resource in package.resources:
        if isinstance(resource, Timed):
            resource.release()


def judge_one(judgement: Judgement, subject: Any, limits: Mapping[str, Any]) -> Outcome:
    """Run the judgement's rule on one subject and add what comes of it."""
    findings: list[Finding] = []
    abstained: list[Abstention] = []
    try:
        for said in judgement.rule(subject, **limits):
            if isinstance(said, Finding):
                judgement.rule.message.format(**said.message_values())  # a value forgotten by the rule fails here
                findings.append(said)
            else:
                abstained.append(said)
    except Exception:  # noqa: BLE001  a rule's own bug must cost one answer, not the report
        place = getattr(subject, "name", "") or getattr(subject, "path", "") or type(subject).__name__
        trace = "".join(traceback.format_exc(limit=-3).splitlines(keepends=True)[-12:])
        judgement.crashes.append(Crash(judgement.rule.id, str(place), trace))
        judgement.outcomes.append(Outcome.UNTESTED)
        return Outcome.UNTESTED
    judgement.findings.extend(findings)
    judgement.abstentions.extend(abstained)
    said_outcomes = [finding.outcome for finding in findings] + [said.outcome for said in abstained]
    outcome = worst(said_outcomes) if said_outcomes else Outcome.PASSED
    judgement.outcomes.append(outcome)
    return outcome
