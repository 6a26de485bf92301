"""An exam from beginning to certificate, once by keyboard and once by what a screen reader says: the line is lost twice, the page is gone,
another device goes on, the explanations are read, the certificate is issued, and a stranger checks it in a browser of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from journeys.conftest import ROOT, Demonstration
from journeys.keyboard import Keyboard
from listening import READER, Listener

COURSE = "老年人饮水照护入门"
ASKED = 6
PREPARE = """
import json
from django.test import Client
from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.actions import set_terms
from ketang.classroom.exams.actions import draw_papers, open_paper
from ketang.classroom.exams.queries import bank_of, places_of
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
clerk, course = Account.objects.get(login="clerk"), Course.objects.get(title=COURSE)
opened = open_by_command(login=LOGIN, name="示例考生")
weights = {topic.name: topic.count for topic in bank_of(course.current)}
[paper] = draw_papers(actor=clerk, edition=course.current, weights=weights, count=ASKED, papers=1)
open_paper(actor=clerk, paper=paper, is_open=True)
set_terms(actor=clerk, course=course, is_offered=True, every_lesson=False, exam=True, least=0)
def words_of(papers):
    return [
        {"stem": one.question.stem, "several": one.question.kind == "multiple", "why": one.question.explanation,
         "right": [one.question.words_of(letter) for letter in one.question.key.right]}
        for one in {one.question_id: one for paper in papers for one in places_of(paper)}.values()
    ]
print(json.dumps({"password": opened.password, "course": str(course.uuid), "paper": paper.title, "asked": words_of([paper]),
    "practice": words_of([paper, *course.current.papers.filter(is_practice=True)])}))
"""
"""A learner with a name, a paper of `ASKED` questions drawn from the bank, and a certificate for passing it.

What may be practised once it was sat: its questions, and those of the paper that the demonstration gives for it.
"""


@pytest.fixture
def reader() -> str:
    place = ROOT / "build/interface/node_modules" / READER
    if not place.is_file():
        pytest.skip("no screen reader: python tools/interface_assets.py --tests")
    return place.read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["keyboard", "reader"])
def test_an_exam_and_its_certificate(
    chromium: Any, demonstration: Demonstration, reader: str, by: str, tmp_path: Path
) -> None:
    def hands(page: Any) -> Any:
        return Keyboard(page) if by == "keyboard" else Listener(page, reader)

    login = f"exam-{by}"
    said = demonstration.ketang(
        "django", "shell", "--no-imports", "-c", f"COURSE, LOGIN, ASKED = {COURSE!r}, {login!r}, {ASKED}\n{PREPARE}"
    )
    told = json.loads(said.splitlines()[-1])
    demonstration.made[login] = told["password"]
    errors: list[str] = []
    here, there, elsewhere = (_device(chromium, demonstration, errors) for _ in range(3))
    page = _sat_over_a_line_that_breaks(here, hands, demonstration, login, told)
    result = _handed_in_there(there, hands, demonstration, login, told)
    # The page that was left open on the first device is told.
    page.evaluate("document.querySelector('[name=f1]').click()")
    page.wait_for_url("**/result")
    number, code = _certificate(result, hands, tmp_path)
    _practised(result, hands, told)
    _checked(elsewhere, hands, number, code)
    for context in (here, there, elsewhere):
        context.close()
    assert errors == []


def _device(chromium: Any, demonstration: Demonstration, errors: list[str]) -> Any:
    """A browser of its own, which knows nothing of the others."""
    context = chromium.new_context(
        base_url=demonstration.origin, locale="zh-CN", viewport={"width": 390, "height": 844}
    )
    context.on("page", lambda page: page.on("pageerror", lambda error: errors.append(str(error))))
    return context


def _answer(hands: Any, one: dict[str, Any]) -> None:
    """Answer the question in sight rightly."""
    stem = hands.page.locator(".exam-question:visible .exam-stem").inner_text()
    assert stem == one["stem"]
    for words in one["right"]:
        (hands.tick if one["several"] else hands.choose)(words)


def _sat_over_a_line_that_breaks(
    context: Any, hands: Callable[[Any], Any], demonstration: Demonstration, login: str, told: dict[str, Any]
) -> Any:
    """Four questions: the first on line, two without, the fourth without and on a page that is gone. Gives the page that came after."""
    page, asked = context.new_page(), told["asked"]
    demonstration.sign_in(page, login)
    by = hands(page)
    page.goto(f"/courses/{told['course']}/")
    by.press("考试", "a")
    by.press(told["paper"], "a")
    by.press("开始考试", "button")
    _answer(by, asked[0])
    page.get_by_text("答案已保存。").wait_for()
    by.turn("下一题")
    context.set_offline(True)
    _answer(by, asked[1])
    page.get_by_text("没有连上。").wait_for()
    by.turn("下一题")
    _answer(by, asked[2])
    context.set_offline(False)
    page.get_by_text("答案已保存。").wait_for()
    by.turn("下一题")
    context.set_offline(True)
    _answer(by, asked[3])
    by.tick("标记这一题")
    page.get_by_text("没有连上。").wait_for()
    address = page.url
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    # What the page before could not send is brought by this one.
    page.locator("[data-answered-count]", has_text="已答 4 题").wait_for(state="attached")
    return page


def _handed_in_there(
    context: Any, hands: Callable[[Any], Any], demonstration: Demonstration, login: str, told: dict[str, Any]
) -> Any:
    """Another device finds the exam by itself, goes on with the fifth question, looks over, hands in and reads. Gives its page."""
    page, asked = context.new_page(), told["asked"]
    demonstration.sign_in(page, login)
    by = hands(page)
    page.goto("/learn/")
    by.press("接着考", "a")
    _answer(by, asked[4])
    page.get_by_text("答案已保存。").wait_for()
    by.turn("下一题")
    _answer(by, asked[5])
    by.press("检查答案", "button")
    review = page.locator("main").inner_text()
    assert [words in review for words in ("每一题都答了。", "您标记了 1 题。")] == [True, True]
    by.press("交卷", "button")
    shown = page.locator("main").inner_text()
    assert [words in shown for words in ("及格", f"答对 {ASKED} 题，共 {ASKED} 题")] == [True, True]
    assert [one["why"] in shown for one in asked] == [True] * ASKED
    if isinstance(by, Listener):
        for one in asked:
            by.hear(one["why"])
    return page


def _certificate(page: Any, hands: Callable[[Any], Any], folder: Path) -> tuple[str, str]:
    """From the result to the certificate and its paper: number and code that stand on it."""
    by = hands(page)
    by.press("结业证书", "a")
    by.press("领取证书", "button")
    with page.expect_download() as taken:
        by.turn("下载证书", "a")
    taken.value.save_as(folder / "certificate.pdf")
    words = pypdfium2.PdfDocument(folder / "certificate.pdf")[0].get_textpage().get_text_bounded()
    number, code = re.search(r"ZS\d{10}", words), re.search(r"\b[a-z2-9]{4}-[a-z2-9]{4}\b", words)
    assert number is not None, words
    assert code is not None, words
    return number[0], code[0]


def _practised(page: Any, hands: Callable[[Any], Any], told: dict[str, Any]) -> None:
    """What was sat may be practised: one question, with its explanation at once."""
    by = hands(page)
    page.goto(f"/learn/courses/{told['course']}/exams")
    by.press("练习", "a")
    by.press(f"练习全部 {len(told['practice'])} 题", "a")
    stem = page.locator("main legend").inner_text().strip()
    one = next(one for one in told["practice"] if one["stem"] == stem)
    for words in one["right"]:
        (by.tick if one["several"] else by.choose)(words)
    by.press("看答案", "button")
    shown = page.locator("main").inner_text()
    assert ["答对了" in shown, one["why"] in shown] == [True, True]
    if isinstance(by, Listener):
        by.hear(one["why"])


def _checked(context: Any, hands: Callable[[Any], Any], number: str, code: str) -> None:
    """A stranger, who is not signed in, types what stands on the paper; a wrong code is no certificate."""
    page = context.new_page()
    by = hands(page)
    for typed, right in (("2222-2222", False), (code, True)):
        page.goto("/")
        Keyboard(page).press("验证证书", "a")
        by.write("证书编号", number)
        by.write("验证码", typed)
        by.press("验证", "button")
        shown = page.locator("main").inner_text()
        assert ["现在有效" in shown, "示＊＊＊" in shown, COURSE in shown] == [right] * 3
        assert "示例考生" not in page.content()
