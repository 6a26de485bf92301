"""One of several sets of captions does not say its language."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned, subtitled


@rule(
    id="captions-language-missing",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="多条字幕没有标明语言", en="Captions without a language"),
    rationale=Text(
        zh="有几条字幕时，学习者和读屏软件靠语言名来选；没有标明就只能一条条试。",
        en="With several sets, learners and screen readers choose by language; without one they must try each.",
    ),
    message=Text(
        zh="“{title}”有 {tracks} 条字幕，这一条没有标明语言。",
        en="“{title}” has {tracks} sets of captions, and this one does not say its language.",
    ),
    mend=Text(
        zh="字幕文件按“视频名.zh.vtt”“视频名.en.vtt”命名；放在视频里面的，导出时给每条选上语言。",
        en="Name the files 视频名.zh.vtt and 视频名.en.vtt; inside the video, choose a language for each when exporting.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手")), Outcome.INAPPLICABLE, "只有一条"),
        Example(lambda: subtitled("eng"), Outcome.PASSED),
        Example(lambda: subtitled("eng", ""), Outcome.FAILED),
    ),
)
def captions_language_missing(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for a set without language where the medium has several; the one file named like its medium is its main set."""
    others = track.medium.captions
    if len(others) < 2:
        yield inapplicable("只有一条字幕。", "There is one set of captions alone.")
    elif not track.language and (track.number or track is not others[0]):
        yield Finding(at=track.at(), evidence=(Measured("tracks", len(others)),))
