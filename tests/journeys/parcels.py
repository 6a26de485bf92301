"""A clerk's hands at the desk: keyboard and scanner, and the ways in which six parcels are registered with them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

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
file = read_call(shipped_call("tianjin-2023")).model_copy(update=dict(id=SLUG, closes=datetime(2099, 8, 31, 23, 59, 59)))
call = publish(call=create(file=file, actor=chief), actor=chief)
for title in TITLES:
    made = start(actor=by, call=call, organisation=suppliers_of(by).first(), title=title, category="P2(3)")
    stored = put_bytes(title.encode())
    receive(actor=by, submission=made, door=Door.WEB, name="课.zip", digest=stored.digest, size=stored.size)
    print("made", title, made.number, label_code(made.uuid))
print("call", call.uuid)
"""
"""What an office has before its morning: a published call `SLUG` with a submission of each of `TITLES` by web. Prints them, and the call."""


@dataclass(slots=True)
class Hands:
    """A clerk with a keyboard (`key` seconds each) and a scanner (`aim` seconds) that types what it reads and Enter."""

    page: Any
    key: float = 0
    aim: float = 0
    keys: int = 0
    scans: int = 0
    began: float = 0.0

    def take(self) -> None:
        """Take the next parcel; the clock starts."""
        self.keys, self.scans, self.began = 0, 0, time.monotonic()

    def scan(self, text: str) -> None:
        """Hold the scanner to a code."""
        time.sleep(self.aim)
        self.scans += 1
        self.page.keyboard.type(text, delay=5)
        self._enter()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.keys += len(text)
        for sign in text:
            time.sleep(self.key)
            self.page.keyboard.insert_text(sign) if ord(sign) > 127 else self.page.keyboard.press(sign)

    def press(self, key: str, times: int = 1) -> None:
        """A key that leads to no other page."""
        for _ in range(times):
            self.keys += 1
            time.sleep(self.key)
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """Enter, and the next page."""
        self.keys += 1
        time.sleep(self.key)
        self._enter()

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def done(self) -> tuple[str, int, int, float]:
        """What the page says was registered; keys, scans and seconds it took."""
        number = self.page.locator("main .panel strong").first.inner_text().removeprefix("已登记 ")
        return number, self.keys, self.scans, time.monotonic() - self.began


def focused(page: Any) -> str:
    """The name of the field that has the focus; a browser gives it with the first picture of a page, which a busy machine draws late."""
    for _ in range(50):
        if name := page.evaluate("document.activeElement.name || ''"):
            return str(name)
        page.wait_for_timeout(100)
    return ""


def scanned(hands: Hands, code: str, _number: str, tracking: str) -> None:
    """Label and waybill, and no key at all."""
    hands.scan(code)
    assert focused(hands.page) == "tracking"
    hands.scan(tracking)


def typed(hands: Hands, code: str, _number: str, tracking: str) -> None:
    """The scanner is broken: the label's code and the waybill's number by hand."""
    hands.type(code.replace("-", "").lower())
    hands.enter()
    hands.type(tracking)
    hands.enter()


def searched(hands: Hands, _code: str, _number: str, tracking: str, title: str = "窗口课程三") -> None:
    """The label is torn: found by the course's name."""
    hands.type(title)
    hands.enter()
    hands.scan(tracking)


def handed_over(hands: Hands, _code: str, number: str, _tracking: str) -> None:
    """Brought by hand, with the number that its supplier knows: Tab to how it came, one key down."""
    hands.type(number.lower())
    hands.enter()
    while focused(hands.page) != "delivery":
        hands.press("Tab")
    hands.press("ArrowDown")
    hands.enter()


def without_a_label(hands: Hands, tracking: str) -> None:
    """The waybill alone."""
    hands.scan(tracking)
    assert (focused(hands.page), hands.page.locator("[name=tracking]").input_value()) == ("tracking", tracking)
    hands.enter()


def without_anything(hands: Hands, tracking: str) -> None:
    """A unit's name that nobody knows, and the waybill."""
    hands.type("示例第九中专")
    hands.enter()
    assert hands.page.locator("[name=supplier]").input_value() == "示例第九中专"
    hands.scan(tracking)
