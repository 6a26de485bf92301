"""A question's picture is told in words too (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="image-alternative-missing",
    clauses=("1.1.1",),
    severity=Severity.ADVICE,
    title=Text(
        zh="考题的图片没有文字说明",
        en="Question's picture without words",
    ),
    rationale=Text(
        zh="看不见图片的学习者靠文字说明答题；说明应讲图上有什么，不说出答案。",
        en="Learners who cannot see the picture answer by its words, which tell what it shows without giving the answer away.",
    ),
    message=Text(
        zh="“{title}”的图片没有文字说明。",
        en="The picture of “{title}” has no words beside it.",
    ),
    mend=Text(
        zh="在“图片说明”一列用一两句话写出图上有什么，不要写出答案。",
        en="Tell in the column 图片说明, in a sentence or two, what the picture shows, without the answer.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(image="图片/题1.png", image_alt="一支水银温度计"), Outcome.PASSED, "有说明"),
        Example(lambda: one_question(image="图片/题1.png"), Outcome.FAILED, "没有说明"),
        Example(lambda: one_question(), Outcome.INAPPLICABLE, "没有图片"),
    ),
)
def image_alternative_missing(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a picture without words."""
    if not question.entry.image:
        yield inapplicable("没有图片。", "There is no picture.")
        return
    if not question.entry.image_alt.strip():
        yield Finding(at=question.at("图片说明"), evidence=(Quoted("image", question.entry.image),))
