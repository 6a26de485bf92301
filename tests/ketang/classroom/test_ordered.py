"""A lesson as one text: everything once, in the order of time; as a page and as a file."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.catalogue.ordered import Said, TextLine, merged, text_of
from ketang.platform.storage.actions import put_bytes
from learning_rows import published_course

LINES = st.lists(
    st.builds(TextLine, st.one_of(st.none(), st.fractions(0, 60, max_denominator=10)), st.sampled_from(Said), st.text("甲乙 ", max_size=3)),
    max_size=12,
)  # fmt: skip
VTT = "WEBVTT\n\n00:00:02.000 --> 00:00:03.000\n老师拿起\n水杯。\n\n00:00:04.000 --> 00:00:05.000\n手腕内侧。\n"
FILM = {
    "kind": "video", "title": "试水温", "seconds": 8, "counts_ms": 8000, "text": "全文。",
    "transcript": [{"start": "1.000", "end": "3.000", "text": "先洗手。"}, {"start": "4.000", "end": "6.000", "text": "再试温。"}],
}  # fmt: skip


@given(LINES, LINES)
def test_nothing_is_lost_and_time_runs_forward(one: list[TextLine], other: list[TextLine]) -> None:
    found = merged(one, other)
    wanted = [line for line in (*one, *other) if line.words.strip()]
    assert sorted(map(str, found)) == sorted(map(str, wanted))
    timed = [line.at for line in found if line.at is not None]
    assert timed == sorted(timed)
    assert [line.at for line in found[len(timed) :]] == [None] * (len(found) - len(timed))


@pytest.mark.django_db
def test_of_a_film_and_of_a_text() -> None:
    stored = put_bytes(VTT.encode())
    course = published_course(
        lessons=(
            {**FILM, "media": stored, "descriptions": stored},
            {"kind": "text", "title": "要点", "text": "少量多次。\n\n先试后喂。"},
        )
    )
    film, text = course.lessons
    asked = TextLine(Fraction(4), Said.ASKED, "几度合适？")
    assert [(line.shown, line.kind.value, line.words) for line in text_of(film, [asked])] == [
        ("00:01", "spoken", "先洗手。"), ("00:02", "seen", "老师拿起 水杯。"), ("00:04", "seen", "手腕内侧。"), ("00:04", "spoken", "再试温。"),
        ("00:04", "asked", "几度合适？"),
    ]  # fmt: skip
    assert [(line.at, line.words) for line in text_of(text)] == [(None, "少量多次。"), (None, "先试后喂。")]
    visitor = Client()
    page = visitor.get(reverse("lesson-text", args=[course.uuid, 1])).content.decode()
    assert [words in page for words in ("先洗手。", "<strong>画面：</strong>手腕内侧。", "/1/#t=4")] == [True] * 3
    told = visitor.get(reverse("lesson-text-file", args=[course.uuid, 1]))
    assert told.content.decode() == "\r\n".join(
        [
            "试水温",
            course.title,
            "提供：示例培训学校",
            "",
            "00:01 先洗手。",
            "00:02 画面：老师拿起 水杯。",
            "00:04 画面：手腕内侧。",
            "00:04 再试温。",
            "",
        ]
    )
    assert (told["Content-Type"], told["X-Content-Type-Options"]) == ("text/plain; charset=utf-8", "nosniff")
    assert visitor.get(reverse("lesson-text", args=[course.uuid, 3])).status_code == 404
