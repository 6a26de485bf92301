"""Each paper holds the three kinds, as the bank does (A2(2).4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import ASKED_KINDS, are_kinds_known, kinds_of_bank
from kebao.subjects.course import Paper
from kebao.subjects.sketch import course, paper_of, question


@rule(
    id="paper-lacks-kind",
    clauses=("A2(2).4(2)",),
    severity=Severity.WARNING,
    title=Text(
        zh="一套试卷缺少一种题型",
        en="Paper lacks a kind of question",
    ),
    rationale=Text(
        zh="每套题都可能单独使用，题型不齐，几套题就考得不一样。",
        en="Each paper may be used alone; with different kinds they do not test alike.",
    ),
    message=Text(
        zh="“{title}”没有{kind}，别的试卷里有。",
        en="“{title}” holds no {kind} question, though other papers do.",
    ),
    mend=Text(
        zh="在“{title}”里补几道{kind}。",
        en="Add some {kind} questions to “{title}”.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: course().papers[0], Outcome.PASSED, "三种都有"),
        Example(lambda: paper_of(question("single", 1), question("multiple", 2)), Outcome.FAILED, "这一套没有判断题"),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题，由别的规则指出"),
    ),
)
def paper_lacks_kind(paper: Paper) -> Iterator[Yielded]:
    """One finding for each kind that the bank has and this paper has not."""
    if not paper.questions:
        yield inapplicable("这套试卷没有可看的考题。", "This paper has no questions to look at.")
        return
    if not are_kinds_known(paper.questions) or (paper.read and paper.read.not_understood):
        yield untested(
            "有考题的题型没有读懂，先改好那里。", "The kind of some question was not understood; mend that first."
        )
        return
    present = {question.kind for question in paper.questions}
    for kind in ASKED_KINDS:
        if kind not in present and kind in kinds_of_bank(paper.package):
            own = paper.at()
            at = Location(path=own.path, item=f"{own.item}#{kind.value}", title=own.title, column="题型")
            yield Finding(at=at, evidence=(Measured("questions", len(paper.questions)),), values={"kind": kind.label})
