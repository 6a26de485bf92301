"""Every example of every rule gives the outcome it claims, and its sentences can be said in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from kebao.engine.judging import Judgement, judge, judge_one
from kebao.model.outcome import Outcome
from kebao.model.rule import Rule
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course

RULES = all_rules()
BOOKS = [load(name, RULES) for name in shipped_ids()]
LIMITS: dict[str, dict[str, Any]] = {}
for _book in BOOKS:
    for _clause in _book.clauses:
        for _bound in _clause.rules:
            LIMITS.setdefault(_bound.rule, {name: limit.value for name, limit in _bound.limits.items()})

CASES = [(rule, index) for rule in RULES.values() for index in range(len(rule.examples))]


@pytest.mark.parametrize("rule, index", CASES, ids=[f"{rule.id}-{index}" for rule, index in CASES])
def test_example_gives_the_outcome_it_claims(rule: Rule, index: int) -> None:
    example = rule.examples[index]
    judgement = Judgement(rule)
    outcome = judge_one(judgement, example.make(), {**LIMITS[rule.id], **example.limits})
    assert judgement.crashes == []
    assert outcome == example.outcome
    for finding in judgement.findings:
        said = rule.message.format(**finding.message_values())
        assert "{" not in said.zh
        assert "{" not in said.en


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_conforming_course_gives_no_finding(rule: Rule) -> None:
    judgement = judge(rule, course(), LIMITS[rule.id])
    assert judgement.crashes == []
    assert judgement.findings == []
    assert judgement.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.UNTESTED)
