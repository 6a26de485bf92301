"""A medium ends before the end that its header states (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.course import Timed
from kebao.subjects.sketch import clip
from kebao.subjects.sketched_pass import passed_clip


@rule(
    id="medium-ends-early",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="音视频没有放完就断了", en="Medium ends early"),
    rationale=Text(
        zh="没复制完或没录完的文件，播放到一半就停，后面的内容学习者看不到。",
        en="A file that was not copied or recorded to its end stops on the way, and learners miss the rest.",
    ),
    message=Text(
        zh="“{title}”文件里写明长 {declared:.1f} 秒，只能放到 {reached:.1f} 秒。",
        en="“{title}” states a length of {declared:.1f} s but plays to {reached:.1f} s alone.",
    ),
    mend=Text(
        zh="和原文件比较大小，重新复制；原文件也断的，从剪辑工程重新导出。",
        en="Compare its size with the original and copy it again; if that breaks off too, export it anew from the project.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(ended="short", declared=Fraction(900)), Outcome.FAILED),
        Example(lambda: passed_clip(ended="broken"), Outcome.FAILED, "读到一半出错"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def medium_ends_early(medium: Timed) -> Iterator[Finding | Abstention]:
    """A finding when the pass ended a second or more before the stated end, or reading broke off."""
    found = medium.measurement
    if found is None:
        yield NOT_MEASURED
        return
    passed = found.passed
    if passed.ended == "whole":
        return
    reached = max(part.end for part in (passed.picture, passed.sound) if part is not None)
    declared = max(passed.declared or reached, reached)
    yield Finding(
        at=medium.at(span=Span(reached, declared)),
        evidence=(Measured("reached", reached, unit="s"), Measured("declared", declared, unit="s")),
    )
