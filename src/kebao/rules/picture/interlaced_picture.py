"""The video is interlaced (moe/2013)."""

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
    id="interlaced-picture",
    clauses=("M-scan",),
    severity=Severity.ADVICE,
    title=Text(zh="隔行扫描", en="Interlaced video"),
    rationale=Text(
        zh="隔行视频在电脑和手机上动起来有横纹，手语看不清。",
        en="Interlaced video shows combs on computers and phones wherever something moves; signs become unclear.",
    ),
    message=Text(
        zh="“{title}”是隔行扫描的视频（{percent:.0f}% 的画面）。",
        en="“{title}” is interlaced ({percent:.0f}% of its pictures).",
    ),
    mend=Text(
        zh="摄像机设为逐行（25p、50p）；已经拍好的，导出时勾选“去隔行/反交错”。",
        en="Set the camera to progressive (25p, 50p); deinterlace what is shot already on export.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(interlaced=True), Outcome.FAILED),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def interlaced_picture(video: Video, *, limit_share: float) -> Iterator[Finding | Abstention]:
    """A finding when more than the share of the pictures is flagged as two fields."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    picture = watching.picture
    share = picture.interlaced / picture.frames
    if share > limit_share:
        yield Finding(
            at=video.at(),
            evidence=(Measured("share", share, limit=limit_share),),
            values={"percent": 100 * share},
        )
