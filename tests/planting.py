"""Faults planted into the sketch of a conforming course, and all that the rules of some areas then say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kebao.engine.judging import judge
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package
from kebao.subjects.sketch import course, paper

RULES = all_rules()
LIMITS: dict[str, dict[str, Any]] = {
    bound.rule: {name: limit.value for name, limit in bound.limits.items()}
    for name in shipped_ids()
    for clause in load(name, RULES).clauses
    for bound in clause.rules
}
AREAS = ("papers", "questions", "rights")

Said = tuple[str, str, str]
"""A finding in short: rule, outcome, place as `path:row:column-or-field`, where each part may be empty."""


def said(package: Package, areas: tuple[str, ...] = AREAS) -> list[Said]:
    """Every finding of every rule of these areas; a crash of a rule fails the test at once."""
    found: list[Said] = []
    for rule in RULES.values():
        if rule.area not in areas:
            continue
        judgement = judge(rule, package, LIMITS.get(rule.id, {}))
        assert judgement.crashes == [], judgement.crashes[0].trace
        for finding in judgement.findings:
            at = finding.at
            place = f"{at.path}:{at.row or ''}:{at.column or at.field}"
            found.append((rule.id, str(finding.outcome), place))
            for language in ("zh", "en"):
                assert "{" not in rule.message.format(**finding.message_values()).to(language)  # type: ignore[arg-type]
    return found


def with_questions(changes: dict[int, dict[str, Any]], number: int = 1) -> Package:
    """The conforming course with some questions of one paper changed, by their place from 0."""
    path = f"试卷/试卷{number}.xlsx"
    sound = paper(first=1000 * number, path=path)
    questions = tuple(replace(q, **changes.get(place, {})) for place, q in enumerate(sound.questions))
    return course(papers={path: replace(sound, questions=questions)})
