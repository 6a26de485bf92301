"""Answers are written so that they can be read (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionKind
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="answer-not-understood",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="答案看不懂",
        en="Answer not understood",
    ),
    rationale=Text(
        zh="答案写法不合规，系统无法判分。",
        en="An answer in an unknown form cannot be marked.",
    ),
    message=Text(
        zh="“{title}”的答案“{answer}”看不懂。",
        en="The answer of “{title}”, “{answer}”, is not understood.",
    ),
    mend=Text(
        zh="选择题只写字母，如 B、ACD；判断题只写“对”或“错”。",
        en="For choices write letters only, such as B or ACD; for true-false 对 or 错.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.PASSED, "答案是字母"),
        Example(lambda: one_question(answer=(), answer_raw="洗手吧"), Outcome.FAILED, "答案写成了话"),
        Example(lambda: one_question(answer=(), answer_raw=""), Outcome.INAPPLICABLE, "没写答案，由别的规则指出"),
        Example(
            lambda: one_question("other", kind_raw="简答题", answer_raw="先洗手"),
            Outcome.INAPPLICABLE,
            "简答题的答案就是话",
        ),
    ),
)
def answer_not_understood(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a choice or true-false question whose answer is written but could not be read."""
    entry = question.entry
    if entry.kind is QuestionKind.OTHER or not (entry.answer or entry.answer_raw.strip()):
        yield inapplicable("没有要读成选项的答案。", "There is no answer to be read as options.")
        return
    if not entry.answer:
        yield Finding(at=question.at("答案"), evidence=(Quoted("answer", entry.answer_raw.strip()),))
