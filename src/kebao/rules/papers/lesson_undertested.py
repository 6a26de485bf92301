"""Weighty lessons get their share of questions (A2(2).4(3))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import is_read_whole
from kebao.subjects.course import Package
from kebao.subjects.matching import lesson_matches, questions_by_lesson
from kebao.subjects.sketch import course, paper


def _weighed(weight: int, count: int = 50) -> Package:
    lessons: list[dict[str, Any]] = [
        {"id": "k1", "title": "职业守则", "use": ["v1"], "weight": "1"},
        {"id": "k2", "title": "试温与防烫", "use": ["v2", "t1"]},
        {"id": "k3", "title": "协助饮水", "use": ["v3"], "weight": str(weight)},
    ]
    chapter = {"id": "c1", "title": "饮水照护", "children": lessons}
    return course(catalogue=[chapter], papers={"试卷/试卷1.xlsx": paper(first=1000, count=count)})


@rule(
    id="lesson-undertested",
    clauses=("A2(2).4(3)",),
    severity=Severity.WARNING,
    title=Text(
        zh="重要的课考得太少",
        en="Weighty lesson with too few questions",
    ),
    rationale=Text(
        zh="标了重要的内容考得少，学习者就不会把它当重点。",
        en="What is marked as important but hardly tested is not learned as important.",
    ),
    message=Text(
        zh="“{title}”按重要程度应占约 {due:.0f} 题，现有 {questions} 题，少于其 {percent:.0f}%。",
        en="By its weight “{title}” is due about {due:.0f} questions; it has {questions}, less than {percent:.0f}% of that.",
    ),
    mend=Text(
        zh="给“{title}”补题，或改正课程目录里的重要程度。",
        en="Add questions on “{title}”, or correct its weight in the catalogue.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _weighed(4), Outcome.PASSED, "应占一百题，有五十题，正好一半"),
        Example(lambda: _weighed(6), Outcome.FAILED, "应占一百一十二题，只有五十题"),
        Example(lambda: course(), Outcome.INAPPLICABLE, "目录没写重要程度"),
        Example(lambda: _weighed(6, count=0), Outcome.UNTESTED, "有试卷是空的"),
    ),
)
def lesson_undertested(package: Package, *, limit_percent: int) -> Iterator[Yielded]:
    """One finding for each lesson with some questions, but fewer than the limit of what its weight is due."""
    weights = {leaf.item: leaf.entry.weight for leaf in package.leaves}
    if not any(weight is not None for weight in weights.values()) or not package.papers:
        yield inapplicable(
            "目录没有写重要程度，或没有试卷。", "The catalogue gives no weights, or there are no papers."
        )
        return
    if not is_read_whole(package) or not all(
        named and lesson and lesson.is_leaf for _, lesson, named in lesson_matches(package)
    ):
        yield untested("有考题没有写明考的是哪一课。", "Some question does not name the lesson it tests.")
        return
    counts = questions_by_lesson(package)
    known = {item: Fraction(1) if weight is None else Fraction(weight) for item, weight in weights.items()}
    whole = sum(known.values())
    for leaf in package.leaves:
        count, due = counts[leaf.item], known[leaf.item] * len(package.questions) / whole if whole else Fraction(0)
        if count and count * 100 < limit_percent * due:
            yield Finding(
                at=leaf.at("weight"),
                evidence=(Measured("questions", count, limit=limit_percent * due / 100),),
                values={"due": float(due), "percent": limit_percent},
            )
