"""Captions do not run forward in time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="captions-out-of-order",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕时间前后颠倒", en="Captions out of order"),
    rationale=Text(
        zh="有的播放器遇到倒着走的时间就不再显示后面的字幕。",
        en="Some players show no further caption once the times run backwards.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条的时间比前一条早，或者结束早于开始：{places}。",
        en="{cues} captions of “{title}” begin before the one above, or end before they begin: {places}.",
    ),
    mend=Text(
        zh="在字幕软件里按时间重新排序再导出；结束早于开始的改正时间。",
        en="Sort them by time in the caption editor and export again; correct those that end before they begin.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((4, 6, "再试水温"), (1, 3, "先洗手")), Outcome.FAILED, "次序颠倒"),
        Example(lambda: captioned((4, 3, "先洗手")), Outcome.FAILED, "结束早于开始"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def captions_out_of_order(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for the captions that start before the one above them in the file, or end before they start."""
    if not track.is_usable:
        yield track.unusable
        return
    faulty = [cue for cue in track.cues[:1] if cue.seconds < 0]
    faulty += [below for above, below in pairwise(track.cues) if below.start < above.start or below.seconds < 0]
    if faulty:
        yield track.finding(faulty)
