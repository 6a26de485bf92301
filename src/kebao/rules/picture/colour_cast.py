"""The whole film leans towards a colour: a request to look (A4(6))."""

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

RED = Text(zh="红", en="red")
CYAN = Text(zh="青", en="cyan")
BLUE = Text(zh="蓝", en="blue")
YELLOW = Text(zh="黄", en="yellow")


@rule(
    id="colour-cast",
    clauses=("A4(6)",),
    severity=Severity.WARNING,
    title=Text(zh="可能整体偏色", en="Possible colour cast"),
    rationale=Text(
        zh="整段偏黄、偏蓝，药品、食材、线缆的颜色就认不准。",
        en="Under a cast the colours of medicine, food or wires cannot be told.",
    ),
    message=Text(
        zh="“{title}”各镜头里本应灰白的部分都偏{what}（约 {percent:.0f}%），请看一看是环境本身的颜色还是白平衡没有设好。",
        en="“{title}”: what should be grey leans towards {what} in its shots (about {percent:.0f}%). Look whether that is the place’s own colour or the white balance.",
    ),
    mend=Text(
        zh="对着白纸手动设白平衡后重拍，或在剪辑软件里校正“色温/色调”。",
        en="Set the white balance on a white sheet and shoot again, or correct temperature and tint in the editing program.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(cast=0.2), Outcome.CANT_TELL),
        Example(lambda: filmed_video(cast=0.02), Outcome.PASSED, "看不出来"),
        Example(lambda: filmed_video(still=True), Outcome.PASSED),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="偏色与本来就有颜色的墙壁、灯光、全屏幻灯片，机器分不清，所以只请人看，从不判不符合。条件：能看出中性灰的镜头占八成以上的时长，且都朝同一方向偏出限值。",
        en="A cast cannot be told by machine from coloured walls, light or full-screen slides, so a person is asked to look and nothing fails. Criterion: in shots that make up four fifths of the film the neutral point leans the same way by at least the limit.",
    ),
)
def colour_cast(video: Video, *, limit_gain: float) -> Iterator[Finding | Abstention]:
    """At most one finding a video: the neutral point of nearly every shot leans the same way, by at least the limit."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    found = watching.cast
    if found is None or max(abs(found[0]), abs(found[1])) < limit_gain:
        return
    red, blue = found
    what = (RED if red > 0 else CYAN) if abs(red) >= abs(blue) else (BLUE if blue > 0 else YELLOW)
    size = max(abs(red), abs(blue))
    yield Finding(
        at=video.at(),
        evidence=(Measured("gain", round(size, 4), limit=limit_gain), watching.curve("tint", watching.tint)),
        values={"what": what, "percent": 100 * size},
        outcome=Outcome.CANT_TELL,
    )
