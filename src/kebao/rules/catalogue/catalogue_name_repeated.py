"""Two catalogue entries of one level bear the same name (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Package
from kebao.subjects.naming import lesson_levels, repeats
from kebao.subjects.sketch import course, listed
from kebao.text.names import fold


@rule(
    id="catalogue-name-repeated",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="目录名称重复", en="Name used twice in the catalogue"),
    rationale=Text(
        zh="两条同名，学习者和专家分不清要看的是哪一条，考题也对不准。",
        en="With two entries of one name nobody can tell which is meant, and questions cannot be matched to them.",
    ),
    message=Text(
        zh="课程目录里“{title}”用了不止一次（同一级已有“{earlier}”）。",
        en="“{title}” is used more than once in the catalogue (“{earlier}” stands at the same level already).",
    ),
    mend=Text(
        zh="在“课程目录”工作表里把这一行改成这一课自己的重点内容，例如“洗手”改成“洗手：六步洗手法”。",
        en="In the sheet 课程目录 give this row a name of its own, by what this lesson teaches.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: listed("洗手", "试温"), Outcome.PASSED),
        Example(lambda: listed("洗手", "洗手"), Outcome.FAILED, "同名"),
        Example(lambda: listed("ABC 法", "ＡＢＣ 法"), Outcome.FAILED, "全角半角、大小写不算区别"),
        Example(lambda: listed("第1讲 洗手", "第一讲 洗手"), Outcome.PASSED, "写法不同的编号另作建议"),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE, "没有目录"),
    ),
)
def catalogue_name_repeated(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each entry whose name stands at its level already: NFKC, case and width folded, trimmed."""
    if not package.lessons:
        yield NO_CATALOGUE
        return
    for level in lesson_levels(package):
        for lesson, earlier in repeats(level, fold):
            yield Finding(at=lesson.at("title"), evidence=(Quoted("earlier", earlier.entry.title),))
