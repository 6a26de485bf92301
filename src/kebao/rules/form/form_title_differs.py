"""The course title of the form is not that of the manifest (F1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.text.names import fold


@rule(
    id="form-title-differs",
    clauses=("F1",),
    severity=Severity.ERROR,
    title=Text(zh="基本情况表的课程名称不一致", en="The form’s course title differs"),
    rationale=Text(
        zh="同一门课两个说法，登记、付款和上线都会出错。",
        en="Two names for one thing spoil registration, payment and publication.",
    ),
    message=Text(
        zh="基本情况表写的课程名称是“{form}”，清单写的是“{manifest}”。",
        en="The form gives the course title as “{form}”, the manifest as “{manifest}”.",
    ),
    mend=Text(zh="把两处改成一样。", en="Make both the same."),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(form={"title": "饮水照护"}), Outcome.FAILED, "两处不同"),
        Example(lambda: course(form={"title": ""}), Outcome.INAPPLICABLE, "没填"),
    ),
)
def form_title_differs(package: Package) -> Iterator[Yielded]:
    """One finding when both are given and differ."""
    form, manifest = package.manifest.form.title, package.manifest.title
    if not (form and manifest):
        yield inapplicable("有一处没填，另有指出。", "One of them is not filled in; that is told elsewhere.")
    elif fold(form) != fold(manifest):
        evidence = (Quoted("form", form), Quoted("manifest", manifest))
        yield Finding(at=package.at("form.title", item="form.title"), evidence=evidence)
