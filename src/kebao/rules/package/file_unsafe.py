"""A file that must not be opened: macros, scripts, playlists (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import File
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course


def _with_macro() -> File:
    fault = Fault("macro", Text(zh="文档里有宏。", en="The document holds macros."), unsafe=True)
    made = course(files={"文本/宏.docx": SketchedFile(fault=fault)})
    return next(file for file in made.files if file.path == "文本/宏.docx")


@rule(
    id="file-unsafe",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="文件不安全", en="File is not safe"),
    rationale=Text(
        zh="宏、脚本和伪装的播放列表会在别人的电脑上运行或联网，不能收。",
        en="Macros, scripts and disguised playlists run or reach out on others’ computers, so they are not accepted.",
    ),
    message=Text(zh="“{title}”没有打开：{because}", en="“{title}” was not opened: {because}"),
    mend=Text(
        zh="去掉宏或脚本后另存为普通格式（docx、xlsx、png、mp4），替换这个文件。",
        en="Save it without macros or scripts in a plain format (docx, xlsx, png, mp4) and replace it.",
    ),
    looks_at=File,
    examples=(
        Example(lambda: course().files[0], Outcome.PASSED),
        Example(_with_macro, Outcome.FAILED, "带宏的文档"),
    ),
)
def file_unsafe(file: File) -> Iterator[Yielded]:
    """One finding for a dangerous file."""
    fault = file.fault
    if fault is not None and fault.unsafe:
        yield Finding(at=file.at(), evidence=(Quoted("code", fault.code),), values={"because": fault.message})
