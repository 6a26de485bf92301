"""A caption stands longer than anyone reads it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-stays-too-long",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕停留太久", en="Caption stays too long"),
    rationale=Text(
        zh="停太久的字幕会让人重读一遍，也说明它和讲话没有对上。",
        en="A caption that stays is read twice, and is a sign that it does not follow the speech.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条停留超过 {limit:.0f} 秒（最长 {seconds:.1f} 秒）：{places}。",
        en="{cues} captions of “{title}” stand more than {limit:.0f} s (up to {seconds:.1f} s): {places}.",
    ),
    mend=Text(
        zh="话说完就收；一条里有好几句的，按停顿拆开。",
        en="End it with the speech; split a caption of several sentences at their pauses.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 8, "先洗手，再试水温")), Outcome.PASSED, "正好七秒"),
        Example(lambda: captioned((1, 8.001, "先洗手，再试水温")), Outcome.FAILED),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_stays_too_long(track: CaptionTrack, *, limit_seconds: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions that stand longer than the limit."""
    if not track.is_usable:
        yield track.unusable
        return
    faulty = [cue for cue in track.cues if cue.seconds > limit_seconds]
    if faulty:
        longest: Fraction = max(cue.seconds for cue in faulty)
        yield track.finding(faulty, Measured("seconds", longest, limit=limit_seconds, unit="s"))
