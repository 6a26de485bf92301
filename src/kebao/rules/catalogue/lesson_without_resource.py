"""A lesson of the catalogue uses no resource (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.course import Lesson
from kebao.subjects.sketch import course, listed


@rule(
    id="lesson-without-resource",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="这一课没有学习资源", en="Lesson without a resource"),
    rationale=Text(
        zh="目录要列出各课的视频资源；没有资源的一课，学习者点进去什么也没有。",
        en="The catalogue lists the videos of each lesson; one without any shows the learner nothing.",
    ),
    message=Text(zh="“{name}”没有列出任何学习资源。", en="“{name}” lists no learning resource."),
    mend=Text(
        zh="在“课程目录”工作表这一行的“所用资源”里填上资源编号（多个用空格隔开）；没有内容就删去这一行。",
        en="Fill in the ids of its resources in this row of the sheet 课程目录, or delete the row.",
    ),
    looks_at=Lesson,
    examples=(
        Example(lambda: listed("试温").lessons[0], Outcome.PASSED),
        Example(lambda: listed("试温", use=[]).lessons[0], Outcome.FAILED),
        Example(lambda: course().lessons[0], Outcome.INAPPLICABLE, "章本身不用资源"),
        Example(lambda: course(resources=[]).leaves[0], Outcome.INAPPLICABLE, "整个课程包没有资源"),
    ),
)
def lesson_without_resource(lesson: Lesson) -> Iterator[Finding | Abstention]:
    """One finding for a lesson that names no resource; ids that are none belong to `lesson-uses-unknown-resource`."""
    if not lesson.is_leaf:
        yield inapplicable("资源列在下一级。", "The resources stand one level below.")
    elif not lesson.package.resources:
        yield NO_RESOURCES
    elif not lesson.entry.use:
        yield Finding(at=lesson.at("use"), values={"name": lesson.entry.title or lesson.item})
