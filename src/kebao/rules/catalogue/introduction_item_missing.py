"""The course introduction does not state one of the things it must state (A2(2).1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE, FILE_UNUSABLE
from kebao.subjects.course import Package
from kebao.subjects.introduction import introduction_words
from kebao.subjects.sketch import SketchedFile, course
from kebao.text.names import fold

_NO_INTRODUCTION = inapplicable(
    "没有课程介绍，已作为缺少的部分报告。", "There is no introduction; it is reported as a missing part."
)
_TITLE = Text(zh="课程名称", en="the course title")
_CATALOGUE = Text(zh="课程目录", en="the catalogue")
_AUDIENCE = Text(zh="适用学习对象", en="the intended learners")
_CONTENT = Text(zh="主要学习内容", en="the main content")


@rule(
    id="introduction-item-missing",
    clauses=("A2(2).1",),
    severity=Severity.ERROR,
    title=Text(zh="课程介绍缺少内容", en="Introduction lacks an item"),
    rationale=Text(
        zh="学习者先看介绍再决定学不学，专家靠它总览全课；少一项就要翻遍课程包去找。",
        en="Learners decide by the introduction and experts get the whole picture from it; what it lacks must be searched for.",
    ),
    message=Text(zh="课程介绍没有写明{what}。", en="The introduction does not state {what}."),
    mend=Text(
        zh="在课程介绍里加一行“{label}：……”，把内容写上。",
        en="Add a line for it to the introduction, beginning “{label}：”, and write it out.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED, "五项都写明"),
        Example(
            lambda: course(intro="课程名称：饮水照护。课程目录：见下。"), Outcome.PASSED, "学习对象和学习内容写在表格里"
        ),
        Example(
            lambda: course(intro="课程名称：饮水照护。课程目录：见下。", audience=""),
            Outcome.FAILED,
            "哪里都没有写学习对象",
        ),
        Example(lambda: course(intro="适用学习对象：护理员。"), Outcome.FAILED, "介绍里没有课程名称和目录"),
        Example(
            lambda: course(
                intro="课程介绍.md", files={"课程介绍.md": SketchedFile(text="# 老年人饮水照护入门\n课程目录")}
            ),
            Outcome.PASSED,
            "介绍写在文件里",
        ),
        Example(lambda: course(intro="课程介绍.md"), Outcome.INAPPLICABLE, "介绍的文件不在"),
        Example(lambda: course(intro=""), Outcome.INAPPLICABLE, "没有课程介绍"),
    ),
)
def introduction_item_missing(
    package: Package,
    *,
    title_words: tuple[str, ...],
    catalogue_words: tuple[str, ...],
    audience_words: tuple[str, ...],
    content_words: tuple[str, ...],
) -> Iterator[Finding | Abstention]:
    """One finding for each of title, catalogue, learners and content that is stated nowhere.

    Total hours are the matter of `hours-undeclared`, which serves this clause too. Learners and content may stand in the
    manifest's own fields instead of the text.
    """
    manifest = package.manifest
    if package.kind == "single":
        yield ALONE
        return
    if not manifest.intro:
        yield _NO_INTRODUCTION
        return
    read, path = introduction_words(package)
    if read is None:
        yield FILE_UNUSABLE
        return
    words = fold(read)
    if not manifest.title:
        yield _finding(package.at("title", item=_TITLE.zh), _TITLE)
    elif not (fold(manifest.title) in words or _any(title_words, words)):
        yield _finding(_place(package, path, _TITLE), _TITLE)
    if not (_any(catalogue_words, words) or _names_lessons(package, words)):
        yield _finding(_place(package, path, _CATALOGUE), _CATALOGUE)
    if not (manifest.audience or _any(audience_words, words)):
        yield _finding(_place(package, path, _AUDIENCE), _AUDIENCE)
    if not (manifest.content or _any(content_words, words)):
        yield _finding(_place(package, path, _CONTENT), _CONTENT)


def _any(wanted: tuple[str, ...], words: str) -> bool:
    return any(fold(word) in words for word in wanted)


def _names_lessons(package: Package, words: str) -> bool:
    """Whether the text names every chapter, or every lesson, and so is the catalogue itself; one name alone is none."""
    chapters = [fold(lesson.entry.title) for lesson in package.lessons if not lesson.parents]
    lessons = [fold(lesson.entry.title) for lesson in package.leaves]
    return any(len(names) > 1 and all(name and name in words for name in names) for names in (chapters, lessons))


def _place(package: Package, path: str, what: Text) -> Location:
    return package.at("intro", path=path, item=what.zh)


def _finding(at: Location, what: Text) -> Finding:
    return Finding(at=at, evidence=(Quoted("label", what.zh),), values={"what": what})
