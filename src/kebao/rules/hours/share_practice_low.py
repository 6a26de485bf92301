"""Hands-on practice takes less than its share of all hours (A3(2).3)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.timing import judge_least_share


@rule(
    id="share-practice-low",
    clauses=("A3(2).3",),
    severity=Severity.WARNING,
    title=Text(zh="实操课时偏少", en="Too little practice"),
    rationale=Text(
        zh="实操是职业培训的主体；动手时间不到一半，学完也难以上岗。",
        en="Practice is the main part of vocational training; with less than half of the time for it learners are not ready for work.",
    ),
    message=Text(
        zh="实操内容占总课时 {percent}，原则上不低于 {limit_percent}，按现在的总时长还差 {amount}。",
        en="Practice takes {percent} of all hours, in principle no less than {limit_percent}; {amount} are lacking at this length.",
    ),
    mend=Text(
        zh="增加带任务单的实操内容或仿真练习，并在“学习资源”工作表把用途选为“实操”。",
        en="Add practice with a task sheet, or simulations, and choose 实操 as their role in the sheet 学习资源.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(files={"视频/协助坐位饮水.mp4": SketchedFile(seconds=900)}),
            Outcome.FAILED,
            "15 分钟不到一半",
        ),
        Example(lambda: course(files={"视频/试水温.mp4": None}), Outcome.UNTESTED, "有视频不在，时长不明"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def share_practice_low(package: Package, *, limit_share: str) -> Iterator[Finding | Abstention]:
    """A finding when the share is less than the limit; exact fractions of all hours."""
    yield from judge_least_share(package, "实操", least=Fraction(limit_share))
