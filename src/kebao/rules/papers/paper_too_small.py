"""A paper is long enough (A2(2).4(3))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Paper
from kebao.subjects.sketch import course, paper, paper_of


@rule(
    id="paper-too-small",
    clauses=("A2(2).4(3)",),
    severity=Severity.WARNING,
    title=Text(
        zh="一套试卷题太少",
        en="Paper too small",
    ),
    rationale=Text(
        zh="题太少，运气就占了分数的大头。",
        en="With few questions, luck makes most of the mark.",
    ),
    message=Text(
        zh="“{title}”有 {questions} 题，按本系统的理解一套不少于 {limit} 题。",
        en="“{title}” has {questions} questions; as we read the clause, a paper has at least {limit}.",
    ),
    mend=Text(
        zh="给“{title}”补题到 {limit} 题；课程确实短小的，请在备注里写明理由。",
        en="Bring “{title}” up to {limit} questions; if the course is short indeed, give the reason in the remarks.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: course().papers[0], Outcome.PASSED, "正好五十题"),
        Example(lambda: course(papers={"试卷/试卷1.xlsx": paper(count=49)}).papers[0], Outcome.FAILED, "四十九题"),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题，由别的规则指出"),
    ),
)
def paper_too_small(paper: Paper, *, limit_questions: int) -> Iterator[Yielded]:
    """One finding for a paper with fewer questions than the limit."""
    if paper.read is None or not paper.questions:
        yield inapplicable("这套试卷没有可数的考题。", "This paper has no questions to count.")
        return
    count = len(paper.questions)
    if count >= limit_questions:
        return
    if count + len(paper.read.not_understood) >= limit_questions:
        yield untested(
            "有几行没有读懂，题数还说不准。", "Some rows were not understood, so the number is not certain yet."
        )
        return
    yield Finding(at=paper.at(), evidence=(Measured("questions", count, limit=limit_questions),))
