"""A cut whose last picture already carries part of the next shot (A4(5))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.odd_pictures import odd_findings
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video


@rule(
    id="unsteady-splice",
    clauses=("A4(5)",),
    severity=Severity.ERROR,
    title=Text(zh="剪辑点不稳", en="Unsteady splice"),
    rationale=Text(
        zh="切换镜头时夹着半幅下一个镜头，画面闪一下。",
        en="Part of the next shot stands in the last picture before the cut, and the picture flashes.",
    ),
    message=Text(
        zh="“{title}”在 {where} 切换镜头时，前一帧里已经有下一个镜头的一部分。",
        en="“{title}”: at the cut at {where} the picture before already holds part of the next shot.",
    ),
    mend=Text(
        zh="在剪辑软件里把前一段的结尾剪短一到两帧再导出；隔行拍摄的素材先做“去隔行”。",
        en="Shorten the first clip by a frame or two and export again; deinterlace material shot in fields first.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(splice_at=70), Outcome.FAILED),
        Example(lambda: filmed_video(cut_away=(50, 90)), Outcome.PASSED, "干净的切换"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def unsteady_splice(video: Video, *, most_findings: int) -> Iterator[Finding | Abstention]:
    """One finding a splice, up to a number."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    odd = [one for one in watching.odd if one.kind == "splice"]
    yield from odd_findings(video, watching, odd, most_findings)
