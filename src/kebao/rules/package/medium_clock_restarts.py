"""A medium's own clock starts anew on the way (A2(2))."""

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
    id="medium-clock-restarts",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="音视频的时间中途重来", en="Clock of a medium restarts"),
    rationale=Text(
        zh="几段录像直接首尾相接成一个文件，时间会从头再来：进度条乱跳，有的播放器放到接缝就停，显示的时长也不对。",
        en="Recordings glued end to end start their clock again: the progress bar jumps, some players stop at the seam, and the length shown is wrong.",
    ),
    message=Text(
        zh="“{title}”的时间有 {times} 处重来，播放器显示的时长和进度不可靠。",
        en="The clock of “{title}” restarts {times} times; the length and progress that players show are not to be trusted.",
    ),
    mend=Text(
        zh="把各段放进剪辑软件里拼接，再导出成一个 MP4；不要直接合并 .ts 文件。",
        en="Join the parts in an editing program and export one MP4; do not simply append .ts files.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(jumps=(Fraction(300),)), Outcome.FAILED),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def medium_clock_restarts(medium: Timed) -> Iterator[Finding | Abstention]:
    """A finding when the file's times jump, at the first place."""
    found = medium.measurement
    if found is None:
        yield NOT_MEASURED
        return
    if jumps := found.passed.jumps:
        at = Span(jumps[0], jumps[0] + Fraction(1))
        yield Finding(at=medium.at(span=at), evidence=(Measured("times", len(jumps)),))
