"""Captions of a file that no player shows."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.captions.cue import Captions
from kebao.model.finding import Abstention, Finding, Listed, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import SHOWN, CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-lost",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="有字幕显示不出来", en="Captions that no player shows"),
    rationale=Text(
        zh="时间写错格式的字幕，播放器会悄悄跳过，听障学习者不知道少了一句。",
        en="A player silently skips a caption whose times are malformed; a deaf learner does not know that a sentence is missing.",
    ),
    message=Text(
        zh="“{title}”的字幕文件有 {cues} 处不合格式，播放时不会显示：第 {rows} 行。",
        en="“{title}”: {cues} places in the captions file are malformed and will not be shown: row {rows}.",
    ),
    mend=Text(
        zh="时间写成 00:01:02,500 --> 00:01:04,000（.vtt 用小数点），毫秒三位；一条字幕的文字中间不要空行。",
        en="Write times as 00:01:02,500 --> 00:01:04,000 (with a dot in .vtt), three digits behind; no blank line inside a caption.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(
            lambda: captioned(text="WEBVTT\n\n00:01.000 --> 00:03.000\n先洗手\n\n00:04,000 --> 00:06,000\n再试水温\n"),
            Outcome.FAILED,
            ".vtt 里写了逗号",
        ),
        Example(
            lambda: captioned(text="WEBVTT\n\n00:01.000 --> 00:03.000\n先洗手\n\n再试水温\n"),
            Outcome.FAILED,
            "空行后面的字",
        ),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_lost(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for the rows whose times or words belong to no cue."""
    if not (isinstance(track.read, Captions) and track.is_usable):
        yield track.unusable
    elif lost := track.read.lost:
        rows = tuple(str(row) for row in lost[:SHOWN])
        yield Finding(at=track.at(row=lost[0]), evidence=(Measured("cues", len(lost)), Listed("rows", rows)))
