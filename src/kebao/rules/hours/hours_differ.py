"""Declared total hours do not fit the length of the resources (A3(1))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.timing import LENGTHS_UNKNOWN, exact_hours, hours_agree
from kebao.text.measures import hours_floored


@rule(
    id="hours-differ",
    clauses=("A3(1)",),
    severity=Severity.ERROR,
    title=Text(zh="总学时与时长不符", en="Hours do not fit the length"),
    rationale=Text(
        zh="每45分钟计1学时；多报学时影响补贴和评审，少报让学习者估计不足。",
        en="Every 45 minutes count as one hour; stating too many misleads the office, stating too few misleads learners.",
    ),
    message=Text(
        zh="申报总学时 {declared}，按时长算是 {measured}（每45分钟计1学时），相差超过允许范围。",
        en="{declared} hours are declared; by length they are {measured} (45 minutes to the hour), which is too far apart.",
    ),
    mend=Text(
        zh="在“基本情况”工作表把“总学时”改成 {measured}；如果时长不对，检查有没有漏放的视频，文本等申报的分钟数是否属实。",
        en="Change 总学时 in the sheet 基本情况 to {measured}; if the length is wrong, look for missing videos and check the declared minutes.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(hours="1.1"), Outcome.PASSED, "相差不到 0.1 学时"),
        Example(lambda: course(hours="1.2"), Outcome.FAILED),
        Example(lambda: course(hours="0.9"), Outcome.FAILED),
        Example(lambda: course(hours=None), Outcome.INAPPLICABLE, "没有写明总学时"),
        Example(lambda: course(files={"视频/试水温.mp4": None}), Outcome.UNTESTED, "有视频不在，时长不明"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def hours_differ(package: Package, *, tolerance_hours: str, tolerance_share: str) -> Iterator[Finding | Abstention]:
    """A finding when declared and exact hours differ by more than both tolerances."""
    declared = package.manifest.hours
    if not declared:
        yield inapplicable("没有写明总学时，已另外报告。", "No total is stated; that is reported by itself.")
    elif not package.resources:
        yield NO_RESOURCES
    elif package.lengths_missing:
        yield LENGTHS_UNKNOWN
    elif not hours_agree(declared, package.seconds, tolerance_hours=tolerance_hours, tolerance_share=tolerance_share):
        yield Finding(
            at=package.at("hours"),
            evidence=(
                Measured("declared_hours", Fraction(declared), unit="h45"),
                Measured("measured_hours", exact_hours(package.seconds), unit="h45"),
            ),
            values={"declared": f"{declared:f}", "measured": str(hours_floored(package.seconds))},
        )
