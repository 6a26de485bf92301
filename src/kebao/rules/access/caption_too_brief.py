"""A caption stands too briefly to be seen."""

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
    id="caption-too-brief",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕一闪而过", en="Caption too brief"),
    rationale=Text(
        zh="停留太短的字幕还没看清就消失了，读得慢的学习者会漏掉这句话。",
        en="A caption that is gone at once is missed, most of all by slow readers.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条停留不到 {limit:.2f} 秒（最短 {seconds:.2f} 秒）：{places}。",
        en="{cues} captions of “{title}” stand less than {limit:.2f} s (down to {seconds:.2f} s): {places}.",
    ),
    mend=Text(
        zh="把结束时间往后拖，或者和前后一条合并。",
        en="Move its end later, or join it with a neighbour.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 1.83, "好")), Outcome.PASSED, "正好 0.83 秒"),
        Example(lambda: captioned((1, 1.829, "好")), Outcome.FAILED),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_too_brief(track: CaptionTrack, *, limit_seconds: str) -> Iterator[Finding | Abstention]:
    """A finding for the captions that stand shorter than the limit; those whose times run backwards are another rule's."""
    if not track.is_usable:
        yield track.unusable
        return
    limit = Fraction(limit_seconds)
    faulty = [cue for cue in track.cues if 0 <= cue.seconds < limit]
    if faulty:
        yield track.finding(faulty, Measured("seconds", min(cue.seconds for cue in faulty), limit=limit, unit="s"))
