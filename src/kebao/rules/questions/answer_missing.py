"""Every question has its answer (A2(2).4)."""

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
    id="answer-missing",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="考题没有答案",
        en="Question without an answer",
    ),
    rationale=Text(
        zh="没有答案就不能自动判分，学习者也无从对照。",
        en="Without an answer nothing can be marked, and learners have nothing to compare with.",
    ),
    message=Text(
        zh="“{title}”没有答案。",
        en="“{title}” has no answer.",
    ),
    mend=Text(
        zh="在“答案”一列写上正确选项，如 B、ACD；判断题写“对”或“错”。",
        en="Write the right options in the column 答案, such as B or ACD; for true-false 对 or 错.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "有答案"),
        Example(lambda: paper_of(question(), question(serial=2, answer=())), Outcome.FAILED, "第二题没有答案"),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题"),
    ),
)
def answer_missing(paper: Paper) -> Iterator[Yielded]:
    """One finding for each question; one for the paper when none of its questions has an answer."""
    if not paper.questions:
        yield inapplicable("这套试卷没有考题。", "This paper has no questions.")
        return
    faulty = [
        subject for subject in paper.subjects if not subject.entry.answer and not subject.entry.answer_raw.strip()
    ]
    for at in places(paper, faulty, "答案"):
        yield Finding(at=at, evidence=(Measured("questions", len(faulty)),))
