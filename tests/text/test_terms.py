from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.text.terms import LessonIndex, best_matches, frequencies, normal_stem, overlap, terms

LESSONS = [
    "第1讲 七步洗手法",
    "第2讲 心肺复苏 CPR 与 AED",
    "第3讲 伤口包扎与止血",
    "第4讲 老年人跌倒的预防",
    "第5讲 职业道德与法律法规",
]


def test_terms_of_a_question() -> None:
    assert terms("七步洗手法的正确顺序是（  ）") == {"七步", "步洗", "洗手", "手法", "七步洗手法", "顺序"}
    assert terms("使用 AED 前应先做什么？") == {"使用", "aed", "先做"}
    assert terms("下列说法正确的是（ ）。") == frozenset()
    assert terms("") == frozenset()


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("七步洗手法中第一步是什么？", 0),
        ("成人ＣＰＲ胸外按压的频率是多少？", 1),
        ("下列哪一项不属于止血的方法？", 2),
        ("预防老年人跌倒，应保持地面干燥。", 3),
        ("违反法律法规的行为是", 4),
    ],
)
def test_a_question_finds_its_lesson(question: str, lesson: int) -> None:
    assert best_matches(question, LESSONS)[0][0] == lesson


def test_a_question_about_something_else() -> None:
    assert best_matches("西式面点的和面温度", LESSONS) == []
    assert best_matches("", LESSONS) == []
    assert best_matches("洗手", []) == []


def test_the_score_is_the_weighted_share_of_what_is_asked() -> None:
    lessons = [frozenset({"洗手", "步骤"}), frozenset({"包扎", "步骤"})]
    frequency = frequencies(lessons)
    assert frequency == {"洗手": 1, "步骤": 2, "包扎": 1}
    asked = {"洗手", "步骤", "面点"}  # weights 1, 1/2, 1 (nowhere)
    assert [overlap(asked, lesson, frequency) for lesson in lessons] == [Fraction(3, 5), Fraction(1, 5)]
    assert overlap((), lessons[0], frequency) == 0


def test_equals_stand_in_the_order_of_the_lessons_and_the_limit_holds() -> None:
    lessons = ["洗手", "洗手", "洗手", "洗手"]
    assert best_matches("洗手", lessons) == [(0, Fraction(1)), (1, Fraction(1)), (2, Fraction(1))]
    assert best_matches("洗手", lessons, limit=1) == [(0, Fraction(1))]


@given(
    st.text(alphabet="洗手包扎步骤止血的了ab1 ", max_size=20),
    st.lists(st.text(alphabet="洗手包扎步骤止血的了ab1 ", max_size=20), max_size=6),
)
def test_the_index_agrees_with_overlap(question: str, lessons: list[str]) -> None:
    held = [terms(lesson) for lesson in lessons]
    frequency = frequencies(held)
    scores = ((at, overlap(terms(question), lesson, frequency)) for at, lesson in enumerate(held))
    expected = sorted((found for found in scores if found[1]), key=lambda found: (-found[1], found[0]))
    assert best_matches(question, LessonIndex(lessons), limit=99) == expected
    assert all(0 < score <= 1 for _, score in expected)


@pytest.mark.parametrize("given_as", ["index", "plain"])
def test_ten_thousand_questions_in_two_seconds(given_as: str) -> None:
    chance = random.Random(3)
    hanzi = [chr(c) for c in range(0x4E00, 0x4E00 + 400)]
    lessons = ["".join(chance.choices(hanzi, k=300)) for _ in range(50)]
    questions = ["".join(chance.choices(hanzi, k=30)) for _ in range(10_000)]
    index = LessonIndex(lessons) if given_as == "index" else lessons
    start = time.process_time()
    matched = sum(bool(best_matches(question, index)) for question in questions)
    assert time.process_time() - start < 2
    assert matched > 9_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("洗手的第一步是（  ）。", "洗手的第一步是____？"),
        ("洗手的第一步是（）", "洗手的 第一步 是【 】"),
        ("ＡＥＤ是什么？", "aed是什么"),
        ("3－5 次", "3—5次"),
        ("“七步洗手法”有几步", "七步洗手法,有几步……"),
    ],
)
def test_stems_that_are_the_same(one: str, other: str) -> None:
    assert normal_stem(one) == normal_stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("伤口应包扎", "伤口不应包扎"),
        ("下列正确的是", "下列不正确的是"),
        ("属于急救", "非属于急救"),
        ("体温 37.5 ℃", "体温 375 ℃"),
        ("比例 3:1", "比例 31"),
        ("-5 度", "5 度"),
        ("3-5 次", "35 次"),
        ("3 — 5 次", "35 次"),
        ("温度为-5度", "温度为5度"),
        ("温度为−5度", "温度为5度"),
        ("a<b", "a>b"),
        ("浓度 75%", "浓度 75"),
        ("一半是 1/2", "一半是 12"),
    ],
)
def test_stems_that_differ(one: str, other: str) -> None:
    assert normal_stem(one) != normal_stem(other)


@given(st.text(max_size=60))
def test_a_normal_stem_is_stable(text: str) -> None:
    once = normal_stem(text)
    assert normal_stem(once) == once
