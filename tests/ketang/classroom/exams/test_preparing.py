"""From a package's papers to rows: what can be asked, what cannot and why, points, keys that were corrected before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from exam_rows import FIRST, put_papers
from kebao.model.text import Text
from kebao.questions.formats.xlsx_writer import write_paper
from kebao.questions.model import Question as Read
from kebao.questions.model import QuestionKind, QuestionPaper
from kebao.subjects import sketch
from kebao.subjects.facts import Fault
from kebao.subjects.opening import open_any
from ketang.classroom.catalogue.actions import publish
from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.exams.actions import ask_reading
from ketang.classroom.exams.models import AnswerKey, Paper, Question
from ketang.classroom.exams.preparing import put_in
from ketang.classroom.exams.queries import bank_of, open_papers, papers_of, places_of
from ketang.classroom.exams.reading import bank_of as read_bank
from ketang.classroom.exams.reading import pass_of, points_of, why_not
from ketang.people.account.models import Account
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.awarding.models import Decision


def test_a_package_brings_its_papers(selected: Decision, administrator: Account, prepare: Callable[[], None]) -> None:
    """From the zip that came in, through the worker, to what may be sat."""
    course = publish(actor=administrator, decision=selected)
    prepare()
    course.refresh_from_db()
    found = open_papers(course)
    assert [(one.title, one.asks, one.total, one.pass_points, one.minutes) for one in found] == [
        (f"试卷{n}", 50, Decimal(100), Decimal(60), None) for n in (1, 2, 3)
    ]
    first = places_of(found[0])[0]
    assert (first.order, first.points, first.question.kind, first.question.stem, first.question.key.right) == (
        1, Decimal(2), "single", "喂水前先做什么（情形 1000）？", ["A"],
    )  # fmt: skip
    assert course.current is not None
    assert [(one.name, one.count) for one in bank_of(course.current)] == [("试温", 150)]


def test_rows_of_each_kind(course: Course) -> None:
    paper = open_papers(course)[0]
    rows = [(p.order, p.question.kind, p.question.letters, str(p.question.key), p.points) for p in places_of(paper)]
    assert rows == [
        (1, "single", ["A", "B", "C", "D"], "A", Decimal(40)),
        (2, "multiple", ["A", "B", "C", "D"], "AB", Decimal(40)),
        (3, "truefalse", ["对", "错"], "对", Decimal(20)),
    ]
    assert paper.left_out == []


def changed(**fields: object) -> Read:
    return replace(sketch.question("single", 1), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (changed(), ""),
        (changed(kind=QuestionKind.OTHER, kind_raw="简答题"), "题型是“简答题”，不能由程序判分"),
        (changed(stem=" "), "没有题干，图片也没有文字说明"),
        (changed(options=("洗手", " ")), "没有可选的选项"),
        (changed(answer=(), answer_raw="见教材"), "没有写答案，或者答案读不懂：“见教材”"),
        (changed(answer=("E",), answer_raw="E"), "答案“E”不在选项里"),
        (changed(options=("洗手", "", "关灯"), answer=("B",)), "答案“B”不在选项里"),
        (changed(answer=("A", "B"), answer_raw="AB"), "是只能选一个的题，答案却有几个：“AB”"),
    ],
)
def test_what_cannot_be_asked(question: Read, words: str) -> None:
    found = why_not(question)
    assert (found.zh if found else "") == words


def test_a_question_that_cannot_be_marked_is_told_and_its_points_are_not_asked(course: Course) -> None:
    essay = changed(kind=QuestionKind.OTHER, kind_raw="简答题", number="4", score=Decimal(100))
    twice = sketch.question("single", 9, number="6", score=Decimal(100))
    again = Edition.objects.create(course=course, number=2, title="新", supplier="甲", name="x", digest="1" * 64)
    paper = QuestionPaper(
        questions=(*FIRST, essay, sketch.question("single", 9, number="5", score=Decimal(100)), twice)
    )
    unread = Fault("damaged", Text(zh="打不开", en="cannot be opened"))
    package = sketch.course(papers={"试卷/试卷1.xlsx": paper, "试卷/试卷2.xlsx": unread})
    put_in(again, read_bank(package))
    made = papers_of(again)
    assert [(one.title, one.asks, one.number) for one in made] == [("试卷1", 4, 1), ("试卷3", 50, 2)]
    # 60 of the 100 points that the paper states, of 200 that can be asked.
    assert (made[0].total, made[0].pass_points) == (Decimal(200), Decimal(120))
    assert [(one["number"], one["zh"]) for one in made[0].left_out] == [
        ("4", "题型是“简答题”，不能由程序判分"), ("6", "和本卷前面的题相同"),
    ]  # fmt: skip
    assert again.left_out == ["试卷2"]


@pytest.mark.parametrize(
    ("scores", "total", "points"),
    [
        ([2, 3], None, ["2.00", "3.00"]),
        ([None, None, None], 100, ["33.34", "33.33", "33.33"]),
        ([None, 40, None], 100, ["30.00", "40.00", "30.00"]),
        ([None, 40], 40, ["1.00", "40.00"]),
        ([None, 0, -1], None, ["1.00", "1.00", "1.00"]),
    ],
)
def test_points(scores: list[int | None], total: int | None, points: list[str]) -> None:
    given = [None if one is None else Decimal(one) for one in scores]
    assert points_of(given, None if total is None else Decimal(total)) == [Decimal(one) for one in points]


@pytest.mark.parametrize(
    ("there", "mark", "whole", "passes"),
    [(100, 70, 100, "70"), (100, None, 100, "60"), (50, 70, 100, "35"), (100, 170, 100, "60"), (99, None, 99, "59.4"), (3, 1, 7, "0.43")],
)  # fmt: skip
def test_points_to_pass(there: int, mark: int | None, whole: int, passes: str) -> None:
    given = None if mark is None else Decimal(mark)
    assert pass_of(Decimal(there), given, Decimal(whole)) == Decimal(passes)


def test_time_limits() -> None:
    limits = []
    for minutes in (None, Decimal(45), Decimal("0.5"), Decimal(0), Decimal(100_000)):
        package = sketch.course(papers={"试卷/试卷1.xlsx": QuestionPaper(questions=FIRST, minutes=minutes)})
        limits.append(read_bank(package).papers[0].limit_seconds)
    assert limits == [None, 2700, 30, None, None]


def test_questions_of_two_papers_are_one_row_of_the_bank_and_an_edition_is_filled_once(course: Course) -> None:
    edition = course.current
    assert edition is not None
    before = (Paper.objects.count(), Question.objects.count())
    put_papers(course)
    assert (Paper.objects.count(), Question.objects.count()) == before == (3, 103)
    again = Edition.objects.create(course=course, number=2, title="新", supplier="甲", name="x", digest="1" * 64)
    same = QuestionPaper(questions=FIRST)
    put_in(again, read_bank(sketch.course(papers={f"试卷/试卷{n}.xlsx": same for n in (1, 2, 3)})))
    assert (again.papers.count(), again.questions.count()) == (3, 3)


def test_a_corrected_key_stays_corrected_until_the_package_is_mended(course: Course, administrator: Account) -> None:
    wrong = Question.objects.get(edition=course.current, stem="喂水前先做什么？")
    AnswerKey.objects.create(question=wrong, number=2, right=["B"], reason="教材改了", made_by=administrator)
    mended = replace(FIRST[0], answer=("B",))

    def key_of(number: int, *questions: Read) -> tuple[int, list[str], str]:
        edition = Edition.objects.create(
            course=course, number=number, title="新", supplier="甲", name="x", digest="1" * 64, state="former"
        )
        put_in(edition, read_bank(sketch.course(papers={"试卷/试卷1.xlsx": QuestionPaper(questions=questions)})))
        key = edition.questions.get(stem="喂水前先做什么？").key
        return key.number, key.right, key.reason

    assert [key_of(2, *FIRST), key_of(3, mended, *FIRST[1:])] == [(2, ["B"], "教材改了"), (1, ["B"], "")]


def test_pictures_are_stored_and_one_that_is_none_leaves_its_question_out(course: Course, tmp_path: Path) -> None:
    folder = tmp_path / "课"
    (folder / "试卷/图").mkdir(parents=True)
    Image.new("RGB", (40, 30), "green").save(folder / "试卷/图/一.png")
    (folder / "课程介绍.md").write_text("饮水照护。", encoding="utf-8")  # else the only folder is taken for the package
    (folder / "试卷/图/二.svg").write_text("<svg/>", encoding="utf-8")
    asked = [
        replace(sketch.question("single", n), image=image, image_alt="一只手在试水温")
        for n, image in enumerate(("图/一.png", "试卷\\图\\一.png", "图/二.svg", "图/没有.png"), start=1)
    ]
    write_paper(QuestionPaper(questions=tuple(asked)), folder / "试卷/试卷1.xlsx")
    with open_any(folder, occupations=None, as_of=date(2026, 3, 1)) as opened:
        bank = read_bank(opened.package)
    taken = [(one.question.number, one.picture.content_type) for one in bank.papers[0].taken if one.picture]
    assert taken == [("1", "image/png"), ("2", "image/png")]
    assert [(number, why.zh) for number, why in bank.papers[0].left_out] == [
        ("3", "用到的图片“图/二.svg”打不开"), ("4", "用到的图片“图/没有.png”打不开"),
    ]  # fmt: skip


def test_an_edition_from_before_there_were_exams_reads_its_papers_later(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = publish(actor=administrator, decision=selected)
    prepare()
    course.refresh_from_db()
    edition = course.current
    assert edition is not None
    Paper.objects.all().delete()
    Question.objects.all().delete()
    ask_reading(actor=administrator, edition=edition)
    for _ in range(2):  # killed and begun anew, it puts them in once
        run(str(Job.objects.get(name="exams.read").uuid))
    assert [(one.title, one.asks) for one in papers_of(edition)] == [(f"试卷{n}", 50) for n in (1, 2, 3)]
