"""The introduction states other total hours than the manifest (A2(2).1)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Package
from kebao.subjects.introduction import introduction_words
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.timing import length_bears_out
from kebao.text.stated_hours import hours_stated


@rule(
    id="introduction-hours-differ",
    clauses=("A2(2).1",),
    severity=Severity.ERROR,
    title=Text(zh="课程介绍的总学时不一致", en="The introduction’s hours differ"),
    rationale=Text(
        zh="学习者按介绍里的学时安排时间；与申报的不同，就不知道信哪个。",
        en="Learners plan by the hours of the introduction; when they are not those declared, nobody knows which to believe.",
    ),
    message=Text(
        zh="课程介绍写总学时 {told}，申报总学时是 {declared}。",
        en="The introduction says {told} hours in all; {declared} are declared.",
    ),
    mend=Text(
        zh="把课程介绍里的总学时和“基本情况”工作表的“申报总学时”改成一样。",
        en="Make the total in the introduction the same as 申报总学时 in the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(intro="课程名称、目录如下。总学时：3。"), Outcome.FAILED, "介绍里多写了"),
        Example(
            lambda: course(intro="课程介绍.md", files={"课程介绍.md": SketchedFile(text="总学时 3.0。")}),
            Outcome.FAILED,
            "介绍写在文件里",
        ),
        Example(lambda: course(hours="3.0"), Outcome.INAPPLICABLE, "介绍与时长相符，错在申报的总学时"),
        Example(lambda: course(intro="课程介绍.md"), Outcome.INAPPLICABLE, "介绍的文件不在"),
        Example(lambda: course(intro="课程名称、目录如下。"), Outcome.INAPPLICABLE, "介绍里没有写总学时"),
    ),
)
def introduction_hours_differ(
    package: Package, *, tolerance_hours: str, tolerance_share: str
) -> Iterator[Finding | Abstention]:
    """One finding when the introduction states one total and it is not the declared one, by more than both tolerances."""
    words, path = introduction_words(package)
    if words is None:
        yield FILE_UNUSABLE
        return
    declared, stated = package.manifest.hours, hours_stated(words)
    if declared is None or len(stated) != 1:
        yield inapplicable(
            "介绍里没有写明一个总学时，或清单没有申报。", "The introduction tells no single total, or none is declared."
        )
        return
    total = stated.pop()
    if length_bears_out(package, total, declared, tolerance_hours=tolerance_hours, tolerance_share=tolerance_share):
        yield inapplicable(
            "介绍里的总学时与时长相符，不符的是申报总学时，另有指出。",
            "The introduction agrees with the length; it is the declared total that does not, and that is told elsewhere.",
        )
        return
    allowed = max(Fraction(tolerance_hours), Fraction(declared) * Fraction(tolerance_share))
    if abs(Fraction(total) - Fraction(declared)) > allowed:
        evidence = (Quoted("told", str(total)), Quoted("declared", str(declared)))
        yield Finding(at=package.at("intro", path=path, item="总学时"), evidence=evidence)
