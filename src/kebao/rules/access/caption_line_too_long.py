"""A line of a caption holds too many characters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.captions.cue import width
from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-line-too-long",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕一行太长", en="Line of a caption too long"),
    rationale=Text(
        zh="一行字太多，手机上字号变小或被截断，眼睛也来不及从头扫到尾。",
        en="Long lines shrink or are cut off on a phone, and the eye cannot sweep them in time.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条一行多于 {limit:.0f} 个字（最长 {characters:g} 个字）：{places}。",
        en="{cues} captions of “{title}” have a line of more than {limit:.0f} full-width characters (up to {characters:g}): {places}.",
    ),
    mend=Text(
        zh="在词语之间断开，分成两行或两条；字母和数字每两个算一个字。",
        en="Break it between words into two lines or two captions; two letters or digits count as one character.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 5, "少量多次先试后喂不要催促老人慢慢")), Outcome.PASSED, "十六个字"),
        Example(lambda: captioned((1, 5, "Wash your hands before you")), Outcome.PASSED, "字母算半个字"),
        Example(lambda: captioned((1, 5, "少量多次先试后喂不要催促老人慢慢来")), Outcome.FAILED, "十七个字"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_line_too_long(track: CaptionTrack, *, limit_characters: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions with a line wider than the limit, in full-width characters."""
    if not track.is_usable:
        yield track.unusable
        return
    faulty = [cue for cue in track.cues if any(width(line) > limit_characters for line in cue.lines)]
    if faulty:
        widest: Fraction = max(width(line) for cue in faulty for line in cue.lines)
        yield track.finding(faulty, Measured("characters", widest, limit=limit_characters))
