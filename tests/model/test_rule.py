"""A rule that lacks something does not import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kebao.model.finding import Abstention, Finding, Listed, Measured, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity, worst
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text

WORDS = Text(zh="“{title}”有 {count} 个，限 {limit}。", en="“{title}” has {count}; the limit is {limit}.")
PLAIN = Text(zh="话", en="words")
EXAMPLES = (Example(lambda: 1, Outcome.PASSED), Example(lambda: 9, Outcome.FAILED))


def make(function: Any = None, **changes: Any) -> Any:
    def too_many(subject: int, *, limit_count: int) -> Iterator[Yielded]:
        if subject > limit_count:
            yield Finding(evidence=(Measured("count", subject, limit=limit_count),))

    wanted = {
        "id": "too-many", "clauses": ("A1",), "severity": Severity.ERROR, "title": PLAIN, "rationale": PLAIN,
        "message": WORDS, "mend": PLAIN, "looks_at": int, "examples": EXAMPLES,
    }  # fmt: skip
    return rule(**{**wanted, **changes})(function or too_many)


def test_a_whole_rule_knows_its_limits_and_judges() -> None:
    made = make()
    assert made.limits == ("limit_count",)
    assert list(made(1, limit_count=2)) == []
    assert list(made(3, limit_count=2)) == [Finding(evidence=(Measured("count", 3, limit=2),))]


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"examples": EXAMPLES[:1]}, "one that fails"),
        ({"examples": EXAMPLES[1:]}, "passes"),
        ({"message": Text(zh="{a}", en="{b}")}, "placeholders differ"),
        ({"examples": (*EXAMPLES, Example(lambda: 2, Outcome.CANT_TELL))}, "written criteria"),
    ],
)
def test_what_is_missing_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make(**changes)


def test_limits_have_no_default_and_come_by_keyword() -> None:
    def with_default(subject: int, *, limit_count: int = 3) -> Iterator[Yielded]:
        yield from ()

    def by_place(subject: int, limit_count: int) -> Iterator[Yielded]:
        yield from ()

    with pytest.raises(ValueError, match="no default"):
        make(with_default)
    with pytest.raises(ValueError, match="one subject"):
        make(by_place)


def test_evidence_fills_the_message() -> None:
    finding = Finding(evidence=(Measured("count", 3, limit=2), Listed("names", ("甲", "乙")), Quoted("raw", "{x}")))
    values = finding.message_values()
    assert (values["count"], values["limit"], values["raw"]) == (3, 2, "{x}")
    assert values["names"] == Text(zh="甲、乙", en="甲, 乙")


def test_a_finding_is_failed_or_cannot_tell_and_an_abstention_is_neither() -> None:
    with pytest.raises(ValueError, match="failed or cantTell"):
        Finding(outcome=Outcome.PASSED)
    with pytest.raises(ValueError, match="inapplicable or untested"):
        Abstention(Outcome.FAILED, PLAIN)
    assert inapplicable("无", "none") == Abstention(Outcome.INAPPLICABLE, Text(zh="无", en="none"))


def test_the_worst_outcome_speaks_and_silence_is_untested() -> None:
    assert worst([Outcome.PASSED, Outcome.CANT_TELL, Outcome.INAPPLICABLE]) is Outcome.CANT_TELL
    assert worst([Outcome.INAPPLICABLE, Outcome.PASSED]) is Outcome.PASSED
    assert worst([Outcome.PASSED, Outcome.UNTESTED]) is Outcome.UNTESTED
    assert worst([]) is Outcome.UNTESTED
