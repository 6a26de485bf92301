"""Every question has a kind that is known (A2(2).4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Measured, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import gathered, is_kind_known, number_ranges
from kebao.subjects.course import Paper, QuestionSubject
from kebao.subjects.sketch import paper_of, question


@rule(
    id="kind-unknown",
    clauses=("A2(2).4(2)",),
    severity=Severity.WARNING,
    title=Text(
        zh="题型认不出来",
        en="Kind of question unknown",
    ),
    rationale=Text(
        zh="认不出题型，就不知道怎么判分。",
        en="Without a known kind there is no way to mark a question.",
    ),
    message=Text(
        zh="“{title}”有 {count} 题的题型写作“{kind}”，认不出来：第 {numbers} 题。",
        en="In “{title}” the kind of {count} questions reads “{kind}”, which is not known: {numbers}.",
    ),
    mend=Text(
        zh="从“题型”下拉框里选单项选择题、多项选择题或是非判断题；确是别的题型，请写通用名称，如简答题。",
        en="Choose the kind from the drop-down in 题型; for another kind, write its usual name, such as 简答题.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question()), Outcome.PASSED, "单选题"),
        Example(lambda: paper_of(question("other", kind_raw="简答题")), Outcome.PASSED, "条款允许别的题型"),
        Example(lambda: paper_of(question("other", kind_raw="单远题")), Outcome.CANT_TELL, "写错了字"),
    ),
    cant_tell=Text(
        zh="写的题型不在已知名称里：条款说“包括但不限于”，可能是别的题型，也可能是写错了，要人看。",
        en="The kind written is none of the known names: the clause allows further kinds, or it may be a slip; a person must look.",
    ),
)
def kind_unknown(paper: Paper) -> Iterator[Yielded]:
    """One finding for each unknown word that a paper uses for kinds."""
    unknown: dict[str, list[QuestionSubject]] = {}
    for subject in paper.subjects:
        if not is_kind_known(subject.entry):
            unknown.setdefault(subject.entry.kind_raw.strip(), []).append(subject)
    for written, subjects in unknown.items():
        yield Finding(
            at=gathered(paper, subjects, "题型"),
            evidence=(
                Measured("count", len(subjects)),
                Quoted("kind", written or "（空）"),
                Listed("numbers", number_ranges(subjects)),
            ),
            outcome=Outcome.CANT_TELL,
        )
