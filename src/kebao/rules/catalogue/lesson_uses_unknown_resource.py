"""A lesson names a resource that is not in the list (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Listed, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.course import Lesson
from kebao.subjects.sketch import course, listed


@rule(
    id="lesson-uses-unknown-resource",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="目录用了不存在的资源编号", en="Catalogue names an unknown resource"),
    rationale=Text(
        zh="编号对不上，视频就挂不到这一课下面，学习者看不到，课时也算不进去。",
        en="With a wrong id the video is not shown under the lesson and its time is not counted there.",
    ),
    message=Text(
        zh="“{name}”用了资源编号 {unknown}，但“学习资源”里没有。",
        en="“{name}” uses {unknown}, which the list of resources does not hold.",
    ),
    mend=Text(
        zh="对照“学习资源”工作表第一列，改正这一行“所用资源”里的编号。",
        en="Compare with the first column of the sheet 学习资源 and correct the ids in this row.",
    ),
    looks_at=Lesson,
    examples=(
        Example(lambda: listed("试温").lessons[0], Outcome.PASSED),
        Example(lambda: listed("试温", use=["v1", "v9"]).lessons[0], Outcome.FAILED),
        Example(lambda: listed("试温", use=[]).lessons[0], Outcome.INAPPLICABLE, "没有列出资源"),
        Example(lambda: course(resources=[]).leaves[0], Outcome.INAPPLICABLE, "整个课程包没有资源"),
    ),
)
def lesson_uses_unknown_resource(lesson: Lesson) -> Iterator[Finding | Abstention]:
    """One finding a lesson, with all the ids that are none."""
    if not lesson.package.resources:
        yield NO_RESOURCES
        return
    if not lesson.entry.use:
        yield inapplicable("没有列出资源。", "It names no resource.")
        return
    known = {resource.entry.id for resource in lesson.package.resources}
    unknown = tuple(used for used in lesson.entry.use if used not in known)
    if unknown:
        name = lesson.entry.title or lesson.item
        yield Finding(at=lesson.at("use"), evidence=(Listed("unknown", unknown),), values={"name": name})
