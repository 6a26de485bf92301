"""A clerk's morning at the desk, by keyboard and scanner alone: six parcels, two of them unknown, one paired, its slip printed.

Each parcel's keystrokes are counted and its time is taken. What is measured is the product (pages, server, focus) under
scripted hands: a key each `KEY` seconds, the pace of an average typist by Card, Moran and Newell (1983), and `AIM` seconds
to take a parcel and hold the scanner to it. So the seconds are an estimate of a person's, and no person was timed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard

KEY = 0.28
AIM = 2.0
MOST_SECONDS = 20
TITLES = ("示例窗口课程一", "示例窗口课程二", "示例窗口课程三", "示例窗口课程四")
PREPARE = """
from datetime import datetime
from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.actions import create, publish
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.shipped import shipped_call
from ketang.selection.desk.codes import label_code
from ketang.selection.intake.actions import receive, start
from ketang.selection.intake.models import Door
chief, by = Account.objects.get(login="administrator"), Account.objects.get(login="supplier")
file = read_call(shipped_call("tianjin-2023")).model_copy(update=dict(id="desk-journey", closes=datetime(2099, 8, 31, 23, 59, 59)))
call = publish(call=create(file=file, actor=chief), actor=chief)
for title in TITLES:
    made = start(actor=by, call=call, organisation=suppliers_of(by).first(), title=title, category="P2(3)")
    stored = put_bytes(title.encode())
    receive(actor=by, submission=made, door=Door.WEB, name="课.zip", digest=stored.digest, size=stored.size)
    print("made", title, made.number, label_code(made.uuid))
"""


@dataclass(slots=True)
class Hands:
    """A clerk with a keyboard and a scanner that types what it reads and Enter."""

    page: Any
    keys: int = 0
    scans: int = 0
    began: float = 0.0

    def take(self) -> None:
        """Take the next parcel; the clock starts."""
        self.keys, self.scans, self.began = 0, 0, time.monotonic()

    def scan(self, text: str) -> None:
        """Hold the scanner to a code."""
        time.sleep(AIM)
        self.scans += 1
        self.page.keyboard.type(text, delay=5)
        self._enter()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.keys += len(text)
        for sign in text:
            time.sleep(KEY)
            self.page.keyboard.insert_text(sign) if ord(sign) > 127 else self.page.keyboard.press(sign)

    def press(self, key: str, times: int = 1) -> None:
        """A key that leads to no other page."""
        for _ in range(times):
            self.keys += 1
            time.sleep(KEY)
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """Enter, and the next page."""
        self.keys += 1
        time.sleep(KEY)
        self._enter()

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def done(self) -> tuple[str, int, int, float]:
        """What the page says was registered; keys, scans and seconds it took."""
        number = self.page.locator("main .panel strong").first.inner_text().removeprefix("已登记 ")
        return number, self.keys, self.scans, time.monotonic() - self.began


def focused(page: Any) -> str:
    """The name of the field that has the focus."""
    return str(page.evaluate("document.activeElement.name || ''"))


def test_a_morning_at_the_desk(page: Any, demonstration: Demonstration) -> None:
    said = demonstration.ketang("django", "shell", "--no-imports", "-c", f"TITLES = {TITLES!r}\n{PREPARE}")
    made = [line.split()[1:] for line in said.splitlines() if line.startswith("made ")]
    assert [title for title, _number, _code in made] == list(TITLES)
    demonstration.sign_in(page, "clerk")
    hands, found = Hands(page), []
    page.goto("/office/desk/")
    for parcel in (_scanned, _typed, _searched, _handed_over):
        _title, number, code = made[len(found)]
        hands.take()
        parcel(hands, code, number, f"SF100000000{len(found)}")
        found.append(hands.done())
        assert (focused(page), TITLES[len(found) - 1] in page.locator("main .panel").inner_text()) == ("q", True)
    for parcel in (_without_a_label, _without_anything):
        hands.take()
        parcel(hands, f"SF100000000{len(found)}")
        found.append(hands.done())
        assert (focused(page), "待认领" in page.locator("main .panel").inner_text()) == ("q", True)
    print("\nparcel          keys  scans  seconds")
    for number, keys, scans, seconds in found:
        print(f"{number}  {keys:4d}  {scans:5d}  {seconds:7.1f}")
    assert len({number for number, *_rest in found}) == 6
    assert max(seconds for *_rest, seconds in found) < MOST_SECONDS
    _pair_and_print(Keyboard(page), hands, found[4][0], made[0][1])
    _told_twice(hands, "SF1000000000", found[0][0])


def _scanned(hands: Hands, code: str, _number: str, tracking: str) -> None:
    """Label and waybill, and no key at all."""
    hands.scan(code)
    assert focused(hands.page) == "tracking"
    hands.scan(tracking)


def _typed(hands: Hands, code: str, _number: str, tracking: str) -> None:
    """The scanner is broken: the label's code and the waybill's number by hand."""
    hands.type(code.replace("-", "").lower())
    hands.enter()
    hands.type(tracking)
    hands.enter()


def _searched(hands: Hands, _code: str, _number: str, tracking: str) -> None:
    """The label is torn: found by the course's name."""
    hands.type("窗口课程三")
    hands.enter()
    hands.scan(tracking)


def _handed_over(hands: Hands, _code: str, number: str, _tracking: str) -> None:
    """Brought by hand, with the number that its supplier knows: Tab to how it came, one key down."""
    hands.type(number.lower())
    hands.enter()
    while focused(hands.page) != "delivery":
        hands.press("Tab")
    hands.press("ArrowDown")
    hands.enter()


def _without_a_label(hands: Hands, tracking: str) -> None:
    """The waybill alone."""
    hands.scan(tracking)
    assert (focused(hands.page), hands.page.locator("[name=tracking]").input_value()) == ("tracking", tracking)
    hands.enter()


def _without_anything(hands: Hands, tracking: str) -> None:
    """A unit's name that nobody knows, and the waybill."""
    hands.type("示例第九中专")
    hands.enter()
    assert hands.page.locator("[name=supplier]").input_value() == "示例第九中专"
    hands.scan(tracking)


def _pair_and_print(keys: Keyboard, hands: Hands, parcel: str, submission: str) -> None:
    """The unknown one is opened by its number, paired, and its slip printed."""
    page = hands.page
    hands.scan(parcel)
    keys.write("扫标签，或输入受理编号、单位、课程", submission)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    shown = page.locator("main").inner_text()
    assert (f"已归入 {submission}。" in shown, TITLES[0] in shown, "待认领" in shown) == (True, True, False)
    keys.press("受理回执", "a")
    page.emulate_media(media="print")
    visible = [
        page.locator(part).is_visible() for part in ("main svg.bars", "main svg.qr", ".navigation", ".on-screen")
    ]
    assert (visible[:3], parcel in page.locator("main .big-code").inner_text()) == ([True, True, False], True)
    assert page.pdf()[:5] == b"%PDF-"
    page.emulate_media(media="screen")


def _told_twice(hands: Hands, tracking: str, number: str) -> None:
    """A waybill that was registered an hour ago is told at once."""
    hands.page.goto("/office/desk/")
    hands.scan(tracking)
    assert f"运单号 {tracking} 已经登记过：{number}。" in hands.page.locator("main").inner_text()
