"""A caption is too fast to be read."""

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
    id="caption-too-fast",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕太快，读不完", en="Caption too fast to read"),
    rationale=Text(
        zh="字幕比人读得快，听障学习者要么漏读，要么看不到演示的动作。",
        en="Captions faster than reading make deaf learners miss words, or the demonstration.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条太快，每秒多于 {limit:.0f} 个字（最快每秒 {speed:.1f} 个字）：{places}。",
        en="{cues} captions of “{title}” run at more than {limit:.0f} characters a second (up to {speed:.1f}): {places}.",
    ),
    mend=Text(
        zh="拉长停留时间，去掉“嗯”“那么”等口头语，或者拆成两条；讲得太快的，重录时放慢。",
        en="Let it stand longer, leave out fillers, or split it in two; speak more slowly if you record again.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 2, "先洗手再试水温再喂水吧")), Outcome.PASSED, "每秒十一个字"),
        Example(lambda: captioned((1, 2, "先洗手，再试水温，再喂水。")), Outcome.FAILED, "每秒十三个字"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_too_fast(track: CaptionTrack, *, limit_speed: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions faster than the limit."""
    if not track.is_usable:
        yield track.unusable
        return
    read = [(cue, cue.width / cue.seconds) for cue in track.cues if cue.lines and cue.seconds > 0]
    faulty = [(cue, speed) for cue, speed in read if speed > limit_speed]
    if faulty:
        fastest: Fraction = max(speed for _, speed in faulty)
        yield track.finding([cue for cue, _ in faulty], Measured("speed", fastest, limit=limit_speed, unit="1/s"))
