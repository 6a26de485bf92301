"""The introduction bears the title of another course (A2(2).1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE, TITLE_EMPTY
from kebao.subjects.course import Package
from kebao.subjects.introduction import introduction_words
from kebao.subjects.sketch import course
from kebao.text.names import fold

_STATED = re.compile(r"课程名称\**\s*[:：]\s*\**\s*[《“\"「]?([^\n。；;，,》”\"」|*]+)")


@rule(
    id="introduction-title-differs",
    clauses=("A2(2).1",),
    severity=Severity.ERROR,
    title=Text(zh="课程介绍写的是另一个课程名称", en="The introduction bears another title"),
    rationale=Text(
        zh="介绍多从别的课程抄来修改；名称没有改过来，学习者和专家会以为放错了文件。",
        en="Introductions are often adapted from another course; with the old title left in, readers think it is the wrong file.",
    ),
    message=Text(
        zh="课程介绍写的课程名称是“{told}”，清单写的是“{manifest}”。",
        en="The introduction calls the course “{told}”; the manifest says “{manifest}”.",
    ),
    mend=Text(
        zh="把课程介绍里的课程名称改成和“基本情况”工作表一样。",
        en="Make the title in the introduction the same as in the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(intro="课程名称：《老年人饮水照护入门》（五级）。"), Outcome.PASSED, "有书名号，后面另有说明"
        ),
        Example(lambda: course(intro="课程名称：老年人进食照护。课程目录：见下。"), Outcome.FAILED),
        Example(
            lambda: course(intro="老年人饮水照护入门。课程目录：见下。"), Outcome.INAPPLICABLE, "没有写“课程名称：”"
        ),
        Example(lambda: course(title=""), Outcome.INAPPLICABLE, "清单没有填名称"),
    ),
)
def introduction_title_differs(package: Package) -> Iterator[Finding | Abstention]:
    """One finding when what follows 课程名称： neither holds the manifest's title nor stands in it."""
    words, path = introduction_words(package)
    title = fold(package.manifest.title)
    if words is None:
        yield FILE_UNUSABLE
        return
    if not title:
        yield TITLE_EMPTY
        return
    stated = _STATED.search(words)
    told = fold(stated[1]) if stated else ""
    if stated is None or not told:
        yield inapplicable("介绍里没有写“课程名称：”。", "The introduction does not say 课程名称：.")
    elif title not in told and told not in title:
        evidence = (Quoted("told", stated[1].strip()), Quoted("manifest", package.manifest.title))
        yield Finding(at=package.at("intro", path=path, item="课程名称"), evidence=evidence)
