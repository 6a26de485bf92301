"""Time of a course by the role it carries, and what keeps it from being known (A3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, inapplicable, untested
from kebao.model.text import Text
from kebao.package.manifest import Role, TimeRange
from kebao.subjects.abstaining import ALONE, NO_RESOURCES
from kebao.subjects.course import Package, Resource
from kebao.text.measures import SECONDS_PER_HOUR, parse_clock, percent_shown, share

LENGTHS_UNKNOWN = untested(
    "有学习资源的时长还不知道，已另外报告。", "The length of some resources is not known; that is reported by itself."
)
RANGES_UNSOUND = untested(
    "有学习资源的时间段互相重叠或前后颠倒，已另外报告。",
    "Some time ranges overlap or run backwards; that is reported by itself.",
)
_NO_TIME = inapplicable("课程总时长为零。", "The course has no length.")
_UNCLASSIFIED_DECIDES = untested(
    "有时间没有标明用途，标明之后才知道这个比例够不够。", "Some time carries no role, and it decides this share."
)


def exact_hours(seconds: Fraction) -> Fraction:
    """学时 of some seconds, exact: every 45 minutes count as one (A3(1))."""
    return seconds / SECONDS_PER_HOUR


def hours_agree(declared: Decimal, seconds: Fraction, *, tolerance_hours: str, tolerance_share: str) -> bool:
    """Whether declared 学时 fit a measured length.

    Args:
        declared: 学时 as stated.
        seconds: exact length.
        tolerance_hours: difference in 学时 that is always allowed, as text (`1/10`).
        tolerance_share: part of the measured hours that is allowed if it is more, as text (`1/50`).
    """
    measured = exact_hours(seconds)
    return abs(Fraction(declared) - measured) <= max(Fraction(tolerance_hours), measured * Fraction(tolerance_share))


def length_bears_out(
    package: Package, told: Decimal, declared: Decimal, *, tolerance_hours: str, tolerance_share: str
) -> bool:
    """Whether the measured length bears out a total told elsewhere against the declared one, of which `hours-differ` then tells."""
    if not package.resources or package.lengths_missing:
        return False
    told_fits, declared_fits = (
        hours_agree(one, package.seconds, tolerance_hours=tolerance_hours, tolerance_share=tolerance_share)
        for one in (told, declared)
    )
    return told_fits and not declared_fits


def minutes_words(seconds: Fraction) -> Text:
    """A length in minutes and seconds, rounded up to the second: so much is surely enough."""
    minutes, rest = divmod(math.ceil(seconds), 60)
    return Text(zh=f"{minutes} 分 {rest} 秒", en=f"{minutes} min {rest} s")


def percent_words(limit: Fraction) -> str:
    """A limit as a percentage without idle zeros: 1/10 gives `10 %`."""
    return f"{float(limit * 100):g} %"


def backward(part: TimeRange) -> bool:
    """Whether a range ends where it starts, or before."""
    start, end = _ends(part)
    return end <= start


def unsound_ranges(resource: Resource) -> frozenset[int]:
    """Ranges of a resource that leave in doubt what some second is, by index: backward, overlapping, or starting after the end."""
    bad = {index for index, part in enumerate(resource.entry.ranges) if backward(part)}
    if resource.seconds is not None:
        bad |= {n for n, part in enumerate(resource.entry.ranges) if _ends(part)[0] >= resource.seconds}
    clock = Fraction(0)
    kept = ((_ends(part), index) for index, part in enumerate(resource.entry.ranges) if index not in bad)
    for (start, end), index in sorted(kept):
        if start < clock:
            bad.add(index)
        clock = max(clock, end)
    return frozenset(bad)


def range_end(part: TimeRange) -> Fraction:
    """Where a range ends, in exact seconds."""
    return _ends(part)[1]


def roles_stated(resource: Resource) -> frozenset[Role]:
    """Every role that a resource or one of its ranges is given."""
    own = (resource.entry.role,) if resource.entry.role else ()
    return frozenset((*own, *(part.role for part in resource.entry.ranges)))


def seconds_of(package: Package, *roles: Role) -> Fraction:
    """Seconds of the course that carry one of the roles."""
    return sum((seconds for _, role, seconds in package.runs if role in roles), Fraction(0))


def judge_least_share(package: Package, *roles: Role, least: Fraction) -> Iterator[Finding | Abstention]:
    """A finding when the roles' time is less than that share of all hours; exact, one denominator (A3(2))."""
    yield from _judge_share(package, roles, least, at_least=True)


def judge_most_share(package: Package, *roles: Role, most: Fraction) -> Iterator[Finding | Abstention]:
    """A finding when the roles' time is more than that share of all hours; exact, one denominator (A3(2))."""
    yield from _judge_share(package, roles, most, at_least=False)


def _judge_share(
    package: Package, roles: tuple[Role, ...], limit: Fraction, *, at_least: bool
) -> Iterator[Finding | Abstention]:
    unknown = _shares_unknown(package)
    if unknown is not None:
        yield unknown
        return
    total = package.seconds
    part, bound = seconds_of(package, *roles), limit * total
    unclassified = sum((seconds for _, role, seconds in package.runs if role is None), Fraction(0))
    if (part >= bound) if at_least else (part + unclassified <= bound):
        return
    if (part + unclassified >= bound) if at_least else (part <= bound):
        yield _UNCLASSIFIED_DECIDES
        return
    amount = abs(bound - part)
    yield Finding(
        at=package.at("resources"),
        evidence=(
            Measured("share", share(part, total), limit=limit),
            Measured("seconds", part, limit=bound, unit="s"),
            Measured("difference", amount, unit="s"),
        ),
        values={
            "percent": percent_shown(share(part, total)),
            "limit_percent": percent_words(limit),
            "amount": minutes_words(amount),
        },
    )


def _shares_unknown(package: Package) -> Abstention | None:
    """Why the shares cannot be judged; None when they can."""
    if package.kind == "single":
        return ALONE
    if not package.resources:
        return NO_RESOURCES
    if package.lengths_missing:
        return LENGTHS_UNKNOWN
    if any(unsound_ranges(resource) for resource in package.resources):
        return RANGES_UNSOUND
    return None if package.seconds else _NO_TIME


def _ends(part: TimeRange) -> tuple[Fraction, Fraction]:
    return parse_clock(part.start) or Fraction(0), parse_clock(part.end) or Fraction(0)
