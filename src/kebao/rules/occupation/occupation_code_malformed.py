"""The occupation's code has not the form d-dd-dd-dd (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.occupations.levels import normal_code
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="occupation-code-malformed",
    clauses=("P2",),
    severity=Severity.WARNING,
    title=Text(zh="职业编码格式不对", en="Malformed occupation code"),
    rationale=Text(
        zh="职业编码用来对照国家职业技能标准和补贴标准目录，写错就对不上。",
        en="The code links the course to the national standard and the subsidy catalogue; a wrong one links to nothing.",
    ),
    message=Text(
        zh="职业编码“{code}”不是“4-10-01-05”这样的格式。",
        en="The occupation code “{code}” has not the form 4-10-01-05.",
    ),
    mend=Text(
        zh="查《职业分类大典》或职业标准封面，按“一位-两位-两位-两位”重填；WPS 把它变成日期的，先把单元格格式设为“文本”。没有编码的留空。",
        en="Look it up in the classification of occupations and fill it in as d-dd-dd-dd; format the cell as text if WPS makes it a date. Leave it empty if there is none.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(occupation={"code": "４-10-01-05"}), Outcome.PASSED, "全角数字认得出"),
        Example(lambda: course(occupation={"code": "4-10-1-5"}), Outcome.FAILED),
        Example(lambda: course(occupation={"code": ""}), Outcome.INAPPLICABLE, "没有填编码"),
    ),
)
def occupation_code_malformed(package: Package) -> Iterator[Finding | Abstention]:
    """A finding when a code is given and is none."""
    code = package.manifest.occupation.code
    if not code:
        yield inapplicable("没有填职业编码。", "No code is given.")
    elif normal_code(code) is None:
        yield Finding(at=package.at("occupation.code"), evidence=(Quoted("code", code),))
