"""A file that is empty, damaged or not what its name says (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import File
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course


def _empty() -> File:
    fault = Fault("empty", Text(zh="文件是空的。", en="The file is empty."))
    made = course(files={"文本/空.md": SketchedFile(size=0, fault=fault)})
    return next(file for file in made.files if file.path == "文本/空.md")


@rule(
    id="file-damaged",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="文件打不开", en="File cannot be opened"),
    rationale=Text(
        zh="打不开的文件，学习者用不了，专家也看不到。",
        en="A file that does not open serves neither learners nor experts.",
    ),
    message=Text(zh="“{title}”打不开：{because}", en="“{title}” cannot be opened: {because}"),
    mend=Text(
        zh="在原来的电脑或手机上确认它能打开，重新导出或复制后替换。",
        en="Make sure that it opens where it was made, export or copy it again, and replace it.",
    ),
    looks_at=File,
    examples=(
        Example(lambda: course().files[0], Outcome.PASSED),
        Example(_empty, Outcome.FAILED, "空文件"),
    ),
)
def file_damaged(file: File) -> Iterator[Yielded]:
    """One finding for a file that is at fault, but not dangerous."""
    fault = file.fault
    if fault is not None and not fault.unsafe:
        yield Finding(at=file.at(), evidence=(Quoted("code", fault.code),), values={"because": fault.message})
