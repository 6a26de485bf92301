"""Hours told in the form are not the hours declared (F2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.timing import length_bears_out
from kebao.text.stated_hours import hours_stated


def _told(hours: str) -> Package:
    introduction = course().manifest.form.introduction.model_copy(update={"hours": hours})
    return course(form={"introduction": introduction.model_dump()})


@rule(
    id="form-hours-differ",
    clauses=("F2",),
    severity=Severity.ERROR,
    title=Text(zh="基本情况表的课时不一致", en="The form’s hours differ"),
    rationale=Text(
        zh="表上和清单上的总学时不同，专家不知道信哪个。",
        en="When form and manifest give different hours, experts do not know which to believe.",
    ),
    message=Text(
        zh="基本情况表写总学时 {form}，清单申报 {manifest}。",
        en="The form says {form} hours in all; the manifest declares {manifest}.",
    ),
    mend=Text(
        zh="把“课程介绍”页“培训课时”里的总学时改成和“基本情况”页一样。",
        en="Make the total under 培训课时 the same as on the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _told("总学时 1.0。"), Outcome.PASSED),
        Example(lambda: _told("总学时 3 学时。"), Outcome.FAILED, "表上多写了"),
        Example(lambda: _told("3 学时"), Outcome.FAILED, "只写了一个数"),
        Example(lambda: _told("总学时 1.0，其中理论 0.4 学时，实操 0.6 学时。"), Outcome.PASSED, "分项不算总数"),
        Example(lambda: _told("理论 4 学时，实操 6 学时。"), Outcome.INAPPLICABLE, "没有写总数"),
        Example(lambda: _told("共 12 讲，每讲 1 学时。"), Outcome.INAPPLICABLE, "讲数不是学时"),
        Example(lambda: course(hours="3.0"), Outcome.INAPPLICABLE, "表上与时长相符，错在申报的总学时"),
        Example(lambda: _told("每周两次。"), Outcome.INAPPLICABLE, "没有写数字"),
    ),
)
def form_hours_differ(package: Package, *, tolerance_hours: str, tolerance_share: str) -> Iterator[Yielded]:
    """One finding when the form tells one total and it is not the declared one, by more than both tolerances."""
    declared, told = package.manifest.hours, hours_stated(package.manifest.form.introduction.hours)
    if declared is None or len(told) != 1:
        yield inapplicable(
            "表上没有写明一个总学时，或清单没有申报。", "The form tells no single total, or none is declared."
        )
        return
    total = told.pop()
    if length_bears_out(package, total, declared, tolerance_hours=tolerance_hours, tolerance_share=tolerance_share):
        yield inapplicable(
            "表上的总学时与时长相符，不符的是申报总学时，另有指出。",
            "The form agrees with the length; it is the declared total that does not, and that is told elsewhere.",
        )
        return
    allowed = max(Fraction(tolerance_hours), Fraction(declared) * Fraction(tolerance_share))
    if abs(Fraction(total) - Fraction(declared)) > allowed:
        evidence = (Quoted("form", str(total)), Quoted("manifest", str(declared)))
        yield Finding(at=package.at("form.introduction.hours", item="form.introduction.hours"), evidence=evidence)
