"""Hours in the catalogue do not fit the lessons' length, or do not add up to the total (A2(2).2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Lesson, Package
from kebao.subjects.sketch import course, listed
from kebao.subjects.timing import exact_hours, hours_agree
from kebao.text.measures import SECONDS_PER_HOUR, hours_floored

_BY_LENGTH = Text(zh="按所用资源的时长", en="by the length of its resources")
_BY_SUM = Text(zh="各课学时相加", en="by adding up the lessons")
_TOTAL = "总学时"


@rule(
    id="catalogue-hours-differ",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="目录课时数对不上", en="Hours in the catalogue do not fit"),
    rationale=Text(
        zh="课时数是学习者安排时间、经办人核对总学时的依据，写错一处就会层层出错。",
        en="Learners plan and the office checks by these hours; one wrong number spoils the sums above it.",
    ),
    message=Text(
        zh="“{title}”写 {declared} 学时，{basis}是 {measured} 学时，相差超过允许范围。",
        en="“{title}” states {declared} hours; {basis} they are {measured}, which is too far apart.",
    ),
    mend=Text(
        zh="对照视频时长改正课时数：每45分钟计1学时，保留一位小数，不进位。",
        en="Correct the hours by the videos' length: 45 minutes to the hour, one decimal, not rounded up.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: listed("试温", hours="0.5"), Outcome.FAILED, "5分钟的一课写了 0.5"),
        Example(
            lambda: course(
                files={"视频/协助坐位饮水.mp4": None},
                catalogue=[{"id": "k", "title": "饮水", "hours": "0.5", "use": ["v1", "v2", "v3", "t1"]}],
            ),
            Outcome.FAILED,
            "时长不全时，各课之和与总学时相比",
        ),
        Example(lambda: listed("试温", hours=None), Outcome.INAPPLICABLE, "没有写课时数"),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE),
    ),
)
def catalogue_hours_differ(
    package: Package, *, tolerance_hours: str, tolerance_share: str, lost_per_lesson: str
) -> Iterator[Finding | Abstention]:
    """One finding for each entry whose hours do not fit its length; where there is none, one if the lessons do not make the total.

    Floored hours lose up to `lost_per_lesson` a lesson, so a sum may be that much below the total. The sum is not judged while the
    total itself is wrong, or while resources stand outside the catalogue or in two lessons: those are other faults.
    """
    stated = [lesson for lesson in package.lessons if lesson.entry.hours is not None]
    if not package.lessons:
        yield NO_CATALOGUE
        return
    if not stated:
        yield inapplicable(
            "目录没有写课时数，已另外报告。", "The catalogue states no hours; that is reported by itself."
        )
        return
    wrong = [
        lesson
        for lesson in stated
        if _length_known(lesson)
        and not hours_agree(
            lesson.entry.hours or Decimal(0),
            lesson.seconds,
            tolerance_hours=tolerance_hours,
            tolerance_share=tolerance_share,
        )
    ]
    for lesson in wrong:
        if not _follows(lesson, wrong, Fraction(lost_per_lesson)):
            yield _finding(
                lesson.at("hours"), lesson.entry.hours or Decimal(0), exact_hours(lesson.seconds), _BY_LENGTH
            )
    total = package.manifest.hours
    if wrong or not total or not _sum_can_be_judged(package):
        return
    if not package.lengths_missing and not hours_agree(
        total, package.seconds, tolerance_hours=tolerance_hours, tolerance_share=tolerance_share
    ):
        return
    added = sum((Fraction(leaf.entry.hours or 0) for leaf in package.leaves), Fraction(0))
    allowed = max(Fraction(tolerance_hours), Fraction(total) * Fraction(tolerance_share))
    lost = max(allowed, Fraction(lost_per_lesson) * len(package.leaves))
    if added - Fraction(total) > allowed or Fraction(total) - added > lost:
        yield _finding(package.at("hours", title=_TOTAL), total, added, _BY_SUM)


def _follows(chapter: Lesson, wrong: list[Lesson], lost_per_lesson: Fraction) -> bool:
    """Whether a chapter's hours are only the sum of what its lessons state, one of them wrongly: that lesson is told of alone."""
    path = (*chapter.parents, chapter.entry.title)
    below = [leaf for leaf in chapter.package.leaves if leaf.parents[: len(path)] == path]
    if not any(leaf in wrong for leaf in below) or any(leaf.entry.hours is None for leaf in below):
        return False
    added = sum((Fraction(leaf.entry.hours or 0) for leaf in below), Fraction(0))
    return abs(Fraction(chapter.entry.hours or 0) - added) <= lost_per_lesson * len(below)


def _length_known(lesson: Lesson) -> bool:
    """Whether every resource of a lesson and of what stands below it is in the list, once, and has a known length."""
    ids = Counter(resource.entry.id for resource in lesson.package.resources)
    path = (*lesson.parents, lesson.entry.title)
    below = [other for other in lesson.package.lessons if other.parents[: len(path)] == path]
    return all(
        all(ids[used] == 1 for used in one.entry.use)
        and all(resource.seconds is not None for resource in one.resources)
        for one in (lesson, *below)
    ) and any(one.resources for one in (lesson, *below))


def _sum_can_be_judged(package: Package) -> bool:
    if any(leaf.entry.hours is None for leaf in package.leaves):
        return False
    used = sorted(name for lesson in package.lessons for name in lesson.entry.use)
    return used == sorted(resource.entry.id for resource in package.resources)


def _finding(at: Location, declared: Decimal, measured: Fraction, basis: Text) -> Finding:
    return Finding(
        at=at,
        evidence=(
            Measured("declared_hours", Fraction(declared), unit="h45"),
            Measured("measured_hours", measured, unit="h45"),
        ),
        values={
            "declared": f"{declared:f}",
            "measured": str(hours_floored(measured * SECONDS_PER_HOUR)),
            "basis": basis,
        },
    )
