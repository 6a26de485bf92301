"""A stretch of black in the middle of a film (A4(5))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video


@rule(
    id="black-picture",
    clauses=("A4(5)",),
    severity=Severity.WARNING,
    title=Text(zh="中途黑屏", en="Black picture"),
    rationale=Text(
        zh="中途长时间黑屏，学习者以为视频坏了。",
        en="Where the picture stays black in the middle, learners take the video for broken.",
    ),
    message=Text(
        zh="“{title}”在 {where} 黑屏 {seconds:.1f} 秒。",
        en="“{title}” is black for {seconds:.1f} s at {where}.",
    ),
    mend=Text(
        zh="在剪辑软件里检查这一段有没有漏放素材；片头片尾的渐黑请控制在几秒以内。",
        en="See in the editing program whether a clip is missing there; keep fades at the ends to a few seconds.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(black=(50, 110)), Outcome.FAILED),
        Example(lambda: filmed_video(black=(50, 70)), Outcome.PASSED, "不到 2 秒"),
        Example(lambda: filmed_video(black=(0, 60)), Outcome.PASSED, "片头"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def black_picture(video: Video, *, limit_seconds: float) -> Iterator[Finding | Abstention]:
    """One finding a stretch, neither at the very beginning nor at the very end."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    for start, end in watching.blacks(limit_seconds):
        span = watching.span(start, end)
        curve = watching.curve("light", watching.changes.mean, unit="code", marks=(span,), around=span)
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("seconds", span.seconds, limit=limit_seconds, unit="s"), curve),
            values={"where": str(span)},
        )
