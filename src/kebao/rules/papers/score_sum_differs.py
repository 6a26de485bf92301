"""Scores add up to the paper's total (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Paper
from kebao.subjects.sketch import course, paper_of, question


@rule(
    id="score-sum-differs",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="各题分值加起来不等于总分",
        en="Scores do not add up to the total",
    ),
    rationale=Text(
        zh="分值对不上总分，学习者全部答对也得不到写明的总分。",
        en="If scores do not add up, a learner with every answer right does not get the stated total.",
    ),
    message=Text(
        zh="“{title}”各题分值合计 {sum:g} 分，写明的总分是 {limit:g} 分。",
        en="The scores of “{title}” add up to {sum:g}; the stated total is {limit:g}.",
    ),
    mend=Text(
        zh="改各题的分值，或把总分改成 {sum:g}。",
        en="Correct the scores, or set the total to {sum:g}.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: course().papers[0], Outcome.PASSED, "五十题各两分，总分一百"),
        Example(lambda: paper_of(question(), total=100), Outcome.FAILED, "只有一题两分，总分却写一百"),
        Example(lambda: paper_of(question(), total=None), Outcome.INAPPLICABLE, "没写总分"),
        Example(lambda: paper_of(question(score=None)), Outcome.UNTESTED, "有题没写分值，由别的规则指出"),
    ),
)
def score_sum_differs(paper: Paper) -> Iterator[Yielded]:
    """One finding a paper, at the first stated total that differs: the manifest's, then the file's."""
    if paper.read is None or not paper.questions:
        yield inapplicable("这套试卷没有考题。", "This paper has no questions.")
        return
    stated = ((paper.entry.total, paper.at("total")), (paper.read.total, paper.at()))
    if all(total is None for total, _ in stated):
        yield inapplicable("没有写总分。", "No total is stated.")
        return
    scores = [question.score for question in paper.questions if question.score is not None and question.score > 0]
    if len(scores) < len(paper.questions) or paper.read.not_understood:
        yield untested(
            "有考题的分值没有读到，先改好那里。", "The score of some question was not read; mend that first."
        )
        return
    whole = sum(scores, Decimal(0))
    for total, at in stated:
        if total is not None and Fraction(total) != Fraction(whole):
            yield Finding(at=at, evidence=(Measured("sum", Fraction(whole), limit=Fraction(total), unit="分"),))
            return
