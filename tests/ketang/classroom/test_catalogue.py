"""Courses are found by one to four hanzi and more, narrowed down and put in order, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.catalogue import finding
from ketang.classroom.catalogue.complaints import restore, rule, take_down
from ketang.classroom.catalogue.finding import Chosen, Found, Sort
from ketang.classroom.catalogue.hits import hits
from ketang.classroom.catalogue.indexing import keep_entry, rebuild
from ketang.classroom.catalogue.marks import category_value
from ketang.classroom.catalogue.models import Course, Edition, Lesson
from ketang.classroom.catalogue.needs import Need, needs_of
from ketang.classroom.catalogue.searched import CatalogueCount, CatalogueEntry, CatalogueText
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.platform.search import bags
from ketang.platform.search.pairs import Phrase, compact, phrases_of, traces_of, words_of
from ketang.platform.storage.actions import put_bytes
from ketang_columns import Column

CARE, SEWING = {"zh": "现代服务业", "en": "Services"}, {"zh": "非遗文创", "en": "Crafts"}


def listed(
    title: str, *texts: Any, supplier: str = "示例学校", introduction: str = "", category: dict[str, str] | None = None,
    occupation: str = "", level: str = "", hours: float = 1, **has: bool,
) -> Course:  # fmt: skip
    """A public course of texts, or of lists of (second, words) for what has a clock."""
    shown: dict[str, Any] = {
        "title": title, "supplier": supplier, "introduction": introduction, "category": "P2(3)" if category else "",
        "category_name": category or {}, "occupation": occupation, "level": level, "counts_ms": round(hours * 2_700_000), **has,
    }  # fmt: skip
    course = Course.objects.create(**shown)
    edition = Edition.objects.create(course=course, number=1, name="课.zip", digest="0" * 64, state="current", **shown)
    for order, told in enumerate(texts, start=1):
        lesson = Lesson(edition=edition, order=order, kind="text", title=f"第{order}课", text="示例")
        if isinstance(told, str):
            lesson.text = told
        else:
            lesson.transcript = [
                {"start": f"{second}.000", "end": f"{second + 2}.000", "text": words} for second, words in told
            ]
        lesson.save()
    course.current, course.state, course.published_at = edition, "published", timezone.now()
    course.save()
    keep_entry(course)
    return course


def titles(words: str = "", **more: Any) -> list[str]:
    return [entry.course.title for entry in Found(Chosen(words=words, **more)).part(0, 50)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("老年人 护理", "老年人护理"), ("ＷＰＳ表格（上） v2", "wps表格上v2"), ("a b-c", "a b c"), ("《家政》；x_y", "家政x y"), ("…！", ""),
    ],
)  # fmt: skip
def test_texts_are_compared_without_signs_case_and_width(text: str, kept: str) -> None:
    assert compact(text) == kept


def test_words_are_hanzi_and_their_pairs() -> None:
    assert words_of("护理员wps表") == {"护", "理", "员", "护理", "理员", "wps", "表"}
    assert words_of("x" * 99) == {"x" * 60}


def test_three_hanzi_in_a_row_leave_a_trace_and_two_none() -> None:
    counts = {"护理员wps表": 1, "护理": 0, "护理员护理员": 3, "护理员工作": 3, "a b c": 0}
    assert {text: len(traces_of(text)) for text in counts} == counts
    assert traces_of("护理员") <= traces_of("老年护理员")
    assert traces_of("护理员") & traces_of("员理护") == set()


def test_a_phrase_asks_for_its_pairs_and_traces() -> None:
    assert phrases_of(" 护理员 护 TIANJ-2 ！护理员 wps表") == [
        Phrase("护理员", ("护理", "理员"), traces=tuple(traces_of("护理员"))), Phrase("护", ("护",)), Phrase("tianj 2", ("tianj", "2")), Phrase("wps表", ("wps", "表")),
    ]  # fmt: skip
    assert phrases_of("tianj") == [Phrase("tianj", (), "tianj")]


FOUND = {
    "水": ["喂水", "试水温", "护理入门"],
    "水温": ["试水温", "护理入门"],
    "试水温": ["试水温", "护理入门"],
    "先试水温": ["护理入门"],
    "温水": [],
    "水 试": ["试水温", "护理入门"],
    "示例": ["护理入门", "喂水", "试水温"],
    "慢慢来 护理": ["护理入门"],
    "慢喂": ["喂水"],
    "喂慢": ["护理入门"],
    "慢慢": ["护理入门", "喂水"],
    "慢慢慢": [],
    "WPS": ["护理入门"],
    "wps 表格": ["护理入门"],
    "wp": [],
    "ketan": ["喂水"],
    "没有的": [],
    "！": [],
    '" OR *': [],
}
"""Hits in the title before hits in the introduction before hits in lessons; then the newest first."""


def test_one_to_four_hanzi_find_what_holds_them(column: Column) -> None:
    listed("试水温", "先量后喂", supplier="示例学校")
    listed("喂水", "慢慢喂 ketang", supplier="示例单位", introduction="喂水的步骤")
    listed("护理入门", [(1, "先试"), (4, "水温，再喂"), (9, "慢慢来")], "用ＷＰＳ表格记录", supplier="示例学校")
    assert {words: titles(words) for words in FOUND} == FOUND
    assert {words: Found(Chosen(words=words)).count(2) for words in ("水", "水温", "没有的")} == {
        "水": 2,
        "水温": 2,
        "没有的": 0,
    }


HANZI = "一二三四五六七八九十的了"


def test_found_is_what_a_plain_scan_finds(column: Column) -> None:
    drawn = random.Random(7)
    texts = {
        f"课{number}": "".join(drawn.choices(HANZI, k=60)) + "。" + "".join(drawn.choices(HANZI, k=40))
        for number in range(40)
    }
    for title, text in texts.items():
        listed(title, text, supplier="甲")
    for length in (1, 2, 3, 4):
        for _ in range(25):
            words = "".join(drawn.choices(HANZI, k=length))
            expected = [title for title, text in reversed(texts.items()) if words in compact(text)]
            assert titles(words) == expected, words


CHOSEN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, ["剪纸", "面点", "照护二", "照护一"]),
    "category": ({"category": category_value(CARE["zh"])}, ["面点", "照护二", "照护一"]),
    "level": ({"level": "1"}, ["照护二"]),
    "occupation": ({"occupation": "护理"}, ["照护二", "照护一"]),
    "hours": ({"hours": "days"}, ["照护二"]),
    "needs": ({"needs": ("captions", "sign")}, ["照护一"]),
    "all": ({"words": "照护", "category": category_value(CARE["zh"]), "level": "0", "hours": "short", "needs": ("captions",)}, ["照护一", "面点"]),
    "words and need": ({"words": "示例", "needs": ("captions",)}, ["面点", "照护一"]),
    "signs alone and a need": ({"words": "！", "needs": ("captions",)}, []),
    "none": ({"level": "1", "needs": ("sign",)}, []),
    "shortest": ({"sort": "shortest"}, ["照护一", "面点", "照护二", "剪纸"]),
    "longest": ({"sort": "longest"}, ["剪纸", "照护二", "面点", "照护一"]),
    "words, shortest": ({"words": "护", "sort": "shortest"}, ["照护一", "面点", "照护二"]),
    "words, longest": ({"words": "示例", "sort": "longest"}, ["剪纸", "照护二", "面点", "照护一"]),
    "words, newest": ({"words": "照护", "sort": "newest"}, ["面点", "照护二", "照护一"]),
}  # fmt: skip


def test_choices_narrow_the_list_and_order_it(column: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse = {"category": CARE, "occupation": "养老护理员"}
    listed("照护一", "示例", level="五级", hours=1.5, has_captions=True, has_sign=True, **nurse)
    listed("照护二", "示例", level="四级", hours=9.9, **nurse)
    listed("面点", "示例，照护", level="五级", hours=4.04, has_captions=True, category=CARE)
    listed("剪纸", "示例", hours=100, category=SEWING)
    assert {name: titles(**asked) for name, (asked, _found) in CHOSEN.items()} == {
        name: found for name, (_asked, found) in CHOSEN.items()
    }
    monkeypatch.setattr(finding, "WALKED", 1)  # as if there were too many to sort them at once
    assert titles("示例", sort=Sort.SHORTEST) == ["照护一", "面点", "照护二", "剪纸"]
    assert titles("示例", sort=Sort.LONGEST) == ["剪纸", "照护二", "面点", "照护一"]
    every = Found(Chosen()).left()
    assert every is not None
    assert {mark: every.get(mark, 0) for mark in (("need", "captions"), ("level", "0"), ("hours", "long"))} == {
        ("need", "captions"): 2, ("level", "0"): 2, ("hours", "long"): 1,
    }  # fmt: skip
    some = Found(Chosen(occupation="护理")).left()
    assert some is not None
    assert (some["need", "captions"], some["level", "1"], some["category", category_value(CARE["zh"])]) == (1, 1, 2)


def test_by_length_few_questions_are_asked_however_many_lengths_there_are(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        listed(f"课 {number}", "照护" if number % 20 == 7 else "剪纸", hours=number + 1)
    for number in range(3):
        listed(f"同长 {number}", "照护", hours=31)
    found = ["课 7", "课 27", "同长 2", "同长 1", "同长 0", "课 47"]
    whole = {"at once": 200, "length by length": 5, "one by one": 1}
    for name, walked in whole.items():
        monkeypatch.setattr(finding, "WALKED", walked)
        assert (name, titles("照护", sort=Sort.SHORTEST)) == (name, found)
        assert (name, titles("照护", sort=Sort.LONGEST)) == (name, [found[5], *found[2:5], found[1], found[0]])
    monkeypatch.setattr(finding, "WALKED", 5)
    with CaptureQueriesContext(connection) as asked:
        assert Found(Chosen(words="照护", sort=Sort.SHORTEST)).part(0, 5)[0].course.title == "课 7"
    assert len(asked) <= 15


def test_a_hit_tells_where_the_words_stand(column: Column) -> None:
    listed(
        "水温", [(0, "今天讲"), (4, "先试"), (9, "水温，再喂")], introduction="入门。" * 50 + "讲水温的课",
    )  # fmt: skip
    listed("喂药", "水要温。水温合适再喂。")
    told = hits(Found(Chosen(words="水温")).part(0, 9), phrases_of("水温"))
    assert [(one.title, one.introduction[-3:], one.spoken and (one.spoken.second, one.spoken.pieces)) for one in told] == [
        ([("水温", True)], [("…" + ("入门。" * 13) + "讲", False), ("水温", True), ("的课", False)],
         (9, [("今天讲 先试 ", False), ("水温", True), ("，再喂", False)])),
        ([("喂药", False)], [], (None, [("水要温。", False), ("水温", True), ("合适再喂。", False)])),
    ]  # fmt: skip
    across = hits(Found(Chosen(words="先试水温")).part(0, 9), phrases_of("先试水温"))
    assert [(one.spoken.second, one.spoken.pieces) for one in across if one.spoken] == [
        (4, [("今天讲 ", False), ("先试 水温", True), ("，再喂", False)])
    ]


def emptied() -> tuple[int, int, int, list[str]]:
    """What is left of a catalogue with nothing in it."""
    counted = CatalogueCount.objects.filter(courses__gt=0).count()
    return CatalogueEntry.objects.count(), CatalogueText.objects.count(), counted, bag("水温")


def bag(words: str) -> list[str]:
    """Keys of bags that hold the words, whether their course is listed or not."""
    from django.db import connection

    table = f"{finding.TABLE}_bag"
    query = {
        "sqlite": f"SELECT rowid FROM {table} WHERE {table} MATCH '\"a{words}\"'",
        "postgresql": f"SELECT id FROM {table} WHERE words @@ '''a{words}'''::tsquery",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [str(key) for (key,) in cursor.fetchall()]


def test_the_index_follows_what_is_public(column: Column) -> None:
    from ketang.classroom.catalogue.actions import show, withdraw
    from ketang.people.account.actions import open_by_command
    from ketang.people.role.actions import appoint_first_administrator

    chief = open_by_command(login="chief", name="chief").account
    appoint_first_administrator(account=chief)
    course = listed("喂水", "试水温", category=CARE, occupation="护理员", level="五级", has_captions=True)
    assert (titles("水温"), len(bag("水温"))) == (["喂水"], 1)
    complaint = take_down(actor=chief, course=course, claimant="某人", contact="", claim="图片")
    assert (titles("水温"), titles(), emptied()) == ([], [], (0, 0, 0, []))
    rule(actor=chief, complaint=complaint, ruling="rejected", grounds="自有")
    restore(actor=chief, course=course)
    assert (titles("水温"), Found(Chosen()).count(9), len(bag("水温"))) == (["喂水"], 1, 1)
    withdraw(actor=chief, course=course, reason="改版")
    assert (titles("水温"), Found(Chosen()).count(9), emptied()) == ([], 0, (0, 0, 0, []))
    show(actor=chief, course=course)
    assert (titles("水温"), Found(Chosen()).count(9)) == (["喂水"], 1)
    corrected = Edition.objects.create(
        course=course, number=2, title="喂水（新）", supplier="示例学校", name="课.zip", digest="1" * 64, state="ready"
    )  # fmt: skip
    Lesson.objects.create(edition=corrected, order=1, kind="text", title="课", text="量体温")
    show(actor=chief, course=course)
    assert (titles("水温"), titles("体温"), Found(Chosen()).count(9), bag("水温")) == ([], ["喂水（新）"], 1, [])
    bags.clear(finding.TABLE)
    CatalogueCount.objects.all().delete()
    assert (titles("体温"), rebuild(), titles("体温"), Found(Chosen()).count(9)) == ([], 1, ["喂水（新）"], 1)


def test_the_command_makes_the_catalogue_anew(small_column: Column) -> None:
    for title in ("甲课", "乙课"):
        listed(title, "试水温")
    Course.objects.filter(title="甲课").update(published_at=timezone.now() + timedelta(hours=1))
    CatalogueEntry.objects.all().delete()
    small_column.run("migrate")  # where nothing is listed, what is public is
    assert titles("水温") == ["甲课", "乙课"]
    told = small_column.run("catalogue", "rebuild").stdout
    assert (told, titles("水温"), len(bag("水温"))) == (
        "目录里有 2 门课程 · the catalogue lists 2 courses\n",
        ["甲课", "乙课"],
        2,
    )


@pytest.mark.django_db
def test_needs_are_told_from_the_lessons() -> None:
    film, song = put_bytes(b"a film"), put_bytes(b"a song")
    easy, hard = "先试水温。再喂水。", "这一句话说得非常长，长得没有人能够一口气读完，所以不易读。"
    course = Course(title="课", supplier="甲", has_captions=True, has_transcript=True)
    seen = Lesson(kind="video", media=film, transcript=[{"start": "0", "end": "1", "text": easy}])
    heard, told = Lesson(kind="audio", media=song, text=easy), Lesson(kind="text", text=hard)
    known = [Need.CAPTIONS, Need.TRANSCRIPT]
    assert needs_of(course, [seen, heard]) == [*known, Need.EASY, Need.KEYBOARD]
    assert needs_of(course, [seen, heard, told]) == [*known, Need.KEYBOARD]
    assert needs_of(course, [Lesson(kind="simulation", media=song)]) == known
    done = Conversion.objects.create(source=film, purpose=Purpose.LESSON, recipe="x", state=ConversionState.DONE)
    Rendition.objects.create(of=done, name="audio", file=song, content_type="audio/mp4")
    assert needs_of(course, [seen, heard, told]) == [*known, Need.KEYBOARD, Need.AUDIO]


@pytest.mark.django_db
def test_a_course_can_be_heard_once_its_sound_is_made() -> None:
    from ketang.classroom.catalogue.preparing import conversion_ended

    film = put_bytes(b"a film")
    course = listed("喂水", "试水温")
    Lesson.objects.filter(edition=course.current).update(media=film, kind="video")
    later = listed("喂药", "试水温")
    assert titles(needs=("audio",)) == []
    done = Conversion.objects.create(source=film, purpose=Purpose.LESSON, recipe="x", state=ConversionState.DONE)
    Rendition.objects.create(of=done, name="audio", file=film, content_type="audio/mp4")
    conversion_ended(done)
    assert (titles(needs=("audio",)), titles("水温")) == (["喂水"], [later.title, "喂水"])
    left = Found(Chosen()).left()
    assert left is not None
    assert left["need", "audio"] == 1


def page(**asked: Any) -> str:
    return Client().get(reverse("courses"), asked).content.decode()


@pytest.mark.django_db
def test_a_visitor_searches_narrows_and_is_helped() -> None:
    course = listed(
        "老年人饮水照护", [(65, "先试<水温>")], introduction="在家照护", category=CARE, occupation="养老护理员", level="五级",
        hours=4.55, has_captions=True,
    )  # fmt: skip
    listed("剪纸", "示例", category=SEWING)
    found = page(words="水温")
    link = f'href="{reverse("lesson", args=[course.uuid, 1])}#t=65"'
    assert [
        one in found
        for one in (
            link,
            "先试&lt;<mark>水温</mark>&gt;",
            "共 1 门课程",
            "1 课 · 4.5 学时 · 五级（初级工） · 养老护理员 · 现代服务业",
        )
    ] == [True] * 4
    assert "老年人饮水<mark>照护</mark>" in page(words="照护")
    assert '"id_level"' not in page()
    everything = page(more="1")
    assert [one in everything for one in ("字幕（1）", "现代服务业（1）", "共 2 门课程", "<mark>")] == [
        True,
        True,
        True,
        False,
    ]
    nothing = page(words="水温", need="sign")
    assert [
        "没有找到" in nothing,
        "不限条件，只找“水温”" in nothing,
        f'href="?words={"%E6%B0%B4%E6%B8%A9"}"' in nothing,
    ] == [True] * 3
    assert "只找“照护”" in page(words="照护 没有的")
    assert "共 2 门课程" in page(category="nonsense", level="99", sort="x", need="y", page="99")


@pytest.mark.django_db
@pytest.mark.parametrize("courses", [1, 5])
@pytest.mark.parametrize("asked", [{}, {"words": "水温"}, {"need": "captions"}])
def test_a_page_costs_the_same_for_one_course_and_five(
    courses: int, asked: dict[str, str], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(courses):
        listed(f"课{number}", "试水温", has_captions=True)
    with django_assert_max_num_queries(8):
        assert f"共 {courses} 门课程" in page(**asked)
