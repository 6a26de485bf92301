"""A single picture of something else, black or white, in the middle of a shot (A4(5))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.shots import OddKind
from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.odd_pictures import odd_findings
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video

KINDS: dict[OddKind, Text] = {
    "foreign": Text(zh="不相干的画面", en="stray frame"),
    "black": Text(zh="黑屏", en="black frame"),
    "white": Text(zh="白屏", en="white frame"),
}


@rule(
    id="foreign-frame",
    clauses=("A4(5)",),
    severity=Severity.ERROR,
    title=Text(zh="夹帧", en="Stray frame"),
    rationale=Text(
        zh="一闪而过的错误画面让人分神，对光敏感的学习者会不适；多半是剪辑时两段之间没有对齐。",
        en="A picture that flashes by distracts, and disturbs learners sensitive to light; it mostly comes from clips that were not aligned in editing.",
    ),
    message=Text(
        zh="“{title}”在 {where} 有一帧{what}，一闪而过。",
        en="“{title}” has one {what} at {where}.",
    ),
    mend=Text(
        zh="在剪辑软件里把时间线放到最大，找到这个时间，删掉这一帧，或把前后两段对齐后重新导出。",
        en="In the editing program zoom in on the time line at this time, delete the frame or align the clips on both sides, and export again.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(foreign_at=70), Outcome.FAILED),
        Example(lambda: filmed_video(black_at=70), Outcome.FAILED, "黑帧"),
        Example(lambda: filmed_video(cut_away=(50, 90)), Outcome.PASSED, "正常切换镜头"),
        Example(lambda: filmed_video(still=True), Outcome.PASSED, "幻灯片"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def foreign_frame(video: Video, *, most_findings: int) -> Iterator[Finding | Abstention]:
    """One finding a picture that differs from both neighbours while these are alike, up to a number."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    odd = [one for one in watching.odd if one.kind in KINDS]
    yield from odd_findings(video, watching, odd, most_findings, lambda one: {"what": KINDS[one.kind]})
