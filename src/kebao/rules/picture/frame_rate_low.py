"""A video has too few frames a second (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Resource, Video
from kebao.subjects.sketch import SketchedFile, clip, course


def _at(fps: Fraction) -> Resource:
    return course(files={"视频/尊重老人.mp4": SketchedFile(seconds=300, fps=fps)}).resources[0]


@rule(
    id="frame-rate-low",
    clauses=("M-frame-rate",),
    severity=Severity.ADVICE,
    title=Text(zh="视频帧率偏低", en="Low frame rate"),
    rationale=Text(
        zh="手部动作和手语在低帧率下一顿一顿，看不清怎么做。",
        en="At a low frame rate hands and signs move in jerks and cannot be followed.",
    ),
    message=Text(
        zh="“{title}”每秒 {fps:.2f} 帧，一般不低于 {limit:.0f} 帧。",
        en="“{title}” has {fps:.2f} frames a second; there should be at least {limit:.0f}.",
    ),
    mend=Text(
        zh="录制和导出时把帧率设为 25 或 30；录屏软件在“设置—视频”里改。",
        en="Set the frame rate to 25 or 30 when recording and exporting; screen recorders have it under video settings.",
    ),
    looks_at=Video,
    examples=(
        Example(lambda: _at(Fraction(25)), Outcome.PASSED),
        Example(lambda: _at(Fraction(30000, 1001)), Outcome.PASSED),
        Example(lambda: _at(Fraction(15)), Outcome.FAILED),
        Example(lambda: _at(Fraction(24)), Outcome.FAILED),
        Example(lambda: clip(path="视频/洗手.mp3"), Outcome.INAPPLICABLE, "没有画面"),
    ),
)
def frame_rate_low(video: Video, *, limit_fps: int, tolerance_share: str) -> Iterator[Finding | Abstention]:
    """A finding below the limit less a tolerance: the rate of a varying recording is its average."""
    media = video.media
    if not isinstance(media, MediaFacts):
        yield FILE_UNUSABLE
    elif media.video is None:
        yield inapplicable("没有画面。", "There is no picture.")
    elif media.video.fps is None:
        yield untested("文件没有写明帧率。", "The file does not state its frame rate.")
    elif media.video.fps < limit_fps * (1 - Fraction(tolerance_share)):
        yield Finding(at=video.at(), evidence=(Measured("fps", media.video.fps, limit=limit_fps, unit="1/s"),))
