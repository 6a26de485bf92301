"""Exposure or colour changes suddenly inside a shot (A4(5))."""

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
from kebao.subjects.spoken_time import precise

BRIGHTER = Text(zh="变亮", en="becomes brighter")
DARKER = Text(zh="变暗", en="becomes darker")
COLOUR = Text(zh="变色", en="changes its tint")


@rule(
    id="light-jump",
    clauses=("A4(5)",),
    severity=Severity.ERROR,
    title=Text(zh="明暗或色彩突变", en="Sudden change of light or colour"),
    rationale=Text(
        zh="同一个镜头里突然变亮、变暗或变色，多半是拍摄时开着自动曝光、自动白平衡，或剪辑时只调了一半。",
        en="A shot that suddenly becomes brighter, darker or of another tint was mostly shot with automatic exposure or white balance, or corrected only in part.",
    ),
    message=Text(
        zh="“{title}”在 {where} 同一镜头里画面突然{what}，变化约 {percent:.0f}%。",
        en="“{title}”: within one shot the picture suddenly {what} at {where}, by about {percent:.0f}%.",
    ),
    mend=Text(
        zh="拍摄时锁定曝光和白平衡（手机上长按画面）；已经拍好的，在这个时间切开，把两段的亮度、色温调成一样再导出。",
        en="Lock exposure and white balance when shooting (press long on the phone’s picture); what is shot already is cut at this time and both parts brought to the same brightness and tint.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(gain_from=(70, 0.05, 0.0)), Outcome.FAILED, "亮了 5%"),
        Example(lambda: filmed_video(gain_from=(70, 0.0, 0.05)), Outcome.FAILED, "偏了 5%"),
        Example(lambda: filmed_video(gain_from=(70, 0.01, 0.0)), Outcome.PASSED, "1%，看不出来"),
        Example(lambda: filmed_video(cut_away=(50, 90)), Outcome.PASSED, "换镜头不算"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def light_jump(video: Video, *, limit_gain: float, most_findings: int) -> Iterator[Finding | Abstention]:
    """One finding a jump whose gain of exposure or of colour is at least the limit, up to a number."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    found = [jump for jump in watching.jumps if max(abs(jump[1]), jump[2]) >= limit_gain]
    for index, exposure, colour in found[:most_findings]:
        span = watching.span(index, index + 1)
        size = max(abs(exposure), colour)
        what = COLOUR if colour > abs(exposure) else BRIGHTER if exposure > 0 else DARKER
        curve = watching.curve("light", watching.changes.mean, unit="code", marks=(span,), around=span)
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("gain", round(size, 4), limit=limit_gain), curve),
            values={"where": precise(span.start), "what": what, "percent": 100 * size},
        )
