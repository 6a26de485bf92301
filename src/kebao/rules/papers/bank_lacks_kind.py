"""The bank holds single choice, multiple choice and true-false (A2(2).4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionPaper
from kebao.subjects.bank import ASKED_KINDS, are_kinds_known, is_read_whole
from kebao.subjects.course import Package
from kebao.subjects.sketch import course, question


def _two_kinds(serial: int) -> QuestionPaper:
    kinds = ("single", "multiple")
    return QuestionPaper(questions=tuple(question(kinds[n % 2], 100 * serial + n) for n in range(50)))


@rule(
    id="bank-lacks-kind",
    clauses=("A2(2).4(2)",),
    severity=Severity.ERROR,
    title=Text(
        zh="题库缺少一种题型",
        en="Bank lacks a kind of question",
    ),
    rationale=Text(
        zh="三种题型考的深浅不同，缺一种就少考一面。",
        en="Each of the three kinds tests something else; without one, a side goes untested.",
    ),
    message=Text(
        zh="整个题库没有一道{kind}。",
        en="The whole bank holds no {kind} question.",
    ),
    mend=Text(
        zh="在各套试卷里补上{kind}，“题型”一列从下拉框里选。",
        en="Add {kind} questions to the papers; choose the kind from the drop-down in the column 题型.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "三种都有"),
        Example(
            lambda: course(papers={f"试卷/试卷{n}.xlsx": _two_kinds(n) for n in (1, 2, 3)}),
            Outcome.FAILED,
            "没有判断题",
        ),
        Example(lambda: course(listed=[]), Outcome.INAPPLICABLE, "没有试卷，由别的规则指出"),
        Example(lambda: course(papers={"试卷/试卷1.xlsx": QuestionPaper()}), Outcome.UNTESTED, "有试卷是空的"),
    ),
)
def bank_lacks_kind(package: Package) -> Iterator[Yielded]:
    """One finding for each of the three kinds that no paper holds."""
    if package.kind == "single" or not package.papers:
        yield inapplicable("没有可看的题库。", "There is no bank to look at.")
        return
    asked = [question for paper in package.papers for question in paper.questions]
    if not is_read_whole(package) or not are_kinds_known(asked):
        yield untested("有试卷或题型没有读懂，先改好那里。", "Some paper or kind was not understood; mend that first.")
        return
    present = {question.kind for question in asked}
    for kind in ASKED_KINDS:
        if kind not in present:
            at = package.at("papers", item=kind.value)
            yield Finding(at=at, evidence=(Measured("questions", len(asked)),), values={"kind": kind.label})
