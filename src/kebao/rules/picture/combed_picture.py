"""Combing is burnt into a picture that the stream calls progressive (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video


@rule(
    id="combed-picture",
    clauses=("M-scan",),
    severity=Severity.ADVICE,
    title=Text(zh="画面留有横纹", en="Combing in the picture"),
    rationale=Text(
        zh="隔行的素材没有去隔行就当作逐行导出，横纹留在画面里，播放器再也去不掉；手语和手上的动作看不清。",
        en="Interlaced footage exported as progressive without deinterlacing keeps its combs, which no player can remove any more; signs and hands become unclear.",
    ),
    message=Text(
        zh="“{title}”的画面里留有隔行的横纹：有动作的时间里 {percent:.0f}% 的奇数行和偶数行不是同一时刻拍的。",
        en="“{title}” has combing in its picture: in {percent:.0f}% of the seconds with motion, odd and even lines show different moments.",
    ),
    mend=Text(
        zh="回到原始素材，导出时勾选“去隔行/反交错”；以后把摄像机设为逐行（25p、50p）。",
        en="Go back to the footage and deinterlace it on export; set the camera to progressive (25p, 50p) from now on.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(combed=True), Outcome.FAILED),
        Example(lambda: filmed_video(striped=True), Outcome.PASSED, "画面里本来就有细横条"),
        Example(lambda: filmed_video(still=True), Outcome.PASSED, "什么都不动"),
        Example(
            lambda: filmed_video(combed=True, interlaced=True), Outcome.PASSED, "文件自己标明隔行，由另一条规则指出"
        ),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def combed_picture(video: Video, *, limit_phase: float, limit_share: float) -> Iterator[Finding | Abstention]:
    """A finding when in more than the share of the seconds with motion the lines are further apart in time than the limit.

    The order of a camera's fields does not change within a film, so only seconds that lean the same way count together.
    A stream that says itself that it is interlaced is told so by another rule: its player can still put the fields in order.
    """
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    told = watching.phases[~np.isnan(watching.phases)]
    if not len(told) or watching.picture.interlaced > watching.picture.frames / 2:
        return
    share = max(float((told > limit_phase).mean()), float((told < -limit_phase).mean()))
    if share > limit_share:
        phase = float(np.median(np.abs(told)))
        yield Finding(
            at=video.at(),
            evidence=(
                Measured("phase", round(phase, 2), limit=limit_phase),
                Measured("share", share, limit=limit_share),
            ),
            values={"percent": 100 * share},
        )
