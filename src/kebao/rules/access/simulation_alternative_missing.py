"""A simulation has no text version (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Still
from kebao.subjects.sketch import clip


@rule(
    id="simulation-alternative-missing",
    clauses=("1.1.1",),
    severity=Severity.ADVICE,
    title=Text(zh="仿真没有文字版", en="Simulation without text version"),
    rationale=Text(
        zh="仿真多要看着用鼠标拖动；看不见或手不便的学习者需要一份能读的替代内容。",
        en="Most simulations are seen and dragged; learners who cannot see or use a mouse need something to read instead.",
    ),
    message=Text(zh="仿真“{title}”没有文字版。", en="The simulation “{title}” has no text version."),
    mend=Text(
        zh="把仿真里的每一步、每个选择和结果写成文字文件，在“学习资源”工作表这一行的“文字版”填上路径。",
        en="Write its steps, choices and results into a text file and fill in the path as text version in the sheet 学习资源.",
    ),
    looks_at=Still,
    examples=(
        Example(
            lambda: clip(kind="simulation", path="仿真/洗手.html", text_alternative="文本/洗手.md"), Outcome.PASSED
        ),
        Example(lambda: clip(kind="simulation", path="仿真/洗手.html"), Outcome.FAILED),
        Example(lambda: clip(kind="text", path="文本/洗手.md"), Outcome.INAPPLICABLE, "不是仿真"),
    ),
)
def simulation_alternative_missing(still: Still) -> Iterator[Finding | Abstention]:
    """A finding for a simulation of which text version and transcript are both empty."""
    entry = still.entry
    if entry.kind != "simulation":
        yield inapplicable("不是仿真。", "It is no simulation.")
    elif not (entry.text_alternative or entry.transcript):
        yield Finding(at=still.at("text_alternative"))
