"""Each fault planted in a paper or the bank gives exactly its finding, and no other rule of papers, questions or rights speaks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kebao.model.location import Location
from kebao.model.text import Text
from kebao.questions.model import NotUnderstood, QuestionKind, QuestionPaper
from kebao.subjects.bank import number_ranges, option_form
from kebao.subjects.course import Package
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course, paper, paper_of, question
from planting import said, with_questions

P1, P2, P3 = (f"试卷/试卷{n}.xlsx" for n in (1, 2, 3))
ROWS: list[dict[str, Any]] = [
    {"id": f"p{n}", "title": f"试卷{n}", "path": f"试卷/试卷{n}.xlsx", "total": "100", "pass_mark": "60"}
    for n in (1, 2, 3)
]
ODD = Text(zh="不是考题。", en="no question.")


def listed(number: int, **changes: Any) -> list[dict[str, Any]]:
    """The three rows of the manifest with one changed."""
    return [{**row, **changes} if n == number else row for n, row in enumerate(ROWS, start=1)]


def of_kinds(first: int, *kinds: str) -> QuestionPaper:
    """A paper of fifty questions of these kinds in turn."""
    return QuestionPaper(
        questions=tuple(question(kinds[n % len(kinds)], n, number=str(n)) for n in range(first, first + 50))
    )


def with_stray_row(count: int = 50) -> QuestionPaper:
    return replace(
        paper(first=1000, count=count),
        not_understood=(NotUnderstood(Location(sheet="试题", row=9), "本页共十题", ODD),),
    )


def test_a_conforming_course_gives_nothing() -> None:
    assert said(course()) == []


@pytest.mark.parametrize(
    "package, expected",
    [
        (course(listed=ROWS[:2]), [("papers-too-few", "failed", "::papers")]),
        (course(listed=[]), [("papers-too-few", "failed", "::papers")]),
        (course(papers={P2: QuestionPaper()}), [("paper-empty", "failed", f"{P2}::")]),
        (course(listed=listed(2, path="")), [("paper-empty", "failed", "::path")]),
        (course(papers={P2: Fault("kind", ODD)}), [("paper-unreadable", "failed", f"{P2}::")]),
        (course(files={"试卷/2.png": SketchedFile()}, listed=listed(2, path="试卷/2.png")), [("paper-unreadable", "failed", "试卷/2.png::")]),
        (course(papers={P1: with_stray_row()}), [("paper-row-not-understood", "failed", f"{P1}:9:")]),
        (course(papers={P1: with_stray_row(49)}), [("paper-row-not-understood", "failed", f"{P1}:9:")]),
        (course(papers={P3: paper(first=1000)}), [("paper-repeats-another", "failed", f"{P3}::")]),
        (course(listed=listed(3, path=P1)), [("paper-repeats-another", "failed", f"{P1}::")]),
        (course(papers={P1: of_kinds(1000, "single", "multiple")}), [("paper-lacks-kind", "failed", f"{P1}::题型")]),
        (course(papers={P1: paper(first=1000, count=49)}, listed=listed(1, total="98")), [("paper-too-small", "failed", f"{P1}::")]),
        (course(listed=listed(1, total="120")), [("score-sum-differs", "failed", "::total")]),
        (course(listed=listed(1, total="50")), [("score-sum-differs", "failed", "::total")]),
        (course(papers={P1: paper(first=1000, total=Decimal(99))}), [("score-sum-differs", "failed", f"{P1}::")]),
        (with_questions({0: {"score": Decimal(3)}}), [("score-sum-differs", "failed", "::total")]),
        (course(listed=listed(1, pass_mark="101")), [("pass-mark-too-high", "failed", "::pass_mark")]),
        (course(papers={P1: paper(first=1000, pass_mark=Decimal(101))}), [("pass-mark-too-high", "failed", f"{P1}::")]),
    ],
)  # fmt: skip
def test_a_fault_in_a_paper_is_found_once(package: Package, expected: list[tuple[str, str, str]]) -> None:
    assert said(package) == expected


@pytest.mark.parametrize(
    "package",
    [
        course(listed=listed(2, path="试卷/没有.xlsx")),
        course(files={P2: SketchedFile(fault=Fault("damaged", ODD))}, papers={P2: Fault("damaged", ODD)}),
    ],
)
def test_an_absent_or_damaged_file_is_left_to_the_rules_on_files(package: Package) -> None:
    assert said(package) == []


@pytest.mark.parametrize("shared, expected", [(25, []), (26, [("paper-repeats-another", "failed", f"{P2}::")])])
def test_up_to_half_may_be_shared(shared: int, expected: list[Any]) -> None:
    assert said(course(papers={P2: paper(first=1050 - shared)})) == expected


def test_a_paper_patched_together_from_two_others_does_not_count() -> None:
    first, second = paper(first=1000), paper(first=2000)
    patched = tuple(
        replace(q, number=str(n)) for n, q in enumerate((*first.questions[:25], *second.questions[:25]), start=1)
    )
    assert said(course(papers={P3: QuestionPaper(questions=patched)})) == [
        ("paper-repeats-another", "failed", f"{P3}::")
    ]


def test_the_same_questions_in_another_order_with_options_shuffled_are_the_same_paper() -> None:
    shuffled = tuple(
        replace(
            q, number=str(n), options=q.options[::-1], answer=tuple({"A": "D", "C": "B"}.get(a, a) for a in q.answer)
        )
        for n, q in enumerate(reversed(paper(first=1000).questions), start=1)
    )
    assert said(course(papers={P2: QuestionPaper(questions=shuffled)})) == [
        ("paper-repeats-another", "failed", f"{P2}::")
    ]


def test_a_kind_that_no_paper_holds_is_a_fault_of_the_bank_alone() -> None:
    package = course(papers={f"试卷/试卷{n}.xlsx": of_kinds(1000 * n, "single", "truefalse") for n in (1, 2, 3)})
    assert said(package) == [("bank-lacks-kind", "failed", "::papers")]


def test_kinds_misspelt_throughout_are_one_finding_a_paper_and_no_lack() -> None:
    wrong = {place: {"kind": QuestionKind.OTHER, "kind_raw": "判段题"} for place in range(3, 50, 4)}
    assert said(with_questions(wrong)) == [("kind-unknown", "cantTell", f"{P1}::题型")]


def test_a_long_course_needs_more_questions() -> None:
    long = {"视频/协助坐位饮水.mp4": SketchedFile(seconds=60_000)}
    assert said(course(files=long)) == [("questions-too-few-for-hours", "failed", "::papers")]


def test_a_weighty_lesson_needs_its_share_of_questions() -> None:
    lessons = [
        {"id": f"k{n}", "title": title} for n, title in enumerate(("职业守则", "试温与防烫", "协助饮水"), start=1)
    ]
    lessons[2]["weight"] = "6"
    assert said(course(catalogue=[{"id": "c1", "title": "饮水照护", "children": lessons}])) == [
        ("lesson-undertested", "failed", "::weight")
    ]


def test_one_file_alone_is_not_asked_for_three_papers() -> None:
    assert said(course(listed=ROWS[:1], rights=[], package={"kind": "single"}, free_use={"agreed": None})) == []


def test_numbers_are_drawn_together() -> None:
    numbers = ("1", "2", "3", "7", "9", "10", "一", "11")
    subjects = paper_of(*(question(serial=n, number=number) for n, number in enumerate(numbers))).subjects
    assert number_ranges(subjects) == ("1–3", "7", "9–10", "一", "11")


@pytest.mark.parametrize(
    "written, form", [(" 洗 手。", "洗手"), ("ＡＢ；", "AB"), ("10²", "10²"), ("mA", "mA"), ("。", "。"), ("", "")]
)
def test_options_are_compared_without_what_means_nothing(written: str, form: str) -> None:
    assert option_form(written) == form
