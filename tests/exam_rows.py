"""A course with papers for tests of exams: kebao's sketched course, its papers read and put in as when a package is prepared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kebao.questions.model import Question, QuestionKind, QuestionPaper
from kebao.subjects import sketch
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.preparing import put_in
from ketang.classroom.exams.reading import bank_of
from learning_rows import published_course

FIRST: tuple[Question, ...] = (
    Question("1", QuestionKind.SINGLE, "单选", "喂水前先做什么？", ("洗手", "关灯", "看电视", "开窗"), ("A",), score=Decimal(40), explanation="A 对：先洗手，防止把病菌带给老人。", topic="卫生"),
    Question("2", QuestionKind.MULTIPLE, "多选", "下列哪些是试温方法？", ("滴在手腕内侧", "用温度计", "让老人先尝", "凭感觉"), ("A", "B"), score=Decimal(40), explanation="不让老人试温。", topic="试温"),
    Question("3", QuestionKind.TRUE_FALSE, "判断", "水温要先试再喂。", (), ("对",), score=Decimal(20), topic="试温"),
)  # fmt: skip
"""A short paper of each kind: 40 + 40 + 20 points."""


def course_with_papers(
    title: str = "老年人饮水照护入门", first: Sequence[Question] = FIRST, minutes: Decimal | None = None
) -> Course:
    """A published course with three papers: the short one, and two of 50 questions each."""
    course = published_course(title)
    put_papers(course, first, minutes)
    return course


def put_papers(course: Course, first: Sequence[Question] = FIRST, minutes: Decimal | None = None) -> None:
    """Its current edition gets the papers of the sketched package."""
    package = sketch.course(
        papers={"试卷/试卷1.xlsx": QuestionPaper(path="试卷/试卷1.xlsx", questions=tuple(first), minutes=minutes)}
    )
    edition = course.current
    assert edition is not None
    put_in(edition, bank_of(package))
    edition.save()
