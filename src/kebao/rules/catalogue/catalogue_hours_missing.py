"""A lesson does not state its hours (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_UNDERSTOOD
from kebao.subjects.course import Lesson
from kebao.subjects.sketch import course, listed
from kebao.subjects.unread import was_written
from kebao.text.measures import hours_floored


@rule(
    id="catalogue-hours-missing",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="课程没有写课时数", en="Lesson without hours"),
    rationale=Text(
        zh="目录要写明各课程的课时数，学习者据此安排时间，经办人据此核对总学时。",
        en="The catalogue states each lesson's hours: learners plan by them and the office checks the total against them.",
    ),
    message=Text(zh="“{name}”没有写课时数。", en="“{name}” does not state its hours."),
    mend=Text(
        zh="在“课程目录”工作表这一行填课时数，每45分钟计1学时，保留一位小数；按现有资源的时长是 {hours} 学时。",
        en="Fill in its hours in the sheet 课程目录, 45 minutes to the hour, one decimal; by the resources' length it is {hours}.",
    ),
    looks_at=Lesson,
    examples=(
        Example(lambda: listed("试温").lessons[0], Outcome.PASSED),
        Example(lambda: listed("试温", hours="0").lessons[0], Outcome.PASSED, "不满0.1学时的写 0.0"),
        Example(lambda: listed("试温", hours=None).lessons[0], Outcome.FAILED),
        Example(lambda: course().lessons[0], Outcome.INAPPLICABLE, "章由各课相加"),
    ),
)
def catalogue_hours_missing(lesson: Lesson) -> Iterator[Finding | Abstention]:
    """One finding for a lesson without hours; a chapter's hours are the sum of its lessons."""
    if not lesson.is_leaf:
        yield inapplicable("章的课时由各课相加。", "A chapter's hours are the sum of its lessons.")
    elif was_written(lesson.package, f"{lesson.place}.hours"):
        yield NOT_UNDERSTOOD
    elif lesson.entry.hours is None:
        name = lesson.entry.title or lesson.item
        yield Finding(at=lesson.at("hours"), values={"name": name, "hours": str(hours_floored(lesson.seconds))})
