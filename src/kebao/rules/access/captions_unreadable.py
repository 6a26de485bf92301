"""A file of captions holds no captions that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.captions.cue import Captions
from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CAPTIONS_ARE_PICTURES, CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="captions-unreadable",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕文件读不出字幕", en="No captions in the captions file"),
    rationale=Text(
        zh="读不出来的字幕文件，播放器里就没有字幕，等于没做。",
        en="A captions file that cannot be read shows nothing in the player: it is as good as none.",
    ),
    message=Text(
        zh="“{title}”的字幕文件里没有读出一条字幕（应为 .srt 或 .vtt 格式）。",
        en="Not one caption could be read from the captions of “{title}” (they should be .srt or .vtt).",
    ),
    mend=Text(
        zh="在剪映等软件里重新导出 .srt 字幕；不要把 Word 或文本文档改扩展名当字幕。",
        en="Export .srt captions anew from your editing program; a text document with another suffix is no captions file.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned(text="1\n00:00:01,000 --> 00:00:03,000\n先洗手\n"), Outcome.PASSED, "SubRip"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.FAILED, "一条也没有"),
        Example(lambda: captioned(text="先洗手，再试水温。"), Outcome.FAILED, "不是字幕"),
    ),
)
def captions_unreadable(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding when not one cue was read; a file that cannot be decoded at all counts as such."""
    if isinstance(track.read, Captions) and not track.read.is_text:
        yield CAPTIONS_ARE_PICTURES
    elif not track.is_usable:
        yield Finding(at=track.at())
