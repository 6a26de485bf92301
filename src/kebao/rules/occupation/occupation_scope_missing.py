"""Whether the whole occupation level is trained or a module of it is not declared (A3(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_UNDERSTOOD
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.unread import was_written

_SCOPE = Text(
    zh="是整个职业等级还是其中的模块", en="whether it trains the whole level of the occupation or a module of it"
)
_MODULE = Text(zh="是哪一个模块", en="which module it trains")


@rule(
    id="occupation-scope-missing",
    clauses=("A3(2)",),
    severity=Severity.WARNING,
    title=Text(zh="没有写明课程范围", en="Scope of the course not stated"),
    rationale=Text(
        zh="补贴标准目录规定的是整个职业等级的课时；不写明范围，就不知道该不该按它核对。",
        en="The subsidy catalogue sets hours for a whole level; without the scope nobody knows whether they apply.",
    ),
    message=Text(zh="没有写明{what}。", en="It is not stated {what}."),
    mend=Text(
        zh="在“基本情况”工作表的“课程范围”选“全部”或“模块”；选“模块”的，再填“模块名称”。",
        en="Choose 全部 or 模块 under 课程范围 in the sheet 基本情况; for 模块 also fill in its name.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(occupation={"scope": "全部", "module": ""}), Outcome.PASSED, "整个等级"),
        Example(lambda: course(occupation={"scope": "", "module": ""}), Outcome.FAILED, "没有选"),
        Example(lambda: course(occupation={"module": ""}), Outcome.FAILED, "选了模块，没有写哪一个"),
        Example(lambda: course(occupation={"name": ""}), Outcome.INAPPLICABLE, "没有写明职业"),
    ),
)
def occupation_scope_missing(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for the scope, or else for the module's name, where an occupation is stated."""
    occupation = package.manifest.occupation
    if not occupation.name:
        yield inapplicable("没有写明职业，另有规则去看。", "No occupation is stated; another rule looks at that.")
    elif was_written(package, "occupation.scope"):
        yield NOT_UNDERSTOOD
    elif not occupation.scope:
        yield Finding(at=package.at("occupation.scope"), values={"what": _SCOPE})
    elif occupation.scope == "模块" and not occupation.module:
        yield Finding(at=package.at("occupation.module"), values={"what": _MODULE})
