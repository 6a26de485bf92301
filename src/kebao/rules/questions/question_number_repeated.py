"""Numbers of questions do not repeat (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionKind
from kebao.subjects.bank import question_keys
from kebao.subjects.course import Paper
from kebao.subjects.sketch import paper_of, question


@rule(
    id="question-number-repeated",
    clauses=("A2(2).4",),
    severity=Severity.WARNING,
    title=Text(
        zh="题号重复",
        en="Question number repeated",
    ),
    rationale=Text(
        zh="题号重复，学习者报错题、老师讲题时都会弄混。",
        en="With a number twice, learners and teachers mix the questions up.",
    ),
    message=Text(
        zh="“{title}”的题号在同一题型里已经用过。",
        en="The number of “{title}” is used already for this kind of question.",
    ),
    mend=Text(
        zh="按顺序重新编号；每种题型各从 1 编起也可以。",
        en="Number them again in order; starting each kind from 1 is fine too.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question(serial=1), question(serial=2)), Outcome.PASSED, "题号不同"),
        Example(lambda: paper_of(question(serial=1), question("truefalse", 1)), Outcome.PASSED, "每种题型各从 1 编起"),
        Example(
            lambda: paper_of(question(serial=1), question(serial=2, number="1")), Outcome.FAILED, "两道单选都是第 1 题"
        ),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题"),
    ),
)
def question_number_repeated(paper: Paper) -> Iterator[Yielded]:
    """One finding for each later question with the number of another of its kind and sheet, unless it is that question again."""
    if not paper.questions:
        yield inapplicable("这套试卷没有考题。", "This paper has no questions.")
        return
    keys = question_keys(paper.package)[paper.index]
    firsts: dict[tuple[str, QuestionKind, str], int] = {}
    for place, subject in enumerate(paper.subjects):
        entry = subject.entry
        if not entry.number.strip():
            continue
        first = firsts.setdefault((entry.source.sheet, entry.kind, entry.number.strip()), place)
        if first != place and (keys[place] is None or keys[place] != keys[first]):
            yield Finding(at=subject.at("题号"), evidence=(Quoted("number", entry.number),))
