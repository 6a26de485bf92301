"""The picture flashes more than three times in a second (WCAG 2.2, 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video


@rule(
    id="flashing-picture",
    clauses=("2.3.1",),
    severity=Severity.ERROR,
    title=Text(zh="画面闪烁", en="Flashing picture"),
    rationale=Text(
        zh="每秒闪烁超过三次的大面积画面可能诱发光敏性癫痫，这是会伤人的缺陷。",
        en="Large flashes more than three times a second can cause seizures: this fault can hurt people.",
    ),
    message=Text(
        zh="“{title}”在 {where} 每秒闪烁约 {flashes} 次（不超过 {limit} 次）。",
        en="“{title}” flashes about {flashes} times in a second at {where} (at most {limit}).",
    ),
    mend=Text(
        zh="删掉频闪特效和快速闪白转场；拍屏幕、灯光产生的频闪，换一个快门速度重拍。",
        en="Remove strobe effects and quick white transitions; where a screen or lamp flickers, shoot again at another shutter speed.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(flash_hz=5), Outcome.FAILED),
        Example(lambda: filmed_video(flash_hz=2), Outcome.PASSED, "一秒两次"),
        Example(lambda: filmed_video(cut_away=(50, 90)), Outcome.PASSED, "换镜头"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def flashing_picture(video: Video, *, limit_flashes: int) -> Iterator[Finding | Abstention]:
    """One finding a stretch of general or red flashes."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    for start, end, flashes in sorted((*watching.flashes, *watching.red_flashes)):
        if flashes <= limit_flashes:
            continue
        span = Span(Fraction(start).limit_denominator(1000), Fraction(end).limit_denominator(1000))
        curve = watching.curve("light", watching.changes.mean, unit="code", marks=(span,), around=span)
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("flashes", flashes, limit=limit_flashes, unit="1/s"), curve),
            values={"where": str(span)},
        )
