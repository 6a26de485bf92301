"""A score is more than nothing (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="score-not-positive",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="分值不是正数",
        en="Score not positive",
    ),
    rationale=Text(
        zh="零分或负分的题，答对了也不得分。",
        en="A question worth nothing or less earns nothing when answered right.",
    ),
    message=Text(
        zh="“{title}”的分值是 {score:g}，应大于 0。",
        en="The score of “{title}” is {score:g}; it must be above 0.",
    ),
    mend=Text(
        zh="在“分值”一列改成大于 0 的数；不计分的题请删掉。",
        en="Write a number above 0 in the column 分值; delete a question that does not count.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(score=Decimal("0.5")), Outcome.PASSED, "半分"),
        Example(lambda: one_question(score=Decimal(0)), Outcome.FAILED, "零分"),
        Example(lambda: one_question(score=None), Outcome.INAPPLICABLE, "没写分值，由别的规则指出"),
    ),
)
def score_not_positive(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a score of zero or less."""
    score = question.entry.score
    if score is None:
        yield inapplicable("没有写分值。", "No score is given.")
        return
    if score <= 0:
        yield Finding(at=question.at("分值"), evidence=(Measured("score", Fraction(score), unit="分"),))
