"""A catalogue entry has no name (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Lesson
from kebao.subjects.sketch import listed


@rule(
    id="catalogue-title-missing",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="目录条目没有名称", en="Catalogue entry without a name"),
    rationale=Text(
        zh="学习者按目录找内容；没有名称的一行谁也找不到，读屏软件也念不出来。",
        en="Learners find content by the catalogue; an entry without a name cannot be found, nor spoken by a screen reader.",
    ),
    message=Text(zh="课程目录的第 {number} 个条目没有名称。", en="Entry {number} of the catalogue has no name."),
    mend=Text(
        zh="在“课程目录”工作表这一行填上名称，用这一课的重点内容命名。",
        en="Fill in the name in this row of the sheet 课程目录; name it by what the lesson teaches.",
    ),
    looks_at=Lesson,
    examples=(
        Example(lambda: listed("试温与防烫").lessons[0], Outcome.PASSED),
        Example(lambda: listed("").lessons[0], Outcome.FAILED, "名称空着"),
    ),
)
def catalogue_title_missing(lesson: Lesson) -> Iterator[Finding | Abstention]:
    """One finding for an entry whose name is empty."""
    if not lesson.entry.title:
        yield Finding(at=lesson.at("title"), values={"number": lesson.package.lessons.index(lesson) + 1})
