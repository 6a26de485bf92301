"""At least three papers with every package (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="papers-too-few",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(zh="试卷不够三套", en="Too few papers"),
    rationale=Text(
        zh="学习者可能要补考，同一套题反复使用，就考不出真实水平。",
        en="Learners may sit again; one paper used over and over does not show what they can do.",
    ),
    message=Text(
        zh="课程包列出 {papers} 套试卷，不能少于 {limit} 套。",
        en="The package lists {papers} papers; at least {limit} are needed.",
    ),
    mend=Text(
        zh="在“试卷”文件夹里补足试卷，每套一个文件，并在“试卷”工作表里各写一行。",
        en="Add papers to the folder 试卷, one file each, and give each a row in the sheet 试卷.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "正好三套"),
        Example(lambda: course(listed=[]), Outcome.FAILED, "一套也没有"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def papers_too_few(package: Package, *, limit_papers: int) -> Iterator[Yielded]:
    """One finding for the package. Papers are counted as listed: what is wrong with one of them is told by its own rule."""
    if package.kind == "single":
        yield inapplicable("只检查一个文件，不是整个课程包。", "Only one file is checked, not a whole package.")
        return
    papers = len(package.papers)
    if papers < limit_papers:
        yield Finding(at=package.at("papers"), evidence=(Measured("papers", papers, limit=limit_papers),))
