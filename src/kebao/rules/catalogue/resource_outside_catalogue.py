"""A resource that no lesson of the catalogue uses (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Resource
from kebao.subjects.sketch import course, listed

_UNKNOWN_IDS = inapplicable(
    "目录里有对不上的资源编号，已另外报告；改正后再看有没有多余的资源。",
    "The catalogue names unknown ids, reported by themselves; what is left over shows once they are mended.",
)
_LESSON_EMPTY = inapplicable(
    "目录里有课没有列出资源，已另外报告；补上后再看有没有多余的资源。",
    "Some lesson lists no resource, reported by itself; what is left over shows once it is filled in.",
)


@rule(
    id="resource-outside-catalogue",
    clauses=("A2(2).2",),
    severity=Severity.WARNING,
    title=Text(zh="资源没有列入目录", en="Resource outside the catalogue"),
    rationale=Text(
        zh="目录里没有的视频，学习者找不到，却计入了总学时。",
        en="A video that the catalogue does not list cannot be found, yet its time is counted.",
    ),
    message=Text(zh="“{title}”没有列入课程目录的任何一课。", en="“{title}” is listed in no lesson of the catalogue."),
    mend=Text(
        zh="在“课程目录”工作表里，把它的编号填进所属那一课的“所用资源”；不用的就从“学习资源”里删去。",
        en="Add its id to the lesson it belongs to in the sheet 课程目录, or take it out of 学习资源.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED),
        Example(lambda: listed("试温").resources[1], Outcome.FAILED),
        Example(lambda: course(catalogue=[]).resources[0], Outcome.INAPPLICABLE, "没有目录"),
        Example(lambda: listed("试温", use=["v9"]).resources[0], Outcome.INAPPLICABLE, "目录里有对不上的编号"),
        Example(lambda: listed("试温", use=[]).resources[0], Outcome.INAPPLICABLE, "有课没有列出资源"),
    ),
)
def resource_outside_catalogue(resource: Resource) -> Iterator[Finding | Abstention]:
    """One finding for a resource whose id no lesson uses, unless a lesson that names none may be meant."""
    package = resource.package
    if not package.lessons:
        yield NO_CATALOGUE
        return
    used = {name for lesson in package.lessons for name in lesson.entry.use}
    if resource.entry.id and resource.entry.id in used:
        return
    if used - {other.entry.id for other in package.resources}:
        yield _UNKNOWN_IDS
        return
    if any(not leaf.entry.use for leaf in package.leaves):
        yield _LESSON_EMPTY
        return
    yield Finding(at=resource.at("id"))
