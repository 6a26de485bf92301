"""A task sheet does not tell the steps, the materials, or when the task is done well (A3(2).3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kebao.model.finding import Abstention, Finding, inapplicable, untested
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Package
from kebao.subjects.facts import TEXT_SUFFIXES
from kebao.subjects.sketch import SketchedFile, course
from kebao.text.names import fold

_STEPS = Text(zh="步骤", en="the steps")
_MATERIALS = Text(zh="材料和用具", en="materials and tools")
_ACCEPTANCE = Text(zh="验收标准", en="when it is done well")


def _sheet(text: str) -> Package:
    return course(files={"文本/任务单.md": SketchedFile(text=text)})


@rule(
    id="task-sheet-incomplete",
    clauses=("A3(2).3",),
    severity=Severity.WARNING,
    title=Text(zh="任务单不完整", en="Task sheet incomplete"),
    rationale=Text(
        zh="学习者在家照着任务单练：不知道步骤、要准备什么、怎样算做好，就练不了。",
        en="Learners practise at home by the task sheet: without steps, materials and acceptance they cannot.",
    ),
    message=Text(zh="实操任务单“{title}”没有写{lacking}。", en="The task sheet “{title}” does not state {lacking}."),
    mend=Text(
        zh="打开任务单，分“步骤”“材料”“验收标准”三段写全，保存后放回原处。",
        en="Open the task sheet, write it in three parts, 步骤, 材料 and 验收标准, and save it in its place.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: _sheet("步骤：洗手、试温。材料：水杯。"), Outcome.FAILED, "没有验收标准"),
        Example(lambda: _sheet("请自己练习。"), Outcome.FAILED, "三样都没有"),
        Example(lambda: course(files={"文本/任务单.md": None}), Outcome.INAPPLICABLE, "文件不在"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE, "没有任务单"),
    ),
)
def task_sheet_incomplete(
    package: Package,
    *,
    steps_words: tuple[str, ...],
    materials_words: tuple[str, ...],
    acceptance_words: tuple[str, ...],
) -> Iterator[Finding | Abstention]:
    """One finding a task sheet, with all that its words do not mention; several resources may share a sheet."""
    sheets = list(
        dict.fromkeys(resource.entry.task_sheet for resource in package.resources if resource.entry.task_sheet)
    )
    if not sheets:
        yield inapplicable("没有任务单。", "There is no task sheet.")
        return
    for path in sheets:
        text = package.facts.text(path) if package.facts.exists(path) else None
        if package.facts.exists(path) and PurePosixPath(path).suffix.lower() not in TEXT_SUFFIXES:
            yield untested(
                "任务单不是文字文件，请人工核对。", "The task sheet is no text file; a person must look at it."
            )
            continue
        if not isinstance(text, str):
            yield FILE_UNUSABLE
            continue
        words = fold(text)
        wanted = ((_STEPS, steps_words), (_MATERIALS, materials_words), (_ACCEPTANCE, acceptance_words))
        lacking = [what for what, marks in wanted if not any(fold(mark) in words for mark in marks)]
        if lacking:
            named = Text(zh="、".join(what.zh for what in lacking), en=", ".join(what.en for what in lacking))
            place = Location(path=path, item=path, title=PurePosixPath(path).name)
            yield Finding(at=place, values={"lacking": named})
