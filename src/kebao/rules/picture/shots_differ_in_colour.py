"""The film comes back to a scene in another tint (A4(6))."""

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


@rule(
    id="shots-differ-in-colour",
    clauses=("A4(6)",),
    severity=Severity.ERROR,
    title=Text(zh="镜头间色差", en="Shots differ in colour"),
    rationale=Text(
        zh="同一场景来回切换，一会儿偏黄一会儿偏蓝，多半是两台机器白平衡没有设成一样。",
        en="A scene that is now yellower, now bluer was mostly shot by two cameras whose white balance was not set alike.",
    ),
    message=Text(
        zh="“{title}”在 {where} 切回同一场景时颜色变了，与前一次相差约 {percent:.0f}%。",
        en="“{title}”: where the film comes back to a scene at {where}, its colours differ by about {percent:.0f}%.",
    ),
    mend=Text(
        zh="多机拍摄前对着同一张白纸手动设白平衡；已经拍好的，在剪辑软件里用“色温/色调”把两段调成一样。",
        en="Set the white balance of all cameras by hand on the same white sheet; what is shot already is matched by temperature and tint in the editing program.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(cut_away=(50, 90), back_warmer=0.1), Outcome.FAILED),
        Example(lambda: filmed_video(cut_away=(50, 90)), Outcome.PASSED, "颜色一致"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def shots_differ_in_colour(video: Video, *, limit_gain: float, most_findings: int) -> Iterator[Finding | Abstention]:
    """One finding a return to a scene whose colours differ by at least the limit, up to a number."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    found = [back for back in watching.returns if back.colour >= limit_gain]
    for back in found[:most_findings]:
        before, span = watching.shots[back.first], watching.shots[back.second]
        curve = watching.curve("tint", watching.tint, marks=(before, span))
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("gain", round(back.colour, 4), limit=limit_gain), curve),
            values={"where": precise(span.start), "percent": 100 * back.colour},
        )
