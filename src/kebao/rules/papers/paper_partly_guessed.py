"""Nothing in a paper is taken as certain that was guessed (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import gathered, number_ranges
from kebao.subjects.course import Paper
from kebao.subjects.sketch import paper_of, question


@rule(
    id="paper-partly-guessed",
    clauses=("A2(2).4",),
    severity=Severity.WARNING,
    title=Text(
        zh="有考题是推断出来的",
        en="Questions read by guesswork",
    ),
    rationale=Text(
        zh="排版不规整的试卷，程序只能推断题干、选项和答案；推断错了，学习者会被判错。",
        en="From an irregular layout the program can only infer stem, options and answer; if it errs, learners are marked wrong.",
    ),
    message=Text(
        zh="“{title}”有 {count} 题是按排版推断的，请对照原卷核对：第 {numbers} 题。",
        en="{count} questions of “{title}” were inferred from the layout; compare them with the original: {numbers}.",
    ),
    mend=Text(
        zh="把这些题改成试卷模板的写法，或逐题核对后请审核人确认。",
        en="Rewrite these questions as the template has them, or check each and let the reviewer confirm.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "没有推断"),
        Example(lambda: paper_of(question(confidence=0.8)), Outcome.CANT_TELL, "有一题是推断的"),
    ),
    cant_tell=Text(
        zh="读取程序对某题的把握低于限值：题干、选项或答案是按排版推断的，是否读对要人看原卷。",
        en="A reader was less certain of a question than the limit: whether it read rightly takes a person with the original.",
    ),
)
def paper_partly_guessed(paper: Paper, *, limit_confidence: float) -> Iterator[Yielded]:
    """One finding a paper, listing the questions that a reader was not certain of, but for rows of which a cell is told of as not understood."""
    told = {(lost.at.sheet, lost.at.row) for lost in paper.read.not_understood} if paper.read else set()
    guessed = [
        question
        for question in paper.subjects
        if question.entry.confidence < limit_confidence
        and (question.entry.source.sheet, question.entry.source.row) not in told
    ]
    if guessed:
        yield Finding(
            at=gathered(paper, guessed, ""),
            evidence=(Measured("count", len(guessed)), Listed("numbers", number_ranges(guessed))),
            outcome=Outcome.CANT_TELL,
        )
