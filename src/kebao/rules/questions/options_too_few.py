"""A choice has options to choose from (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionKind
from kebao.subjects.bank import has_few_options
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="options-too-few",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="选项太少",
        en="Too few options",
    ),
    rationale=Text(
        zh="选择题没有可选的，就不成题。",
        en="A choice with nothing to choose from is no question.",
    ),
    message=Text(
        zh="“{title}”是{kind}，只有 {options} 个选项，不能少于 {limit} 个。",
        en="“{title}” is {kind} with {options} options; at least {limit} are needed.",
    ),
    mend=Text(
        zh="在“选项A”“选项B”等列补上选项；如果是判断题，请改题型。",
        en="Fill in the columns 选项A, 选项B and so on; if it is true-false, change the kind.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(options=("洗手", "关灯")), Outcome.PASSED, "两个选项"),
        Example(lambda: one_question(options=("洗手",)), Outcome.FAILED, "一个选项"),
        Example(lambda: one_question("truefalse"), Outcome.INAPPLICABLE, "判断题不写选项"),
    ),
)
def options_too_few(question: QuestionSubject, *, limit_options: int) -> Iterator[Yielded]:
    """One finding for a choice with fewer written options than the limit."""
    entry = question.entry
    if entry.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        yield inapplicable("不是选择题。", "Not a choice.")
        return
    if has_few_options(entry, limit_options):
        written = sum(bool(option.strip()) for option in entry.options)
        yield Finding(
            at=question.at("选项A"),
            evidence=(Measured("options", written, limit=limit_options),),
            values={"kind": entry.kind.label},
        )
