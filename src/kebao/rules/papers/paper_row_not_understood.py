"""Every row of a paper is understood (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import NotUnderstood, QuestionPaper
from kebao.subjects.course import Paper
from kebao.subjects.sketch import course, paper_of, question

MOST_SHOWN = 80


def _with_stray_row() -> Paper:
    because = Text(zh="题型和题干都没有。", en="neither kind nor stem.")
    stray = NotUnderstood(Location(sheet="试题", row=9), "本页共十题", because)
    read = QuestionPaper(questions=(question(),), not_understood=(stray,))
    return course(papers={"试卷/试卷1.xlsx": read}).papers[0]


@rule(
    id="paper-row-not-understood",
    clauses=("A2(2).4",),
    severity=Severity.WARNING,
    title=Text(
        zh="试卷里有读不懂的内容",
        en="Part of a paper not understood",
    ),
    rationale=Text(
        zh="读不懂的行不会变成考题；不改，学习者就做不到这道题。",
        en="A row that is not understood becomes no question, so learners never see it.",
    ),
    message=Text(
        zh="“{title}”有一处没有读懂：{because}原文是“{raw}”。",
        en="A place in “{title}” was not understood: {because} It reads “{raw}”.",
    ),
    mend=Text(
        zh="对照试卷模板改这一处；如果不是考题，就把它删掉。",
        en="Bring this place into the form of the template; if it is no question, delete it.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "都读懂了"),
        Example(_with_stray_row, Outcome.FAILED, "有一行没读懂"),
        Example(lambda: paper_of(path="试卷/没有.xlsx"), Outcome.INAPPLICABLE, "文件不在，由别的规则指出"),
    ),
)
def paper_row_not_understood(paper: Paper) -> Iterator[Yielded]:
    """One finding for each place that no reader understood."""
    if paper.read is None:
        yield inapplicable("试卷读不出来，另有指出。", "The paper could not be read; that is told elsewhere.")
        return
    for stray in paper.read.not_understood:
        at = replace(
            stray.at, path=stray.at.path or paper.entry.path, item=stray.at.item or paper.item, title=paper.name
        )
        yield Finding(at=at, evidence=(Quoted("raw", stray.raw[:MOST_SHOWN]),), values={"because": stray.because})
