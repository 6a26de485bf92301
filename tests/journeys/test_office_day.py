"""A clerk's day by keyboard alone: the morning's mails and six parcels, two notices to complete, the call's end, the ledger, the sealed list; and a stranger who verifies it."""

from __future__ import annotations

import imaplib
import re
import time
from pathlib import Path
from typing import Any

import openpyxl

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard
from journeys.parcels import (
    PREPARE,
    Hands,
    handed_over,
    scanned,
    searched,
    typed,
    without_a_label,
    without_anything,
)
from mailroom.dovecot import PASSWORD, dovecot, needs_dovecot
from mailroom.quirks.mails import mails
from sealed_lists import alone

SLUG = "office-day"
TITLES = ("示例晨课一", "示例晨课二", "示例晨课三", "示例晨课四")
MORNING = ("foxmail/one_zip", "foxmail/rar_with_form", "foxmail/nothing")
"""Two courses by mail and one mail that brings nothing."""
PATIENCE = 240
"""Seconds for letters that wait behind the checks of the morning's packages, on a machine that does much else."""


@needs_dovecot
def test_a_day_at_the_office(page: Any, chromium: Any, demonstration: Demonstration, tmp_path: Path) -> None:
    said = demonstration.ketang(
        "django", "shell", "--no-imports", "-c", f"SLUG, TITLES = {SLUG!r}, {TITLES!r}\n{PREPARE}"
    )
    made = [line.split()[1:] for line in said.splitlines() if line.startswith("made ")]
    call = next(line.split()[1] for line in said.splitlines() if line.startswith("call "))
    demonstration.sign_in(page, "clerk")
    keys = Keyboard(page)
    by_mail = _mails(keys, demonstration)
    parcels = _parcels(keys, made)
    _notices(keys, call, by_mail)
    page.goto(f"/office/calls/{call}")
    keys.press("截止收件", "button")
    assert "已截止" in page.locator("main").inner_text()
    numbers = {number for _title, number, _code in made} | set(by_mail)
    _export(keys, tmp_path, numbers, parcels)
    _seal(keys, call)
    _stranger(chromium, demonstration, tmp_path, numbers)


def _mails(keys: Keyboard, demonstration: Demonstration) -> list[str]:
    """The mailbox is read; each package becomes a submission of the call. Their numbers."""
    page = keys.page
    with dovecot() as server:
        with imaplib.IMAP4("127.0.0.1", server.port, timeout=20) as client:
            client.login("office", PASSWORD)
            for one in mails():
                if one.label in MORNING:
                    raw = one.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
                    assert client.append("INBOX", "", "", raw)[0] == "OK"  # type: ignore[arg-type]
        demonstration.environment["KETANG_IMAP"] = f"imap://office:{PASSWORD}@127.0.0.1:{server.port}/INBOX"
        try:
            assert demonstration.ketang("mail", "fetch").startswith("新收 3 封")
            assert demonstration.ketang("mail", "fetch").startswith("新收 0 封")
        finally:
            del demonstration.environment["KETANG_IMAP"]
    numbers = []
    for name in (one.files[0][0] for one in mails() if one.label in MORNING and one.files):
        page.goto("/office/today")
        keys.press("待认领的收件", "a")
        keys.write("编号、寄件人、单位、课程或文件名", name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("main tbody tr").count() == 1
        keys.press("SJ", "a")
        keys.reach("征集", "select")
        for _ in range(20):
            if page.evaluate("document.activeElement.value") == SLUG:
                break
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == SLUG
        keys.write("供应单位或个人", "示例邮寄培训学校")
        keys.write("课程名称", Path(name).stem[-20:])
        keys.reach("类别", "select")
        page.keyboard.press("ArrowDown")
        keys.press("新建并归入", "button")
        shown = page.locator("main").inner_text()
        assert "已处理：已归入" in page.locator("body").inner_text(), shown
        numbers += re.findall(rf"{SLUG.upper()}-\d+", shown)[:1]
    assert len(set(numbers)) == 2
    return numbers


def _parcels(keys: Keyboard, made: list[list[str]]) -> list[str]:
    """Six parcels, four of them known by their submissions; one of the others is paired. Their numbers."""
    page, hands, found = keys.page, Hands(keys.page), []
    page.goto("/office/desk/")
    ways = (scanned, typed, searched, handed_over)
    for at, (way, (title, number, code)) in enumerate(zip(ways, made, strict=True)):
        hands.take()
        if way is searched:
            searched(hands, code, number, f"YD200000000{at}", title[2:])
        else:
            way(hands, code, number, f"YD200000000{at}")
        found.append(hands.done()[0])
    for at, unknown in enumerate((without_a_label, without_anything), 4):
        hands.take()
        unknown(hands, f"YD200000000{at}")
        found.append(hands.done()[0])
    hands.scan(found[4])
    keys.write("扫标签，或输入受理编号、单位、课程", made[0][1])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"已归入 {made[0][1]}。" in page.locator("main").inner_text()
    assert len(set(found)) == 6
    return found


def _notices(keys: Keyboard, call: str, numbers: list[str]) -> None:
    """Two notices at once for what came by mail without a paper copy."""
    page = keys.page
    page.goto(f"/office/calls/{call}")
    keys.press("起草补正通知", "a")
    for number in reversed(numbers):  # the newest stands first
        keys.tick(number)
    keys.press("起草选中的", "button")
    assert "已起草 2 份" in page.locator("body").inner_text()
    for number in reversed(numbers):
        keys.tick(f"{number}-B01")
    keys.press("发出选中的草稿", "button")
    late = time.monotonic() + PATIENCE
    while "已发出" not in page.locator("main h1").inner_text():
        assert time.monotonic() < late, "the notices were not sent"
        page.wait_for_timeout(500)
        page.reload()
    keys.press("看补正通知", "a")
    for number in numbers:
        row = page.locator("main tbody tr", has_text=f"{number}-B01")
        assert "已发出" in row.inner_text()
    keys.press(f"{numbers[0]}-B01", "a")
    assert "P7.1" in page.locator("main ol").first.inner_text()


def _export(keys: Keyboard, folder: Path, numbers: set[str], parcels: list[str]) -> None:
    """The ledger as a workbook: every arrival of the day is a row."""
    page = keys.page
    page.goto("/office/ledger/")
    keys.reach("导出 Excel", "a")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(folder / "ledger.xlsx")
    rows = list(openpyxl.load_workbook(folder / "ledger.xlsx").active.iter_rows(values_only=True))
    words = {str(cell) for row in rows for cell in row if cell is not None}
    assert set(parcels) - words == set()
    assert {number for number in numbers if not any(number in word for word in words)} == set()


def _seal(keys: Keyboard, call: str) -> None:
    page = keys.page
    page.goto(f"/office/calls/{call}")
    keys.press("封存截止名单", "a")
    keys.press("封存", "button")
    assert page.locator("main").get_by_text("下载第 1 次封存的名单").count() == 1


def _stranger(chromium: Any, demonstration: Demonstration, folder: Path, numbers: set[str]) -> None:
    """Anybody takes the list and the key's fingerprint from the public pages, and verifies it offline; a changed byte is told."""
    context = chromium.new_context(base_url=demonstration.origin, locale="zh-CN")
    page = context.new_page()
    keys, place = Keyboard(page), folder / "list.json"
    page.goto(f"/calls/{SLUG}")
    keys.reach("下载第", "a")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(place)
    page.goto("/keys/")
    fingerprint = page.locator("main code").first.inner_text()
    context.close()
    data = place.read_bytes()
    assert {number for number in numbers if number.encode() not in data} == set()
    code, said, _errors = alone(place, "--key", fingerprint)
    assert (code, said[0]) == (0, "✓ 名单完整，封存以后没有改动。")
    at = data.index(b'"sha256":"') + 12
    place.write_bytes(data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :])
    code, said, _errors = alone(place, "--key", fingerprint)
    assert (code, [line for line in said if line.startswith("✓")]) == (1, [])
