"""Each fault planted in a question gives exactly its finding, at its place, and no other rule of papers, questions or rights speaks."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kebao.questions.model import QuestionKind, QuestionPaper
from kebao.subjects.course import Package
from kebao.subjects.matching import lesson_matches, questions_by_lesson
from kebao.subjects.sketch import SketchedFile, course, paper
from planting import said, with_questions

P1 = "试卷/试卷1.xlsx"
SINGLE, MULTIPLE, TRUE_FALSE = 0, 2, 3  # places of one question of each kind in the sketch's paper
ROW = 1001  # row of the first question; the sketch numbers rows by serial

ONE_QUESTION: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("stem-missing", SINGLE, {"stem": " "}, "failed", "题干"),
    ("answer-missing", SINGLE, {"answer": ()}, "failed", "答案"),
    ("answer-missing", TRUE_FALSE, {"answer": (), "answer_raw": "  "}, "failed", "答案"),
    ("answer-not-understood", SINGLE, {"answer": (), "answer_raw": "第二个"}, "failed", "答案"),
    ("answer-outside-options", SINGLE, {"answer": ("E",)}, "failed", "答案"),
    ("answer-outside-options", SINGLE, {"answer": ("A", "E")}, "failed", "答案"),
    ("answer-outside-options", SINGLE, {"answer": ("对",)}, "failed", "答案"),
    ("answer-outside-options", MULTIPLE, {"options": ("甲", "乙")}, "failed", "答案"),
    ("answer-outside-options", TRUE_FALSE, {"answer": ("A",)}, "failed", "答案"),
    ("single-has-several-answers", SINGLE, {"answer": ("A", "B")}, "failed", "答案"),
    ("single-has-several-answers", TRUE_FALSE, {"answer": ("对", "错")}, "failed", "答案"),
    ("multiple-has-one-answer", MULTIPLE, {"answer": ("B",)}, "failed", "答案"),
    ("options-too-few", SINGLE, {"options": ()}, "failed", "选项A"),
    ("options-too-few", MULTIPLE, {"options": ("甲",)}, "failed", "选项A"),
    ("options-too-few", SINGLE, {"options": ("甲", "", "")}, "failed", "选项A"),
    ("option-empty", SINGLE, {"options": ("甲", " ", "丙")}, "failed", "选项B"),
    ("option-empty", SINGLE, {"options": ("", "乙", "丙")}, "failed", "选项A"),
    ("option-repeated", SINGLE, {"options": ("甲", "乙", "甲")}, "failed", "选项C"),
    ("option-repeated", SINGLE, {"options": ("ＡＢ", "乙", "AB。")}, "failed", "选项C"),
    ("score-missing", SINGLE, {"score": None}, "failed", "分值"),
    ("score-not-positive", SINGLE, {"score": Decimal(0)}, "failed", "分值"),
    ("score-not-positive", SINGLE, {"score": Decimal(-2)}, "failed", "分值"),
    ("kind-unknown", SINGLE, {"kind": QuestionKind.OTHER, "kind_raw": "单远题"}, "cantTell", "题型"),
    ("question-number-repeated", 1, {"number": "1"}, "failed", "题号"),
    ("question-image-absent", SINGLE, {"image": "图片/题1.png", "image_alt": "水杯"}, "failed", "图片"),
    ("image-alternative-missing", SINGLE, {"image": "文本/任务单.md"}, "failed", "图片说明"),
    ("lesson-unknown", SINGLE, {"lesson": "喂饭"}, "failed", "对应目录"),
    ("match-unconfirmed", SINGLE, {"lesson": ""}, "cantTell", "对应目录"),
    ("question-unmatched", SINGLE, {"lesson": "", "topic": "", "stem": "钢筋怎样检验", "options": ("拉伸", "弯曲")}, "cantTell", "对应目录"),
    ("paper-partly-guessed", SINGLE, {"confidence": 0.7}, "cantTell", ""),
]  # fmt: skip


@pytest.mark.parametrize("rule, place, change, outcome, column", ONE_QUESTION)
def test_a_fault_in_one_question_is_found_once(
    rule: str, place: int, change: dict[str, Any], outcome: str, column: str
) -> None:
    assert said(with_questions({place: change})) == [(rule, outcome, f"{P1}:{ROW + place}:{column}")]


@pytest.mark.parametrize(
    "place, change",
    [
        (SINGLE, {"options": ("10", "10²", "mA", "MA")}),
        (SINGLE, {"options": ("是", "否"), "answer": ("B",)}),
        (SINGLE, {"stem": "", "image": "文本/任务单.md", "image_alt": "水杯"}),
        (SINGLE, {"image": "./题1.png", "image_alt": "水杯"}),
        (TRUE_FALSE, {"options": ("对", "错"), "answer": ("A",)}),
        (
            SINGLE,
            {"kind": QuestionKind.OTHER, "kind_raw": "简答题", "options": (), "answer": (), "answer_raw": "先洗手"},
        ),
        (SINGLE, {"number": ""}),
        (SINGLE, {"lesson": "饮水照护/试温与防烫"}),
        (SINGLE, {"lesson": "饮水照护"}),
        (SINGLE, {"lesson": "K2"}),
    ],
)
def test_what_is_no_fault_is_not_found(place: int, change: dict[str, Any]) -> None:
    package = with_questions({place: change})
    package.facts.files["试卷/题1.png"] = SketchedFile()  # type: ignore[attr-defined]  # beside the paper
    assert said(package) == []


def test_a_question_that_stands_twice_is_found_at_the_later_one() -> None:
    first = paper(first=1000).questions[0]
    whole_row = {"number": "1", "stem": first.stem, "options": first.options[::-1], "answer": ("D",)}
    assert said(with_questions({5: whole_row})) == [("question-repeated", "failed", f"{P1}:{ROW + 5}:题干")]


def test_the_same_stem_with_other_options_is_for_a_person_and_told_once() -> None:
    stem = {"stem": "下列说法正确的是"}
    package = with_questions({n: {**stem, "options": (f"甲{n}", "乙", "丙")} for n in (0, 1, 4)})
    assert said(package) == [("question-repeated", "cantTell", f"{P1}:{ROW + 1}:题干")]


def test_a_negation_makes_another_question() -> None:
    assert said(with_questions({3: {"stem": "应先试温。"}, 7: {"stem": "不应先试温。"}})) == []


def test_sections_may_number_from_one_but_a_kind_may_not_repeat_a_number() -> None:
    numbers = {place: {"number": str(n)} for n, place in enumerate((3, 7, 11), start=1)}
    assert said(with_questions(numbers)) == []


@pytest.mark.parametrize(
    "change, rule, outcome, column",
    [
        ({"answer": ()}, "answer-missing", "failed", "答案"),
        ({"score": None}, "score-missing", "failed", "分值"),
        ({"kind": QuestionKind.OTHER, "kind_raw": ""}, "kind-unknown", "cantTell", "题型"),
        ({"lesson": "", "topic": "试温"}, "match-unconfirmed", "cantTell", "对应目录"),
        ({"confidence": 0.5}, "paper-partly-guessed", "cantTell", ""),
    ],
)
def test_a_whole_column_at_fault_is_one_finding(change: dict[str, Any], rule: str, outcome: str, column: str) -> None:
    assert said(with_questions(dict.fromkeys(range(50), change))) == [(rule, outcome, f"{P1}::{column}")]


def test_a_lesson_that_was_renamed_in_the_catalogue_is_one_finding() -> None:
    lessons = [
        {"id": f"k{n}", "title": title, "use": [f"v{n}"]}
        for n, title in enumerate(("职业守则", "试水温", "协助饮水"), start=1)
    ]
    package = course(catalogue=[{"id": "c1", "title": "饮水照护", "children": lessons}])
    assert said(package) == [("lesson-unknown", "failed", f"{P1}:1001:对应目录")]


def test_a_name_that_stands_twice_in_the_catalogue_is_left_to_the_rule_on_names() -> None:
    lessons = [{"id": f"k{n}", "title": title} for n, title in enumerate(("职业守则", "职业守则", "协助饮水"), start=1)]
    assert said(course(catalogue=[{"id": "c1", "title": "饮水照护", "children": lessons}])) == []


def test_a_lesson_without_a_question_is_found_at_its_row_of_the_catalogue() -> None:
    lessons = [
        {"id": f"k{n}", "title": title}
        for n, title in enumerate(("职业守则", "试温与防烫", "协助饮水", "交接"), start=1)
    ]
    package = course(catalogue=[{"id": "c1", "title": "饮水照护", "children": lessons}])
    assert said(package) == [("lesson-untested", "failed", "::title")]
    assert questions_by_lesson(package) == {"k1": 50, "k2": 50, "k3": 50, "k4": 0}


def test_a_lesson_of_no_weight_needs_no_question() -> None:
    lessons = [
        {"id": f"k{n}", "title": title} for n, title in enumerate(("职业守则", "试温与防烫", "协助饮水"), start=1)
    ]
    lessons.append({"id": "k4", "title": "交接", "weight": "0"})
    assert said(course(catalogue=[{"id": "c1", "title": "饮水照护", "children": lessons}])) == []


def test_names_match_in_any_way_of_numbering_and_by_chapter() -> None:
    chapters = [
        {"id": "a", "title": "第一章 准备", "children": [{"id": "a1", "title": "第1讲 洗手"}]},
        {"id": "b", "title": "第二章 实操", "children": [{"id": "b1", "title": "第1讲 洗手"}]},
    ]
    named = [
        "第一讲 洗手",
        "第01讲：洗手",
        "第二章 实操/第1讲 洗手",
        "第2章 实操 > 第一讲 洗手",
        "B1",
        "第二章 实操",
        "洗脚",
    ]
    questions = paper(first=1000, count=len(named)).questions
    package = course(
        catalogue=chapters,
        listed=[{"title": "试卷1", "path": P1}],
        papers={
            P1: QuestionPaper(
                questions=tuple(replace(q, lesson=name) for q, name in zip(questions, named, strict=True))
            )
        },
    )
    found = [lesson.item if lesson and by_name else None for _, lesson, by_name in lesson_matches(package)]
    assert found == ["a1", "a1", "b1", "b1", "b1", "b", None]
    assert questions_by_lesson(package) == {"a1": 2, "b1": 4}


def test_words_find_the_lesson_in_its_captions_and_one_chance_word_does_not() -> None:
    files = {
        "视频/试水温.vtt": SketchedFile(text="WEBVTT\n\n00:01.000 --> 00:02.000\n把水滴在手腕内侧，不烫再喂老人。\n")
    }
    plain = {"lesson": "", "topic": ""}
    made = with_questions(
        {
            0: {**plain, "stem": "把水滴在哪里试", "options": ("手腕内侧", "桌面")},
            1: {**plain, "stem": "塔式起重机的力矩限制器怎样标定和校验", "options": ("每班校验记录温度变化", "年检")},
        }
    )
    package = course(files=files, papers={P1: made.question_papers[P1]})
    assert [(lesson.item if lesson else None, by_name) for _, lesson, by_name in lesson_matches(package)[:2]] == [
        ("k2", False),
        (None, False),
    ]


def test_ten_thousand_questions_are_judged_in_seconds() -> None:
    package = _bank(200, 50)
    began = time.process_time()  # not the clock: other tests run beside
    assert said(package) == []
    assert time.process_time() - began < 10


def _bank(papers: int, each: int) -> Package:
    """A course with that many sound papers."""
    listed = [{"id": f"p{n}", "title": f"试卷{n}", "path": f"试卷/{n}.xlsx"} for n in range(papers)]
    files = {entry["path"]: SketchedFile() for entry in listed}
    read = {entry["path"]: paper(first=1 + each * n, count=each) for n, entry in enumerate(listed)}
    return course(listed=listed, files=files, papers=read)
