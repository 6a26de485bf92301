"""No option is left out in the middle (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import has_few_options
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="option-empty",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="中间漏了选项",
        en="Option left empty",
    ),
    rationale=Text(
        zh="选项中间空一个，后面的字母就可能错位，答案也跟着错。",
        en="An empty option in between may shift the letters, and the answer with them.",
    ),
    message=Text(
        zh="“{title}”的选项 {letters} 是空的，后面还有选项。",
        en="Option {letters} of “{title}” is empty, with options after it.",
    ),
    mend=Text(
        zh="补上空的选项，或把后面的选项往前移并核对答案。",
        en="Fill in the empty option, or move the later ones up and check the answer.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.PASSED, "四个选项都写了"),
        Example(lambda: one_question(options=("洗手", "", "关灯", "看电视")), Outcome.FAILED, "选项 B 是空的"),
        Example(lambda: one_question(options=("洗手", "", "")), Outcome.INAPPLICABLE, "选项不够，由别的规则指出"),
        Example(lambda: one_question("truefalse"), Outcome.INAPPLICABLE, "判断题不写选项"),
    ),
)
def option_empty(question: QuestionSubject, *, limit_options: int) -> Iterator[Yielded]:
    """One finding for a question with a gap between its options."""
    entry = question.entry
    if not entry.options or has_few_options(entry, limit_options):
        yield inapplicable("没有选项可看。", "There are no options to look at.")
        return
    written = [place for place, option in enumerate(entry.options) if option.strip()]
    if written and len(written) <= written[-1]:
        letters = tuple(chr(ord("A") + place) for place in range(written[-1]) if place not in written)
        yield Finding(at=question.at(f"选项{letters[0]}"), evidence=(Listed("letters", letters),))
