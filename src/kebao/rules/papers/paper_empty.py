"""A paper holds questions (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Paper
from kebao.subjects.sketch import paper_of, question


@rule(
    id="paper-empty",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="试卷里没有考题",
        en="Paper without questions",
    ),
    rationale=Text(
        zh="没有考题的试卷不能用来考试，也不算一套。",
        en="A paper without questions cannot be sat and does not count.",
    ),
    message=Text(
        zh="“{title}”里一道考题也没有。",
        en="“{title}” holds no question at all.",
    ),
    mend=Text(
        zh="打开“{title}”，按试卷模板一行写一题并保存；若“试卷”工作表里没写文件路径，请补上。",
        en="Open “{title}”, write one question a row as in the template, and save; if the sheet 试卷 gives no file path, fill it in.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "有题"),
        Example(lambda: paper_of(), Outcome.FAILED, "空试卷"),
        Example(lambda: paper_of(question(), path=""), Outcome.FAILED, "没写文件路径"),
        Example(lambda: paper_of(path="试卷/没有.xlsx"), Outcome.INAPPLICABLE, "文件不在，由别的规则指出"),
    ),
)
def paper_empty(paper: Paper) -> Iterator[Yielded]:
    """One finding for a paper that was read and is empty, or that names no file."""
    if not paper.entry.path:
        yield Finding(at=paper.at("path"))
        return
    if paper.read is None:
        yield inapplicable("试卷读不出来，另有指出。", "The paper could not be read; that is told elsewhere.")
        return
    if not paper.questions and not paper.read.not_understood:
        yield Finding(at=paper.at())
