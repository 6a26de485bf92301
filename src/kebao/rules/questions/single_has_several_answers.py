"""One right answer for single choice and true-false (A2(2).4(2))."""

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
    id="single-has-several-answers",
    clauses=("A2(2).4(2)",),
    severity=Severity.ERROR,
    title=Text(
        zh="单选题有几个答案",
        en="Single choice with several answers",
    ),
    rationale=Text(
        zh="单选题只能选一个，写了几个答案就判不了分。",
        en="Only one can be chosen; with several right answers it cannot be marked.",
    ),
    message=Text(
        zh="“{title}”是{kind}，却写了 {count} 个答案：{answers}。",
        en="“{title}” is {kind}, yet has {count} answers: {answers}.",
    ),
    mend=Text(
        zh="只留一个正确答案，或把题型改成“多项选择题”。",
        en="Leave one right answer, or change the kind to multiple choice.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.PASSED, "一个答案"),
        Example(lambda: one_question(answer=("A", "C")), Outcome.FAILED, "两个答案"),
        Example(lambda: one_question("multiple"), Outcome.INAPPLICABLE, "多选题"),
        Example(lambda: one_question(answer=("A", "E")), Outcome.INAPPLICABLE, "有答案不在选项里，由别的规则指出"),
    ),
)
def single_has_several_answers(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a single-choice or true-false question with more than one answer."""
    entry = question.entry
    if entry.kind not in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE) or not entry.answer or answers_outside(entry):
        yield inapplicable(
            "不是只有一个答案的题型，或答案另有问题。",
            "Not a kind with one answer, or its answer is at fault otherwise.",
        )
        return
    if len(entry.answer) > 1:
        yield Finding(
            at=question.at("答案"),
            evidence=(Measured("count", len(entry.answer), limit=1), Listed("answers", entry.answer)),
            values={"kind": entry.kind.label},
        )
