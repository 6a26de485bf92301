"""One caption begins before another ends."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="captions-overlap",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕重叠", en="Captions overlap"),
    rationale=Text(
        zh="两条同时出现会挤成几行，盖住画面，先后也分不清。",
        en="Two at once pile up, cover the picture, and lose their order.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条在前一条结束之前就开始：{places}。",
        en="{cues} captions of “{title}” begin before the one before ends: {places}.",
    ),
    mend=Text(
        zh="把前一条的结束时间改到后一条开始之前；两个人同时说话的，写进同一条，每人一行。",
        en="End the one before earlier; two people who speak at once go into one caption, a line each.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 3, "先洗手"), (3, 5, "再试水温")), Outcome.PASSED, "紧挨着不算重叠"),
        Example(lambda: captioned((1, 3, "先洗手"), (2.9, 5, "再试水温")), Outcome.FAILED),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def captions_overlap(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for the captions that begin before the one before ends."""
    if not track.is_usable:
        yield track.unusable
        return
    faulty = [after for before, after in track.in_time if after.start < before.end]
    if faulty:
        yield track.finding(faulty)
