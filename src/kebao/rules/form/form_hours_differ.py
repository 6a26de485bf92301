"""Hours told in the form are not the hours declared (F2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_NUM = r"([0-9]+(?:\.[0-9]+)?)"
_HOURS = r"个?(?:学时|课时)"
_NOT_OTHER = r"(?![0-9.]*\s*(?:%|小时|分|秒|讲|节|章|天|次|人|门|套|-|~|至|到))"
_RATE = re.compile(rf"每[^,。;\n]{{0,12}}?{_NUM}?\s*{_HOURS}|{_NUM}\s*分钟?\s*[计算为折合成作=]*\s*{_NUM}\s*{_HOURS}")
_TOTAL = re.compile(
    rf"(?:总|合计|共计|共)\s*(?:学时|课时)数?\s*[:为是共计]*\s*{_NUM}{_NOT_OTHER}|(?:总共|一共|总计|共计|合计|共|总)\s*[:为是]?\s*{_NUM}\s*{_HOURS}"
)
_ALONE = re.compile(rf"(?:培训|课程|本课程|全部|全程|学时|课时|计|为|是|:|\s)*{_NUM}\s*{_HOURS}[。.;()\s]*")
"""Hours said in passing (理论 4 学时, 每课 1 学时) are no total; a lone number is one only where nothing else is said of hours."""


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
        Example(lambda: _told("每周两次。"), Outcome.INAPPLICABLE, "没有写数字"),
    ),
)
def form_hours_differ(package: Package, *, tolerance_hours: str, tolerance_share: str) -> Iterator[Yielded]:
    """One finding when the form tells one total and it is not the declared one, by more than both tolerances."""
    declared, told = package.manifest.hours, _totals(package.manifest.form.introduction.hours)
    if declared is None or len(told) != 1:
        yield inapplicable(
            "表上没有写明一个总学时，或清单没有申报。", "The form tells no single total, or none is declared."
        )
        return
    total = told.pop()
    allowed = max(Fraction(tolerance_hours), Fraction(declared) * Fraction(tolerance_share))
    if abs(Fraction(total) - Fraction(declared)) > allowed:
        evidence = (Quoted("form", str(total)), Quoted("manifest", str(declared)))
        yield Finding(at=package.at("form.introduction.hours", item="form.introduction.hours"), evidence=evidence)


def _totals(words: str) -> set[Decimal]:
    """Every number that the words call a total of hours; 90.0 and 90 are one."""
    plain = _RATE.sub("", unicodedata.normalize("NFKC", words))
    found = {Decimal(next(filter(None, groups))) for groups in _TOTAL.findall(plain)}
    alone = _ALONE.fullmatch(plain.strip())
    return found or ({Decimal(alone[1])} if alone else set())
