"""A caption is somewhat faster than it is comfortably read."""

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
    id="caption-fast",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕略快", en="Caption somewhat fast"),
    rationale=Text(
        zh="字幕比人读得快，听障学习者要么漏读，要么看不到演示的动作。",
        en="Captions faster than reading make deaf learners miss words, or the demonstration.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条略快，每秒多于 {limit:.0f} 个字（最快每秒 {speed:.1f} 个字）：{places}。",
        en="{cues} captions of “{title}” run at more than {limit:.0f} characters a second (up to {speed:.1f}): {places}.",
    ),
    mend=Text(
        zh="在下一条开始前多停一会儿，或者把话写得短一些。",
        en="Let it stand until shortly before the next, or word it more briefly.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 2, "先洗手再试水温再喂")), Outcome.PASSED, "每秒九个字"),
        Example(lambda: captioned((1, 2, "先洗手再试水温再喂水")), Outcome.FAILED, "每秒十个字"),
        Example(lambda: captioned((1, 2, "先洗手，再试水温，再喂水。")), Outcome.PASSED, "每秒超过十一个字的另外报告"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_fast(track: CaptionTrack, *, limit_speed: int, most_speed: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions faster than the limit, up to the speed at which `caption-too-fast` begins."""
    if not track.is_usable:
        yield track.unusable
        return
    read = [(cue, cue.width / cue.seconds) for cue in track.cues if cue.lines and cue.seconds > 0]
    faulty = [(cue, speed) for cue, speed in read if limit_speed < speed <= most_speed]
    if faulty:
        fastest: Fraction = max(speed for _, speed in faulty)
        yield track.finding([cue for cue, _ in faulty], Measured("speed", fastest, limit=limit_speed, unit="1/s"))
