"""Time of a resource that carries none of the four roles, so that the shares cannot be counted (A3(2).1–.3)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE, FILE_UNUSABLE, NOT_UNDERSTOOD
from kebao.subjects.course import Resource
from kebao.subjects.sketch import clip
from kebao.subjects.timing import minutes_words, unsound_ranges
from kebao.subjects.unread import was_written


@rule(
    id="role-missing",
    clauses=("A3(2).1", "A3(2).2", "A3(2).3"),
    severity=Severity.WARNING,
    title=Text(zh="没有标明用途", en="Time without a role"),
    rationale=Text(
        zh="每一秒都要归入素养、讲授、演示或实操之一，课时比例才算得出来。",
        en="Every second belongs to ethics, lecture, demonstration or practice; without that the shares cannot be counted.",
    ),
    message=Text(
        zh="“{title}”有 {amount} 没有标明是讲授、演示、实操还是素养。",
        en="“{title}” has {amount} without a role: lecture, demonstration, practice or ethics.",
    ),
    mend=Text(
        zh="在“学习资源”工作表这一行的“用途”里选一项；一个视频里有几种内容的，再按时间段分别填写。",
        en="Choose its role in the sheet 学习资源; where one video holds several, fill in the time ranges too.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: clip(role="实操"), Outcome.PASSED),
        Example(lambda: clip(role=None), Outcome.FAILED),
        Example(
            lambda: clip(role=None, ranges=[{"start": "00:00", "end": "10:00", "role": "演示"}]),
            Outcome.PASSED,
            "时间段写满了",
        ),
        Example(
            lambda: clip(role=None, ranges=[{"start": "02:00", "end": "10:00", "role": "演示"}]),
            Outcome.FAILED,
            "开头两分钟没有标明",
        ),
        Example(
            lambda: clip(role=None, ranges=[{"start": "10:00", "end": "02:00", "role": "演示"}]),
            Outcome.INAPPLICABLE,
            "时间段写反，另外报告",
        ),
    ),
)
def role_missing(resource: Resource, *, least_seconds: int) -> Iterator[Finding | Abstention]:
    """One finding a resource, from `least_seconds` of unclassified time on (people type whole seconds)."""
    if resource.package.kind == "single":
        yield ALONE
        return
    if any(was_written(resource.package, f"resources.{resource.index}.{field}") for field in ("role", "ranges")):
        yield NOT_UNDERSTOOD
        return
    if resource.seconds is None:
        yield FILE_UNUSABLE
        return
    if unsound_ranges(resource):
        yield inapplicable("时间段填写有误，已另外报告。", "Its time ranges are unsound; that is reported by itself.")
        return
    amount = dict(resource.seconds_by_role).get(None, Fraction(0))
    if amount >= least_seconds:
        seconds = Measured("seconds", amount, unit="s")
        yield Finding(at=resource.at("role"), evidence=(seconds,), values={"amount": minutes_words(amount)})
