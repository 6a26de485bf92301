"""A clerk's morning at the desk, by keyboard and scanner alone: six parcels, two of them unknown, one paired, its slip printed.

Each parcel's keystrokes are counted and its time is taken. What is measured is the product (pages, server, focus) under
scripted hands: a key each `KEY` seconds, the pace of an average typist by Card, Moran and Newell (1983), and `AIM` seconds
to take a parcel and hold the scanner to it. So the seconds are an estimate of a person's, and no person was timed.
"""

from __future__ import annotations

from typing import Any

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard
from journeys.parcels import (
    PREPARE,
    TITLES,
    Hands,
    focused,
    handed_over,
    scanned,
    searched,
    typed,
    without_a_label,
    without_anything,
)

KEY = 0.28
AIM = 2.0
MOST_SECONDS = 20


def test_a_morning_at_the_desk(page: Any, demonstration: Demonstration) -> None:
    said = demonstration.ketang(
        "django", "shell", "--no-imports", "-c", f"SLUG, TITLES = 'desk-journey', {TITLES!r}\n{PREPARE}"
    )
    made = [line.split()[1:] for line in said.splitlines() if line.startswith("made ")]
    assert [title for title, _number, _code in made] == list(TITLES)
    demonstration.sign_in(page, "clerk")
    hands, found = Hands(page, KEY, AIM), []
    page.goto("/office/desk/")
    for parcel in (scanned, typed, searched, handed_over):
        _title, number, code = made[len(found)]
        hands.take()
        parcel(hands, code, number, f"SF100000000{len(found)}")
        found.append(hands.done())
        assert (focused(page), TITLES[len(found) - 1] in page.locator("main .panel").inner_text()) == ("q", True)
    for parcel in (without_a_label, without_anything):
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
