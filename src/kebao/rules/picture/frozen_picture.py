"""The picture stands still in the middle of a moving shot (A4(5))."""

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
    id="frozen-picture",
    clauses=("A4(5)",),
    severity=Severity.ERROR,
    title=Text(zh="画面定格", en="Frozen picture"),
    rationale=Text(
        zh="画面卡住而声音继续，这一段的操作就看不到了。",
        en="The picture stands while the sound goes on: what is done there cannot be seen.",
    ),
    message=Text(
        zh="“{title}”在 {where} 画面停住了 {seconds:.1f} 秒，前后都在动。",
        en="“{title}”: the picture stands for {seconds:.1f} s at {where}, amid motion.",
    ),
    mend=Text(
        zh="回到原始素材看这一段：素材好的，重新剪辑导出；素材也卡的，重录这一段。",
        en="Look at the original: where it moves, edit and export again; where it stands too, record this part again.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(frozen=(50, 110)), Outcome.FAILED),
        Example(lambda: filmed_video(frozen=(50, 70)), Outcome.PASSED, "不到 2 秒"),
        Example(lambda: filmed_video(still=True), Outcome.PASSED, "幻灯片"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def frozen_picture(video: Video, *, limit_seconds: float) -> Iterator[Finding | Abstention]:
    """One finding a stretch without any change, with motion on both sides within the same shot."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    for start, end in watching.freezes(limit_seconds):
        span = watching.span(start, end)
        curve = watching.curve("change", watching.changes.whole, unit="code", marks=(span,), around=span)
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("seconds", span.seconds, limit=limit_seconds, unit="s"), curve),
            values={"where": str(span)},
        )
