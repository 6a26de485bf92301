"""A caption lies behind the end of its medium."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-outside-medium",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕超出视频", en="Caption outside the video"),
    rationale=Text(
        zh="字幕比视频长，多半是配错了文件，或者剪短视频后没有重做字幕，前面的时间也就靠不住。",
        en="Captions longer than the video belong to another cut or another file; then their other times are wrong as well.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条在结尾（{limit:.0f} 秒）之后：{places}。",
        en="{cues} captions of “{title}” lie behind its end ({limit:.0f} s): {places}.",
    ),
    mend=Text(
        zh="看字幕是不是这个视频的；剪短过的，按现在的视频重做字幕。",
        en="See whether the captions belong to this video; after a new cut make them anew.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((597, 600, "再见")), Outcome.PASSED, "到结尾为止"),
        Example(lambda: captioned((597, 601, "再见")), Outcome.PASSED, "差一秒以内不计"),
        Example(lambda: captioned((597, 601.1, "再见")), Outcome.FAILED),
        Example(lambda: captioned((700, 702, "再见")), Outcome.FAILED),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_outside_medium(track: CaptionTrack, *, slack_seconds: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions that end later than the medium, by more than the slack."""
    if not track.is_usable:
        yield track.unusable
        return
    seconds = track.medium.seconds
    if seconds is None:
        yield FILE_UNUSABLE
        return
    faulty = [cue for cue in track.cues if max(cue.start, cue.end) > seconds + slack_seconds]
    if faulty:
        latest: Fraction = max(cue.end for cue in faulty)
        yield track.finding(faulty, Measured("end", latest, limit=seconds, unit="s"))
