"""A chart or picture has neither alternative text nor a table (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Still
from kebao.subjects.sketch import clip


@rule(
    id="chart-alternative-missing",
    clauses=("1.1.1",),
    severity=Severity.ADVICE,
    title=Text(zh="图表没有替代文字", en="Chart without alternative"),
    rationale=Text(
        zh="读屏软件念不出图片；看不见的学习者靠替代文字或数据表知道图上有什么。",
        en="A screen reader cannot speak a picture; who cannot see it learns from the text or table what it holds.",
    ),
    message=Text(
        zh="图表“{title}”没有替代文字，也没有数据表。",
        en="The chart “{title}” has neither alternative text nor a table.",
    ),
    mend=Text(
        zh="在“学习资源”工作表这一行的“替代文字”写一两句话，说出图上最要紧的内容；数据多的，另附一张表并填上路径。",
        en="Write a sentence or two with what matters in the chart as its alternative text in 学习资源; for much data add a table and its path.",
    ),
    looks_at=Still,
    examples=(
        Example(lambda: clip(kind="chart", path="图表/洗手.png", alt="六步洗手的顺序图"), Outcome.PASSED),
        Example(lambda: clip(kind="chart", path="图表/洗手.png"), Outcome.FAILED),
        Example(lambda: clip(kind="text", path="文本/洗手.md"), Outcome.INAPPLICABLE, "不是图表"),
    ),
)
def chart_alternative_missing(still: Still) -> Iterator[Finding | Abstention]:
    """A finding for a chart of which alternative text, table and text version are all empty."""
    entry = still.entry
    if entry.kind != "chart":
        yield inapplicable("不是图表。", "It is no chart.")
    elif not (entry.alt or entry.table or entry.text_alternative):
        yield Finding(at=still.at("alt"))
