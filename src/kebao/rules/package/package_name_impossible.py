"""Unit and title make no name that a file can bear (P7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.text.package_name import PackageNameFault, canonical


@rule(
    id="package-name-impossible",
    clauses=("P7.1",),
    severity=Severity.ERROR,
    title=Text(zh="名称不能用作包名", en="Names that make no package name"),
    rationale=Text(
        zh="太长或含 / : ? 等字符的名称，电脑存不下，邮件主题也会被截断。",
        en="A name too long or with / : ? and the like cannot be stored, and mail subjects are cut.",
    ),
    message=Text(
        zh="单位名称和课程名称合起来不能用作包名：{because}",
        en="Unit and title cannot make the package’s name: {because}",
    ),
    mend=Text(
        zh="改短或去掉特殊字符；单位名称须与公章一致。",
        en="Shorten it or take the special characters out; the unit’s name must be that of its seal.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(title="饮水" * 60), Outcome.FAILED, "太长"),
        Example(lambda: course(title="饮水?"), Outcome.FAILED, "含有问号"),
        Example(lambda: course(supplier={"name": "晴禾/学校"}), Outcome.FAILED, "单位名称含有斜杠"),
        Example(lambda: course(title=""), Outcome.INAPPLICABLE, "没填"),
    ),
)
def package_name_impossible(package: Package) -> Iterator[Yielded]:
    """One finding when the canonical name cannot be."""
    unit, title = package.manifest.supplier.name, package.manifest.title
    if package.kind == "single" or not (unit and title):
        yield inapplicable(
            "单位名称或课程名称没有填，另有指出。", "Unit or title is not filled in; that is told elsewhere."
        )
        return
    try:
        canonical(unit, title)
    except PackageNameFault as fault:
        field = "supplier.name" if _refused(unit) else "title"
        yield Finding(at=package.at(field, item=field), values={"because": fault.message})


def _refused(unit: str) -> bool:
    """Whether the unit's name alone makes the trouble."""
    try:
        canonical(unit, "课")
    except PackageNameFault:
        return True
    return False
