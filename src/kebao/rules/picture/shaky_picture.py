"""The camera shakes (A4(5))."""

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

TOGETHER = 2.0
"""Seconds: stretches closer than that are one to whoever mends them."""


@rule(
    id="shaky-picture",
    clauses=("A4(5)",),
    severity=Severity.ERROR,
    title=Text(zh="画面抖动", en="Shaky picture"),
    rationale=Text(
        zh="画面一直抖，看不清手上的动作，低视力和容易晕眩的学习者看不下去。",
        en="A shaking picture hides what the hands do; learners with low vision or vertigo cannot watch it.",
    ),
    message=Text(
        zh="“{title}”在 {where} 画面抖动，幅度约为画面宽度的 {percent:.2f}%（不超过 {limit_percent:.2f}%）。",
        en="“{title}” shakes at {where} by about {percent:.2f}% of the width (at most {limit_percent:.2f}%).",
    ),
    mend=Text(
        zh="用三脚架或把手机固定好重拍；已经拍好的，用剪辑软件的“防抖”处理后再导出。",
        en="Use a tripod or fix the phone and shoot again; what is shot already can be stabilised in the editing program.",
    ),
    looks_at=Video,
    examples=(
        Example(filmed_video, Outcome.PASSED),
        Example(lambda: filmed_video(shake_share=0.004), Outcome.FAILED),
        Example(lambda: filmed_video(shake_share=0.0005), Outcome.PASSED, "看不出来"),
        Example(lambda: filmed_video(still=True), Outcome.PASSED, "幻灯片"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def shaky_picture(
    video: Video, *, limit_share: float, limit_seconds: float, most_findings: int
) -> Iterator[Finding | Abstention]:
    """One finding a stretch of at least so many seconds above the limit, up to a number; the largest value in it is told."""
    watching = video.watching
    if watching is None:
        yield picture_unwatched(video)
        return
    shake = watching.shake
    above = np.nan_to_num(shake, nan=0.0) > limit_share
    for start, end in watching.stretches(above, limit_seconds, join=TOGETHER)[:most_findings]:
        span = watching.span(start, end)
        share = float(np.nanmax(shake[start:end]))
        curve = watching.curve("shake", 100 * shake, unit="%", limit=100 * limit_share, marks=(span,))
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("share_of_width", round(share, 5), limit=limit_share), curve),
            values={"where": str(span), "percent": 100 * share, "limit_percent": 100 * limit_share},
        )
