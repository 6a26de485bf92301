"""Options of a question differ (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import option_form
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="option-repeated",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="选项重复",
        en="Option repeated",
    ),
    rationale=Text(
        zh="两个选项一样，选哪个都对或都错，判分就不公平。",
        en="With two options alike, either choice is as right as the other and marking is unfair.",
    ),
    message=Text(
        zh="“{title}”的选项 {letters} 写的一样：“{option}”。",
        en="Options {letters} of “{title}” are the same: “{option}”.",
    ),
    mend=Text(
        zh="改掉其中一个选项，并核对答案。",
        en="Change one of them and check the answer.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.PASSED, "选项各不相同"),
        Example(lambda: one_question(options=("10", "10²", "mA", "MA")), Outcome.PASSED, "平方和大小写有区别"),
        Example(lambda: one_question(options=("洗手", "洗 手。", "关灯")), Outcome.FAILED, "只差空格和句号"),
        Example(lambda: one_question("truefalse"), Outcome.INAPPLICABLE, "判断题不写选项"),
    ),
)
def option_repeated(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for each option that stands more than once."""
    options = question.entry.options
    if not options:
        yield inapplicable("没有选项。", "There are no options.")
        return
    forms = [option_form(option) for option in options]
    if len(set(forms)) == len(forms):
        return
    for form in dict.fromkeys(forms):
        letters = tuple(chr(ord("A") + place) for place, other in enumerate(forms) if other == form)
        if form and len(letters) > 1:
            option = options[ord(letters[0]) - ord("A")].strip()
            yield Finding(
                at=question.at(f"选项{letters[1]}"), evidence=(Listed("letters", letters), Quoted("option", option))
            )
