"""A listed paper can be read (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Paper
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course, paper_of, question


def _as_picture() -> Paper:
    path = "试卷/试卷1.png"
    made = course(listed=[{"title": "试卷1", "path": path}], files={path: SketchedFile()})
    return made.papers[0]


@rule(
    id="paper-unreadable",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="试卷读不出来",
        en="Paper cannot be read",
    ),
    rationale=Text(
        zh="读不出来的试卷无法审核，也无法放到网上考试。",
        en="A paper that cannot be read can neither be reviewed nor be sat online.",
    ),
    message=Text(
        zh="“{title}”读不出考题：{because}",
        en="No questions can be read from “{title}”: {because}",
    ),
    mend=Text(
        zh="用 WPS 把考题填进试卷模板，另存为 .xlsx，再把“试卷”工作表里的路径改成它。",
        en="Put the questions into the paper template with WPS, save as .xlsx, and let the sheet 试卷 name that file.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "读得出来"),
        Example(_as_picture, Outcome.FAILED, "试卷是一张图片"),
        Example(lambda: paper_of(path="试卷/没有.xlsx"), Outcome.INAPPLICABLE, "文件不在，由别的规则指出"),
    ),
)
def paper_unreadable(paper: Paper) -> Iterator[Yielded]:
    """One finding for a paper whose file is there and sound, but is no exam paper."""
    path, facts = paper.entry.path, paper.package.facts
    if not path or not facts.exists(path) or facts.fault(path) is not None:
        yield inapplicable("没有可读的文件，另有指出。", "There is no readable file; that is told elsewhere.")
        return
    if paper.read is not None:
        return
    said = paper.package.question_papers.get(path)
    because = (
        said.message
        if isinstance(said, Fault)
        else Text(zh="不是能读的试卷格式。", en="not a format of papers that can be read.")
    )
    yield Finding(at=paper.at(), evidence=(Quoted("file", path),), values={"because": because})
