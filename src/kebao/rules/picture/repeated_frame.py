"""A picture shown twice in the middle of steady motion (A4(5))."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kebao.media.shots import Odd
from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import picture_unwatched
from kebao.subjects.course import Video
from kebao.subjects.odd_pictures import odd_findings
from kebao.subjects.sketch import clip
from kebao.subjects.sketch_picture import filmed_video
from kebao.subjects.watching import Watching

SHAKES = 0.001
"""Share of the width from which the camera shakes too much for two pictures to be told apart by their change."""
SKIPPED = 0.2
"""Share of the usual bytes below which the coder skipped a picture: no camera that turns back looks so, however it shakes."""
NOTHING = 0.015
"""The same of both multiplied, its share of the usual bytes and of the usual change: a camera that turns back leaves more of either."""


@rule(
    id="repeated-frame",
    clauses=("A4(5)",),
    severity=Severity.WARNING,
    title=Text(zh="重复帧", en="Repeated frame"),
    rationale=Text(
        zh="画面在动作中间停一下再跳过去，手部动作和手语看起来一顿一顿。",
        en="The picture stands and then leaps in the middle of a movement: hands and signs jerk.",
    ),
    message=Text(
        zh="“{title}”在 {where} 有一帧重复，动作停顿后跳过去。",
        en="“{title}” shows a frame twice at {where}: the motion stands, then leaps.",
    ),
    mend=Text(
        zh="导出时让帧率与拍摄时一致（都用 25 或都用 30）；手机录像请关闭“自动帧率”。",
        en="Export at the frame rate of the recording (both 25 or both 30); switch off automatic frame rate on the phone.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(repeated_at=70), Outcome.FAILED),
        Example(lambda: filmed_video(still=True), Outcome.PASSED, "画面本来就不动"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def repeated_frame(video: Video, *, most_findings: int) -> Iterator[Finding | Abstention]:
    """One finding a repeated picture, up to a number; a film that repeats regularly (a low rate in a high one) has none.

    Where the camera shakes, two pictures may be alike by chance; the shaking is told then, and of this only what the coder
    skipped or had nothing at all to write of.
    """
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    yield from odd_findings(video, watching, told(watching), most_findings)


def told(watching: Watching) -> list[Odd]:
    """The repeated pictures that shaking does not explain, and after which the shot goes on: before a cut no motion leaps."""
    light, changes = watching.changes.lightness, watching.changes
    left = light * changes.whole / np.maximum(changes.usual(), 1e-3)
    sure = ~(np.nan_to_num(watching.shake, nan=0.0) > SHAKES) | (light < SKIPPED) | (left < NOTHING)
    ends = {cut - 1 for cut in watching.cuts}
    return [one for one in watching.odd if one.kind == "repeated" and sure[one.index] and one.index not in ends]
