"""Something in the workbook or the YAML that no reader understood (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import NotUnderstood
from kebao.subjects.course import Package
from kebao.subjects.personal import without_numbers
from kebao.subjects.sketch import course


def _with_words_for_a_number() -> Package:
    because = Text(zh="这里应填数字。", en="A number belongs here.")
    lost = NotUnderstood(Location(path="培训包.xlsx", field="hours"), "大约十个", because)
    return course(package={"not_understood": (lost,)})


@rule(
    id="value-not-understood",
    clauses=("A2(2)",),
    severity=Severity.WARNING,
    title=Text(zh="清单里有读不懂的内容", en="Part of the manifest not understood"),
    rationale=Text(
        zh="读不懂的内容不会被采用；不改就等于没填。",
        en="What is not understood is not used; unless mended it counts as not filled in.",
    ),
    message=Text(zh="“{raw}”没有读懂：{because}", en="“{raw}” was not understood: {because}"),
    mend=Text(
        zh="到写明的位置，照下拉框或例子改一下。",
        en="Go to the place named and write it as the drop-down or the example has it.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(_with_words_for_a_number, Outcome.FAILED, "学时写成了文字"),
    ),
)
def value_not_understood(package: Package) -> Iterator[Yielded]:
    """One finding for each thing that was not understood, with its raw words, or the file's name where a whole file was not.

    A file that does not even open is told of as damaged.
    """
    for lost in package.not_understood:
        if lost.raw or package.facts.fault(lost.at.path) is None:
            raw = without_numbers(lost.raw) or lost.at.path
            yield Finding(at=lost.at, evidence=(Quoted("raw", raw),), values={"because": lost.because})
