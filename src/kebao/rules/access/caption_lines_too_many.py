"""A caption stands in too many lines."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-lines-too-many",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕行数太多", en="Caption of too many lines"),
    rationale=Text(
        zh="字幕超过两行会盖住画面里的手和文字，听障学习者顾得上读就顾不上看。",
        en="More than two lines cover hands and words in the picture; who reads them cannot watch.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条多于 {limit} 行（最多 {lines} 行）：{places}。",
        en="{cues} captions of “{title}” have more than {limit} lines (up to {lines}): {places}.",
    ),
    mend=Text(
        zh="把长的一条拆成先后两条，每条最多两行。",
        en="Split a long caption into two, one after the other, of two lines at most.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 4, "先洗手\n再试水温")), Outcome.PASSED, "两行"),
        Example(lambda: captioned((1, 6, "先洗手\n再试水温\n后喂水")), Outcome.FAILED),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_lines_too_many(track: CaptionTrack, *, limit_lines: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions of more lines than the limit."""
    if not track.is_usable:
        yield track.unusable
        return
    most = max(len(cue.lines) for cue in track.cues)
    if most > limit_lines:
        faulty = [cue for cue in track.cues if len(cue.lines) > limit_lines]
        yield track.finding(faulty, Measured("lines", most, limit=limit_lines))
