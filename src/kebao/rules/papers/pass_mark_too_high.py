"""The pass mark can be reached (A2(2).4)."""

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


def _sum(paper: Paper) -> Decimal | None:
    """The sum of all scores; None when one is missing."""
    scores = [question.score for question in paper.questions if question.score is not None]
    return sum(scores, Decimal(0)) if scores and len(scores) == len(paper.questions) else None


@rule(
    id="pass-mark-too-high",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="及格分高于总分",
        en="Pass mark above the total",
    ),
    rationale=Text(
        zh="及格分比总分还高，就没有人能及格。",
        en="If the pass mark is above the total, nobody can pass.",
    ),
    message=Text(
        zh="“{title}”及格分 {mark:g} 分，总分只有 {limit:g} 分。",
        en="The pass mark of “{title}” is {mark:g}, but its total is only {limit:g}.",
    ),
    mend=Text(
        zh="把及格分改到总分以内，一般是总分的六成。",
        en="Set the pass mark within the total, usually 60 % of it.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: course().papers[0], Outcome.PASSED, "总分一百，及格六十"),
        Example(lambda: paper_of(question(score=100), pass_mark=100), Outcome.PASSED, "要全对才及格"),
        Example(lambda: paper_of(question(score=100), pass_mark=101), Outcome.FAILED, "高于总分"),
        Example(lambda: paper_of(question(), pass_mark=None), Outcome.INAPPLICABLE, "没写及格分"),
        Example(lambda: paper_of(question(score=None), total=None), Outcome.UNTESTED, "没有总分可比"),
    ),
)
def pass_mark_too_high(paper: Paper) -> Iterator[Yielded]:
    """One finding a paper, at the manifest's pass mark or else the file's."""
    marks = ((paper.entry.pass_mark, paper.at("pass_mark")), (paper.read.pass_mark if paper.read else None, paper.at()))
    stated = [(mark, at) for mark, at in marks if mark is not None]
    if not stated:
        yield inapplicable("没有写及格分。", "No pass mark is stated.")
        return
    totals = [paper.entry.total, paper.read.total if paper.read else None, _sum(paper)]
    known = [Fraction(total) for total in totals if total is not None]
    if not known:
        yield untested("没有总分可比。", "There is no total to compare with.")
        return
    for mark, at in stated:
        if Fraction(mark) > max(known):  # the highest of them: where totals disagree, score-sum-differs tells it
            yield Finding(at=at, evidence=(Measured("mark", Fraction(mark), limit=max(known), unit="分"),))
            return
