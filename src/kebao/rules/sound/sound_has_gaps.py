"""The sound's own clock has holes (A4(1))."""

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
    id="sound-has-gaps",
    clauses=("A4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="声音断开", en="Gap in the sound"),
    rationale=Text(
        zh="录制时卡顿会丢声音：这一段是空的，有的播放器不留空，后面的声音就越来越早于画面。",
        en="A stalling recorder loses sound: the place is empty, or, in players that leave no gap, all later sound comes before its picture.",
    ),
    message=Text(
        zh="“{title}”的声音有 {holes} 处断开，共 {lost:.2f} 秒。",
        en="The sound of “{title}” has {holes} gaps, {lost:.2f} s in all.",
    ),
    mend=Text(
        zh="用剪辑软件打开，在断开处补上或剪掉，再导出；录屏软件关掉其他程序后重录。",
        en="Open it in an editing program, fill or cut the gaps and export again; or record again with other programs closed.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(sound={"gaps": ((Fraction(60), Fraction(3, 10)),)}), Outcome.FAILED),
        Example(
            lambda: passed_clip(sound={"gaps": ((Fraction(60), Fraction(1, 20)),)}), Outcome.PASSED, "不到十分之一秒"
        ),
        Example(
            lambda: passed_clip(sound={"gaps": ((Fraction(60), Fraction(3, 10)),), "errors": 9}),
            Outcome.PASSED,
            "损坏造成的另外报告",
        ),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def sound_has_gaps(medium: Timed, *, limit_seconds: str, limit_errors: int) -> Iterator[Finding | Abstention]:
    """A finding for the holes longer than the limit; those that damage made are another rule's."""
    found = medium.measurement
    if found is None:
        yield NOT_MEASURED
        return
    sound = found.passed.sound
    if sound is None or sound.errors > limit_errors:
        return
    holes = [Span(at, at + length) for at, length in sound.gaps if length >= Fraction(limit_seconds)]
    if holes:
        lost = sum((hole.seconds for hole in holes), Fraction(0))
        yield Finding(
            at=medium.at(span=holes[0]), evidence=(Measured("holes", len(holes)), Measured("lost", lost, unit="s"))
        )
