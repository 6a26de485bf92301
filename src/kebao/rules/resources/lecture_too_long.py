"""An unbroken lecture longer than the usual limit (A2(2).3)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip, course
from kebao.subjects.timing import roles_stated

_LECTURE = "讲授"


@rule(
    id="lecture-too-long",
    clauses=("A2(2).3",),
    severity=Severity.WARNING,
    title=Text(zh="单次讲课过长", en="Lecture too long"),
    rationale=Text(
        zh="长时间单纯讲授使学习者难以集中，听障学习者阅读字幕尤其疲劳。",
        en="Long unbroken lectures tire learners, most of all those who read captions.",
    ),
    message=Text(
        zh="“{title}”讲授 {minutes:.1f} 分钟，一般不长于 {limit:.0f} 分钟。",
        en="“{title}” lectures for {minutes:.1f} minutes; the usual limit is {limit:.0f}.",
    ),
    mend=Text(
        zh="在知识点之间分成两个视频，或插入演示、练习。",
        en="Split it between two topics, or put a demonstration or exercise in.",
    ),
    looks_at=Video,
    examples=(
        Example(lambda: clip(minutes=25), Outcome.PASSED, "正好25分钟"),
        Example(lambda: clip(minutes=25.1), Outcome.FAILED),
        Example(lambda: clip(minutes=40, role="实操"), Outcome.INAPPLICABLE, "不是讲授"),
        Example(
            lambda: clip(minutes=40, ranges=[{"start": "20:00", "end": "25:00", "role": "演示"}]),
            Outcome.PASSED,
            "中间插入演示，前后各不超过25分钟",
        ),
        Example(
            lambda: clip(minutes=40, role="演示", ranges=[{"start": "05:00", "end": "31:00", "role": "讲授"}]),
            Outcome.FAILED,
            "演示视频里有一段26分钟的讲授",
        ),
        Example(
            lambda: course(resources=[{"id": "v", "role": "讲授", "title": "洗手", "path": "视频/没有.mp4"}]).resources[
                0
            ],
            Outcome.INAPPLICABLE,
            "文件不在",
        ),
    ),
)
def lecture_too_long(video: Video, *, limit_minutes: float) -> Iterator[Finding | Abstention]:
    """One finding for each unbroken run of lecture longer than the limit, in exact seconds."""
    if _LECTURE not in roles_stated(video):
        yield inapplicable("不是讲授视频。", "It is no lecture.")
        return
    if video.seconds is None:
        yield FILE_UNUSABLE
        return
    for run in video.runs:
        if run.role == _LECTURE and run.seconds > limit_minutes * 60:
            minutes = Measured("minutes", run.seconds / 60, limit=limit_minutes, unit="min")
            yield Finding(at=video.at(span=run.span), evidence=(minutes,))
