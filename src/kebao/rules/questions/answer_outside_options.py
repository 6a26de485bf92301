"""The answer is one of the options (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionKind
from kebao.subjects.bank import answers_outside, has_few_options
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="answer-outside-options",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="答案不在选项里",
        en="Answer is none of the options",
    ),
    rationale=Text(
        zh="答案指向不存在的选项，这道题谁也答不对。",
        en="If the answer is no option, nobody can get the question right.",
    ),
    message=Text(
        zh="“{title}”的答案“{outside}”不在选项里，这题有 {options} 个选项。",
        en="The answer “{outside}” of “{title}” is none of its options; it has {options}.",
    ),
    mend=Text(
        zh="改正答案，或补上漏写的选项。",
        en="Correct the answer, or add the option that was left out.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(answer=("D",)), Outcome.PASSED, "四个选项，答案 D"),
        Example(lambda: one_question(answer=("E",)), Outcome.FAILED, "四个选项，答案 E"),
        Example(lambda: one_question("truefalse", answer=("A",)), Outcome.FAILED, "判断题没有选项 A"),
        Example(
            lambda: one_question(options=("洗手",), answer=("B",)), Outcome.INAPPLICABLE, "选项不够，由别的规则指出"
        ),
    ),
)
def answer_outside_options(question: QuestionSubject, *, limit_options: int) -> Iterator[Yielded]:
    """One finding for a question with an answer that stands for no option."""
    entry = question.entry
    if not entry.answer or entry.kind is QuestionKind.OTHER or has_few_options(entry, limit_options):
        yield inapplicable("没有答案或选项可对照。", "There is no answer, or there are no options, to compare.")
        return
    if outside := answers_outside(entry):
        yield Finding(
            at=question.at("答案"), evidence=(Listed("outside", outside), Measured("options", len(entry.options)))
        )
