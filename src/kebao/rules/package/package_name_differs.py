"""The package is not named as the call asks (P7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.text.names import fold
from kebao.text.package_name import PackageNameFault, canonical, parse_package_name


@rule(
    id="package-name-differs",
    clauses=("P7.1",),
    severity=Severity.ERROR,
    title=Text(zh="课程包名称不符合要求", en="Package is not named as asked"),
    rationale=Text(
        zh="邮件主题和资源包名统一，办公室才能对上号，不会漏收。",
        en="With one name for mail and package, the office can match them and loses nothing.",
    ),
    message=Text(
        zh="课程包现在叫“{written}”，应为“{wanted}”。", en="The package is called “{written}”; it should be “{wanted}”."
    ),
    mend=Text(
        zh="把文件夹（或压缩包）改名为“{wanted}”，邮件主题也写这个；kebao kit 会自动起好名。",
        en="Rename the folder or zip to “{wanted}”, and use it as the mail’s package; kebao kit does so by itself.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(
            lambda: course(package={"name": "网络课程＋天津市晴禾职业培训学校＋老年人饮水照护入门"}),
            Outcome.PASSED,
            "全角加号",
        ),
        Example(lambda: course(package={"name": "新建文件夹"}), Outcome.FAILED, "没有按要求命名"),
        Example(lambda: course(package={"name": "网络课程+晴禾+老年人饮水照护入门"}), Outcome.FAILED, "单位不是全称"),
        Example(lambda: course(supplier={"name": ""}), Outcome.INAPPLICABLE, "单位名称没填"),
    ),
)
def package_name_differs(package: Package) -> Iterator[Yielded]:
    """One finding when prefix, unit and title do not stand in the name."""
    unit, title = package.manifest.supplier.name, package.manifest.title
    if package.kind == "single" or not (unit and title):
        yield inapplicable(
            "单位名称或课程名称没有填，另有指出。", "Unit or title is not filled in; that is told elsewhere."
        )
        return
    try:
        wanted = canonical(unit, title)
    except PackageNameFault:
        yield inapplicable(
            "名称本身不能用作包名，另有指出。", "The names cannot make a package name; that is told elsewhere."
        )
        return
    named = parse_package_name(package.name, unit=unit, title=title)
    if named is None or fold(named.unit) != fold(unit) or fold(named.title) != fold(title):
        evidence = (Quoted("written", package.name), Quoted("wanted", wanted))
        yield Finding(at=Location(item="name", field="name", title=package.name), evidence=evidence)
