"""The standard cited bears the code of another occupation (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.occupations.levels import normal_code
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


def _coded(code: str, name: str = "育婴员国家职业技能标准") -> Package:
    return course(occupation={"standard": {"name": name, "code": code, "edition": "2019年版"}})


@rule(
    id="standard-of-another-occupation",
    clauses=("P2",),
    severity=Severity.WARNING,
    title=Text(zh="职业标准不是这个职业的", en="Standard of another occupation"),
    rationale=Text(
        zh="国家职业技能标准的编号就是职业编码；两个编码不同，内容和考题就没有对着同一个职业。",
        en="A national standard bears the code of its occupation; with two codes, content and questions aim at different ones.",
    ),
    message=Text(
        zh="职业编码是“{occupation}”，所依据标准的编号却是“{standard}”。",
        en="The occupation's code is “{occupation}”, but the standard cited has “{standard}”.",
    ),
    mend=Text(
        zh="核对职业和所依据的标准，在“基本情况”工作表改正写错的一个。",
        en="Compare occupation and standard, and correct the wrong one in the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: _coded("4－10－01－05"), Outcome.PASSED, "全角的连字符"),
        Example(lambda: _coded("4-10-01-01"), Outcome.FAILED),
        Example(lambda: _coded("4-10-01-01", "饮水照护专项职业能力规范"), Outcome.INAPPLICABLE, "专项能力另有编号"),
        Example(lambda: _coded(""), Outcome.INAPPLICABLE, "没有填标准编号"),
    ),
)
def standard_of_another_occupation(package: Package, *, coded_names: tuple[str, ...]) -> Iterator[Finding | Abstention]:
    """One finding when both codes are sound, the standard is of a kind that bears its occupation's code, and they differ."""
    occupation = package.manifest.occupation
    own, cited = normal_code(occupation.code), normal_code(occupation.standard.code)
    if own is None or cited is None or not any(word in occupation.standard.name for word in coded_names):
        yield inapplicable("没有两个可比的编码。", "There are no two codes to compare.")
    elif own != cited:
        yield Finding(
            at=package.at("occupation.standard.code"),
            evidence=(Quoted("occupation", occupation.code), Quoted("standard", occupation.standard.code)),
        )
