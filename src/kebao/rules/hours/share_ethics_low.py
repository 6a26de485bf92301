"""Professional ethics, safety and law take less than their share of all hours (A3(2).1)."""

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
    id="share-ethics-low",
    clauses=("A3(2).1",),
    severity=Severity.WARNING,
    title=Text(zh="职业素养类课时偏少", en="Too little professional ethics"),
    rationale=Text(
        zh="职业道德、安全、法律和就业指导关系到学习者上岗后的安全和权益，占比太小容易被略过。",
        en="Ethics, safety, law and employment guidance keep learners safe at work; with too small a share they are skipped.",
    ),
    message=Text(
        zh="职业素养类内容占总课时 {percent}，原则上不低于 {limit_percent}，按现在的总时长还差 {amount}。",
        en="Ethics, safety, law and the like take {percent} of all hours, in principle no less than {limit_percent}; {amount} are lacking at this length.",
    ),
    mend=Text(
        zh="补充职业道德、安全、法律法规或就业指导的内容；已有而标成别的用途的，在“学习资源”工作表改选“素养”。",
        en="Add content on ethics, safety, law or employment; where it is there under another role, choose 素养 in the sheet 学习资源.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(files={"视频/尊重老人.mp4": SketchedFile(seconds=240)}), Outcome.FAILED, "240 秒不到十分之一"
        ),
        Example(lambda: course(files={"视频/试水温.mp4": None}), Outcome.UNTESTED, "有视频不在，时长不明"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def share_ethics_low(package: Package, *, limit_share: str) -> Iterator[Finding | Abstention]:
    """A finding when the share is less than the limit; exact fractions of all hours."""
    yield from judge_least_share(package, "素养", least=Fraction(limit_share))
