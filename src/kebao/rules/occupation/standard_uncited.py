"""The standard that the course follows is not cited, nor why there is none (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.package.manifest import Occupation
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_NAME = Text(zh="依据的职业标准或规范，也没有写没有标准的原因", en="the standard it follows, nor why there is none")
_EDITION = Text(zh="所依据标准的版本", en="the edition of the standard it follows")
_CODE = Text(zh="所依据标准的职业编码", en="the code of the standard it follows")


@rule(
    id="standard-uncited",
    clauses=("P2",),
    severity=Severity.ERROR,
    title=Text(zh="没有写明依据的职业标准", en="Standard not cited"),
    rationale=Text(
        zh="教学内容应当符合国家职业技能标准、专项职业能力规范或培训课程规范；写明名称和版本，专家才能对照。",
        en="Content shall meet a national standard or specification; experts can only compare when name and edition are given.",
    ),
    message=Text(zh="没有写明{what}。", en="The package does not state {what}."),
    mend=Text(
        zh="在“基本情况”工作表填标准的名称、编码和版本（如“2019年版”）；确实没有标准的，在“无标准原因”里写一句话。",
        en="Fill in name, code and edition of the standard in the sheet 基本情况; where there is none, write one sentence on why.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(occupation={"standard": {}, "no_standard_reason": "地方特色手工，尚无标准。"}),
            Outcome.PASSED,
            "写明没有标准的原因",
        ),
        Example(lambda: course(occupation={"standard": {}}), Outcome.FAILED),
        Example(
            lambda: course(occupation={"standard": {"name": "养老护理员国家职业技能标准"}}),
            Outcome.FAILED,
            "没有写版本",
        ),
        Example(
            lambda: course(
                occupation={"code": "", "standard": {"name": "养老护理员国家职业技能标准", "edition": "2019年版"}}
            ),
            Outcome.FAILED,
            "国家职业技能标准没有写编码",
        ),
        Example(
            lambda: course(
                occupation={"code": "", "standard": {"name": "某某专项职业能力考核规范", "edition": "2020"}}
            ),
            Outcome.PASSED,
            "专项能力规范没有编码",
        ),
        Example(
            lambda: course(occupation={"name": "", "code": "", "level": "", "scope": "", "module": "", "standard": {}}),
            Outcome.INAPPLICABLE,
            "职业一项全空，另外报告",
        ),
    ),
)
def standard_uncited(
    package: Package, *, coded_names: tuple[str, ...], general_categories: tuple[str, ...]
) -> Iterator[Finding | Abstention]:
    """One finding: for the name, or else the edition, or else the code where the standard is of a kind that has one.

    The occupation's own code does for the standard's: they are the same. With nothing at all on the occupation,
    `occupation-missing` speaks alone, unless the course is of a general category and needs no occupation.
    """
    occupation = package.manifest.occupation
    standard = occupation.standard
    is_general = package.manifest.categories[:1] and package.manifest.categories[0] in general_categories
    if package.kind == "single":
        yield ALONE
    elif occupation.no_standard_reason and not standard.name:
        return
    elif occupation == Occupation() and not is_general:
        yield inapplicable(
            "职业一项全空，已另外报告。", "Nothing is stated on the occupation; that is reported by itself."
        )
    elif not standard.name:
        yield Finding(at=package.at("occupation.standard.name"), values={"what": _NAME})
    elif not standard.edition:
        yield Finding(at=package.at("occupation.standard.edition"), values={"what": _EDITION})
    elif any(mark in standard.name for mark in coded_names) and not (standard.code or occupation.code):
        yield Finding(at=package.at("occupation.standard.code"), values={"what": _CODE})
