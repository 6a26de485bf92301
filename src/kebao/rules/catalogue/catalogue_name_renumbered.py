"""Two names differ only in how their number is written: 第1讲 and 第一讲 (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Package
from kebao.subjects.naming import Level, lesson_levels, repeats, resource_levels
from kebao.subjects.sketch import course, listed
from kebao.text.names import fold, numbered_form


@rule(
    id="catalogue-name-renumbered",
    clauses=("A2(2).2",),
    severity=Severity.ADVICE,
    title=Text(zh="名称只有编号写法不同", en="Names differ only in the way of numbering"),
    rationale=Text(
        zh="“第1讲 洗手”和“第一讲 洗手”念出来一样，学习者分不清。",
        en="“第1讲 洗手” and “第一讲 洗手” sound the same; learners cannot tell them apart.",
    ),
    message=Text(
        zh="“{title}”和“{earlier}”只是编号写法不同，容易混淆。",
        en="“{title}” and “{earlier}” differ only in the way the number is written.",
    ),
    mend=Text(
        zh="编号统一用一种写法，并在后面写出各自的重点内容。",
        en="Number them in one way, and write what each teaches behind the number.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: listed("第1讲 洗手", "第2讲 试温"), Outcome.PASSED),
        Example(lambda: listed("第1讲 洗手", "第一讲 洗手"), Outcome.FAILED),
        Example(lambda: listed("第1讲 洗手", "第1讲 洗手"), Outcome.PASSED, "完全相同的另作重复报告"),
        Example(lambda: course(catalogue=[], resources=[]), Outcome.INAPPLICABLE),
    ),
)
def catalogue_name_renumbered(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each entry or resource that equals an earlier one of its level only after numbers are brought to one form."""
    if not package.lessons and not package.resources:
        yield NO_CATALOGUE
        return
    levels: tuple[Level, ...] = (*lesson_levels(package), *resource_levels(package))
    for level in levels:
        same = {id(named) for named, _ in repeats(level, fold)}
        for named, earlier in repeats(level, numbered_form):
            if id(named) not in same:
                yield Finding(at=named.at("title"), evidence=(Quoted("earlier", earlier.entry.title),))
