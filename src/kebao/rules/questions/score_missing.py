"""Every question has a score (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import places
from kebao.subjects.course import Paper
from kebao.subjects.sketch import paper_of, question


@rule(
    id="score-missing",
    clauses=("A2(2).4",),
    severity=Severity.WARNING,
    title=Text(
        zh="考题没有分值",
        en="Question without a score",
    ),
    rationale=Text(
        zh="没有分值就算不出总分，也无法按题判分。",
        en="Without scores there is no total, and no marking by question.",
    ),
    message=Text(
        zh="“{title}”没有分值。",
        en="“{title}” has no score.",
    ),
    mend=Text(
        zh="在“分值”一列写上数字，如 2。",
        en="Write a number in the column 分值, such as 2.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "有分值"),
        Example(lambda: paper_of(question(), question(serial=2, score=None)), Outcome.FAILED, "第二题没有分值"),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题"),
    ),
)
def score_missing(paper: Paper) -> Iterator[Yielded]:
    """One finding for each question; one for the paper when none of its questions has a score."""
    if not paper.questions:
        yield inapplicable("这套试卷没有考题。", "This paper has no questions.")
        return
    faulty = [subject for subject in paper.subjects if subject.entry.score is None]
    for at in places(paper, faulty, "分值"):
        yield Finding(at=at, evidence=(Measured("questions", len(faulty)),))
