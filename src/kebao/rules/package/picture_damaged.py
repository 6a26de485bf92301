"""Pictures of a medium are damaged (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.course import Timed
from kebao.subjects.sketch import clip
from kebao.subjects.sketched_pass import passed_clip


@rule(
    id="picture-damaged",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="画面数据损坏", en="Damaged pictures"),
    rationale=Text(
        zh="损坏的画面会花屏、卡住或跳过，正在示范的动作就看不到了。",
        en="Damaged pictures show as blocks, freeze or are skipped, and the step being shown is lost.",
    ),
    message=Text(
        zh="“{title}”有 {pictures} 帧画面损坏，{errors} 处数据解不开。",
        en="“{title}” has {pictures} damaged pictures and {errors} places that cannot be decoded.",
    ),
    mend=Text(
        zh="重新复制一次；仍然损坏的，从剪辑工程重新导出，或换一张存储卡重录这一段。",
        en="Copy it again; if it is still damaged, export it anew from the project, or record the part again on another card.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(picture={"corrupt": (2500, 2501)}), Outcome.FAILED),
        Example(lambda: passed_clip(picture={"errors": 3}), Outcome.FAILED, "有数据解不开"),
        Example(
            lambda: passed_clip(picture={"corrupt": (0, 1), "errors": 1}),
            Outcome.PASSED,
            "从中间开始录的，头几帧缺参考画面",
        ),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def picture_damaged(medium: Timed, *, edge_seconds: int, limit_errors: int) -> Iterator[Finding | Abstention]:
    """A finding for damaged pictures behind the first moments, or for more undecodable packets than a cut's edge leaves."""
    found = medium.measurement
    if found is None:
        yield NOT_MEASURED
        return
    picture = found.passed.picture
    if picture is None:
        return
    damaged = [index for index in picture.corrupt if found.time(index) >= picture.start + edge_seconds]
    errors = picture.errors if picture.errors > limit_errors else 0
    if damaged or errors:
        span = Span(found.time(damaged[0]), found.time(damaged[-1] + 1)) if damaged else None
        yield Finding(
            at=medium.at(span=span), evidence=(Measured("pictures", len(damaged)), Measured("errors", errors))
        )
