"""A question asks something (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="stem-missing",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="考题没有题干",
        en="Question without a stem",
    ),
    rationale=Text(
        zh="没有题干，学习者不知道问的是什么。",
        en="Without a stem learners do not know what is asked.",
    ),
    message=Text(
        zh="“{title}”没有题干。",
        en="“{title}” has no stem.",
    ),
    mend=Text(
        zh="在“题干”一列写上题目；不是考题的行请整行删掉。",
        en="Write the question in the column 题干; delete the row if it is no question.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.PASSED, "有题干"),
        Example(lambda: one_question(stem=""), Outcome.FAILED, "题干是空的"),
        Example(lambda: one_question(stem="", image="图片/题1.png"), Outcome.PASSED, "题目在图里"),
    ),
)
def stem_missing(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a question with neither words nor a picture."""
    if not question.entry.stem.strip() and not question.entry.image:
        yield Finding(at=question.at("题干"))
