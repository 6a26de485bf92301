"""A question's picture is in the package (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import QuestionSubject
from kebao.subjects.sketch import one_question


@rule(
    id="question-image-absent",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="考题的图片不在包里",
        en="Question's picture absent",
    ),
    rationale=Text(
        zh="图片缺了，题目就看不全，学习者无法作答。",
        en="Without its picture a question cannot be answered.",
    ),
    message=Text(
        zh="“{title}”用的图片“{image}”不在课程包里。",
        en="The picture “{image}” of “{title}” is not in the package.",
    ),
    mend=Text(
        zh="把图片放进课程包，在“图片”一列写它的路径，如 图片/题12.png。",
        en="Put the picture into the package and write its path in the column 图片, such as 图片/题12.png.",
    ),
    looks_at=QuestionSubject,
    examples=(
        Example(lambda: one_question(), Outcome.INAPPLICABLE, "没有图片"),
        Example(lambda: one_question(image="文本/任务单.md"), Outcome.PASSED, "文件在包里"),
        Example(lambda: one_question(image="图片/题1.png"), Outcome.FAILED, "文件不在包里"),
    ),
)
def question_image_absent(question: QuestionSubject) -> Iterator[Yielded]:
    """One finding for a picture found neither from the package's root nor beside the paper."""
    image = question.entry.image.strip().replace("\\", "/").removeprefix("./")
    if not image:
        yield inapplicable("没有图片。", "There is no picture.")
        return
    beside = str(PurePosixPath(question.paper.entry.path).parent / image)
    if not any(question.package.facts.exists(path) for path in (image, beside)):
        yield Finding(at=question.at("图片"), evidence=(Quoted("image", question.entry.image),))
