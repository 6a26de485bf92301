"""Theory and demonstration take more than their share of all hours (A3(2).2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.timing import judge_most_share


@rule(
    id="share-theory-high",
    clauses=("A3(2).2",),
    severity=Severity.WARNING,
    title=Text(zh="理论与演示课时偏多", en="Too much theory and demonstration"),
    rationale=Text(
        zh="职业技能要练才会；理论和演示过多，留给动手的时间就不够。",
        en="Skills are learnt by doing; too much theory and demonstration leaves too little time for it.",
    ),
    message=Text(
        zh="理论知识和技能演示占总课时 {percent}，原则上不高于 {limit_percent}，按现在的总时长多出 {amount}。",
        en="Theory and demonstration take {percent} of all hours, in principle no more than {limit_percent}; that is {amount} too much at this length.",
    ),
    mend=Text(
        zh="压缩讲授，或增加实操内容；拍摄的示范算“演示”，学习者跟着做并有任务单的才算“实操”。",
        en="Shorten the lectures or add practice; a filmed demonstration is 演示, practice is what learners do themselves by a task sheet.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(files={"视频/试水温.mp4": SketchedFile(seconds=1800)}), Outcome.FAILED, "演示占了将近一半"
        ),
        Example(lambda: course(files={"视频/试水温.mp4": None}), Outcome.UNTESTED, "有视频不在，时长不明"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def share_theory_high(package: Package, *, limit_share: str) -> Iterator[Finding | Abstention]:
    """A finding when the share is more than the limit; exact fractions of all hours."""
    yield from judge_most_share(package, "讲授", "演示", most=Fraction(limit_share))
