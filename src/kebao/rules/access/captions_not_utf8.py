"""A file of captions is not in UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.captions.cue import Captions
from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import captioned

UNREADABLE = Fault("encoding", Text(zh="认不出编码", en="no encoding"))


@rule(
    id="captions-not-utf8",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕文件不是 UTF-8 编码", en="Captions not in UTF-8"),
    rationale=Text(
        zh="网页播放器只认 UTF-8；别的编码在学习者屏幕上是乱码。",
        en="Players on the web read UTF-8 alone; another encoding shows as gibberish.",
    ),
    message=Text(
        zh="“{title}”的字幕文件是 {encoding} 编码，播放时会出现乱码；本次检查已按该编码读取。",
        en="The captions of “{title}” are in {encoding} and would show as gibberish; for this check they were read as such.",
    ),
    mend=Text(
        zh="用记事本打开，“另存为”时把编码选成 UTF-8；或在字幕软件导出时选 UTF-8。",
        en="Open it in an editor and save it as UTF-8, or choose UTF-8 when exporting.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 3, "先洗手"), encoding="gb18030"), Outcome.FAILED),
        Example(lambda: captioned((1, 3, "先洗手"), fault=UNREADABLE), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def captions_not_utf8(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for a file that was read in another encoding."""
    if not isinstance(track.read, Captions):
        yield track.unusable
    elif track.read.encoding not in ("", "ascii", "utf-8", "utf-8-sig"):
        yield Finding(at=track.at(), evidence=(Quoted("encoding", track.read.encoding.upper()),))
