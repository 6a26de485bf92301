"""Multiple choice has two right answers or more (A2(2).4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionKind
from kebao.subjects.bank import answers_outside
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="multiple-has-one-answer",
    clauses=("A2(2).4(2)",),
    severity=Severity.WARNING,
    title=Text(
        zh="多选题只有一个答案",
        en="Multiple choice with one answer",
    ),
    rationale=Text(
        zh="学习者以为至少要选两个，只有一个答案容易误判。",
        en="Learners expect at least two; a single one misleads them.",
    ),
    message=Text(
        zh="“{title}”是多项选择题，只有一个答案“{answer}”，一般不少于 {limit} 个。",
        en="“{title}” is multiple choice but has one answer only, “{answer}”; usually there are at least {limit}.",
    ),
    mend=Text(
        zh="补上漏写的答案，或把题型改成“单项选择题”。",
        en="Add the answer that was left out, or change the kind to single choice.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question("multiple"), Outcome.PASSED, "两个答案"),
        Example(lambda: one_question("multiple", answer=("A",)), Outcome.FAILED, "一个答案"),
        Example(lambda: one_question(), Outcome.INAPPLICABLE, "单选题"),
    ),
)
def multiple_has_one_answer(question: QuestionSubject, *, limit_answers: int) -> Iterator[Yielded]:
    """One finding for a multiple-choice question with fewer answers than the limit."""
    entry = question.entry
    if entry.kind is not QuestionKind.MULTIPLE or not entry.answer or answers_outside(entry):
        yield inapplicable("不是多选题，或答案另有问题。", "Not multiple choice, or its answer is at fault otherwise.")
        return
    if len(entry.answer) < limit_answers:
        yield Finding(
            at=question.at("答案"),
            evidence=(Measured("count", len(entry.answer), limit=limit_answers), Listed("answer", entry.answer)),
        )
