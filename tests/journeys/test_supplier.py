"""A supplier's way, by keyboard alone: registered, a draft, files over a line that is cut twice, the report, mended, sent again; then the office."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journeys.conftest import ROOT, Demonstration
from journeys.keyboard import Keyboard
from journeys.line import Line
from kebao.package.manifest import CatalogueItem, Form, Manifest, Resource, Supplier
from kebao.package.workbook.writer import write_workbook
from ketang_accounts import credit_code
from making import make_clip

PADDING = 24 << 20
"""Bytes that make a film long enough for its line to be cut on the way."""
PASSWORD = "修面 台阶 云雀 42"
ABSENT = "清单写的文件“视频/铺床.mp4”不在课程包里。"


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """What lies on the supplier's computer: the filled workbook, a long film, and one that is forgotten at first."""
    resources = tuple(
        Resource(id=f"r{number}", kind="video", role="讲授", title=title, path=f"视频/{title}.mp4")
        for number, title in enumerate(("试水温", "铺床"), start=1)
    )
    lessons = tuple(CatalogueItem(id=f"k{one.id}", title=one.title, use=(one.id,)) for one in resources)
    book = Manifest(
        version="1", title="家政服务入门", supplier=Supplier(kind="单位", name="示例家政学校"), resources=resources,
        catalogue=lessons, form=Form(title="家政服务入门", unit="示例家政学校", contact="联系人甲"),
    )  # fmt: skip
    write_workbook(book, tmp_path / "培训包.xlsx")
    for one in resources:
        make_clip(tmp_path / f"{one.title}.mp4", 2)
    with (tmp_path / "试水温.mp4").open("ab") as film:  # a `free` box, which every player passes over
        film.write(struct.pack(">I4s", PADDING + 8, b"free") + bytes(PADDING))
    return tmp_path


@pytest.fixture
def line(demonstration: Demonstration) -> Iterator[Line]:
    with Line(demonstration.origin) as opened:
        yield opened


@pytest.fixture
def visitors(chromium: Any, line: Line) -> Iterator[dict[str, Any]]:
    """Pages of the supplier, whose line can be cut, and of the office."""
    contexts = [chromium.new_context(base_url=line.origin, locale="zh-CN") for _ in range(2)]
    yield dict(zip(("supplier", "clerk"), (context.new_page() for context in contexts), strict=True))
    for context in contexts:
        context.close()


def test_by_keyboard_alone(visitors: dict[str, Any], line: Line, demonstration: Demonstration, brought: Path) -> None:
    supplier, clerk = Keyboard(visitors["supplier"]), Keyboard(visitors["clerk"])
    _sign_in(clerk, "clerk", demonstration)
    _publish_a_call(clerk, demonstration)
    _register(supplier, demonstration)
    _start(supplier)
    _upload_over_a_bad_line(supplier, line, brought)
    first = _send(supplier)
    assert ABSENT in _report(supplier)
    _mend(supplier, brought)
    second = _send(supplier)
    assert ABSENT not in _report(supplier)
    assert (first.partition("-R")[0], first != second) == (second.partition("-R")[0], True)
    _office_sees(clerk, second)
    _rules(clerk)


def _sign_in(keys: Keyboard, login: str, demonstration: Demonstration) -> None:
    keys.page.goto("/account/login/")
    keys.write("电子邮箱或登录名", login)
    keys.write("密码", demonstration.passwords[login])
    keys.press("登录", "button")
    keys.write("动态口令或恢复码", demonstration.code(login))
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def _publish_a_call(keys: Keyboard, demonstration: Demonstration) -> None:
    """Where none is open: the shipped one, with another deadline."""
    keys.page.goto("/calls/")
    if keys.page.locator("main ul.panels").count():
        return
    file = demonstration.home / "call.yaml"
    shipped = (ROOT / "calls/tianjin-2023.yaml").read_text(encoding="utf-8")
    file.write_text(shipped.replace("2023-08-31T23:59:59", "2099-08-31T23:59:59"), encoding="utf-8")
    demonstration.ketang("call", "import", str(file), "--as", "administrator")
    keys.page.goto("/office/calls/")
    keys.press("残疾人职业技能培训网络课程资源征集", "a")
    keys.press("发布", "button")


def _register(keys: Keyboard, demonstration: Demonstration) -> None:
    keys.page.goto("/account/signup/")
    keys.write("电子邮箱", "teacher@example.org")
    keys.write("密码", PASSWORD)
    keys.write("再输入一次密码", PASSWORD)
    keys.press("注册", "button[submit]")
    keys.page.goto(_link_of_the_mail(demonstration))
    keys.press("确认", "button")
    if "/login" in keys.page.url:
        keys.write("电子邮箱或登录名", "teacher@example.org")
        keys.write("密码", PASSWORD)
        keys.press("登录", "button")
    keys.page.goto("/supplier/register")
    keys.write("单位全称或本人姓名", "示例家政学校")
    keys.write("统一社会信用代码", credit_code(7))
    keys.press("登记", "button")


def _link_of_the_mail(demonstration: Demonstration) -> str:
    """What stands in the mail that was sent last."""
    import email
    from email import policy

    newest = max((demonstration.home / "mail-out").iterdir(), key=lambda path: path.stat().st_mtime)
    message = email.message_from_bytes(newest.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://[^\s/]+(/account/confirm-email/\S+)", body.get_content())
    assert found is not None
    return found[1]


def _start(keys: Keyboard) -> None:
    keys.press("申报：", "a")
    keys.write("课程名称", "家政服务入门")
    keys.choose("现代服务业")
    keys.press("保存并继续", "button")


def _upload_over_a_bad_line(keys: Keyboard, line: Line, brought: Path) -> None:
    """The line is cut in the midst of the film; mended, the page goes on by itself; cut again, the page is loaded anew."""
    page = keys.page
    keys.press("课程包文件", "a")
    keys.bring("选择文件", [brought / "培训包.xlsx", brought / "试水温.mp4"])
    line.cut_after(6 << 20)
    keys.reach("上传", "button")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="连接断了").wait_for(timeout=60_000)
    line.cut_after(11 << 20)
    line.mend()
    _wait_for_cut(page, line, 2)
    line.mend()
    page.reload()
    assert page.locator("main h3").all_inner_texts() == ["培训包.xlsx"]  # what was whole is there
    keys.bring("选择文件", [brought / "试水温.mp4"])
    keys.reach("上传", "button")
    with page.expect_navigation(timeout=120_000):
        page.keyboard.press("Enter")
    assert page.locator("main h3").all_inner_texts() == ["培训包.xlsx", "视频/试水温.mp4"]
    assert (line.cuts, line.begun) == (2, 2)  # each file was begun once, and went on where it broke off
    assert page.locator("main li", has_text="视频/铺床.mp4").count() == 1  # named by the workbook and not here yet
    keys.press("回到这份申报", "a")


def _wait_for_cut(page: Any, line: Line, cuts: int) -> None:
    for _ in range(600):
        if line.cuts == cuts:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the line was not cut")


def _send(keys: Keyboard) -> str:
    """Look everything over, agree, send; the number of the receipt."""
    keys.press("核对并提交", "a")
    keys.tick("同意将应征的网络课程用于残疾人公益性职业技能培训")
    keys.press("提交", "button")
    keys.page.locator("h1", has_text="回执").wait_for(timeout=60_000)
    shown = keys.page.locator("main dd").first.inner_text()
    assert re.fullmatch(r"[A-Z0-9-]+-R\d{5}", shown)
    assert keys.page.locator("main svg.qr").count() == 1
    keys.press("回到这份申报", "a")
    return str(shown)


def _report(keys: Keyboard) -> str:
    """The newest report, when the check is over."""
    keys.press("检查报告", "a")
    keys.page.locator("[data-check]").wait_for(state="detached", timeout=240_000)
    text = str(keys.page.locator("main").inner_text())
    keys.press("我的申报", "a")
    keys.press("家政服务入门", "a")
    return text


def _mend(keys: Keyboard, brought: Path) -> None:
    """Bring what the report missed."""
    keys.press("课程包文件", "a")
    keys.bring("选择文件", [brought / "铺床.mp4"])
    keys.reach("上传", "button")
    with keys.page.expect_navigation(timeout=60_000):
        keys.page.keyboard.press("Enter")
    assert keys.page.locator("main h3").all_inner_texts() == ["培训包.xlsx", "视频/试水温.mp4", "视频/铺床.mp4"]
    keys.press("回到这份申报", "a")


def _office_sees(keys: Keyboard, receipt: str) -> None:
    """Both versions with their receipts; nothing is missing."""
    keys.page.goto("/office/")
    keys.write("编号、课程或单位", "家政服务入门")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    number = keys.page.locator("main tbody a").first.inner_text()
    keys.press(number, "a")
    shown = keys.page.locator("main").inner_text()
    assert ("第 1 版" in shown, "第 2 版" in shown, receipt in shown) == (True, True, True)
    keys.choose("材料齐全")
    keys.press("确定", "button")
    assert "已处理：齐全。" in keys.page.locator("main").inner_text()


def _rules(keys: Keyboard) -> None:
    """A finding of the report is ruled on, and a clause that the text asks in principle is waived; both are signed."""
    keys.press("检查报告", "a")
    report = keys.page.url
    keys.press("裁定这处问题", "a")
    keys.choose("确认有问题")
    keys.write("理由", "看过课程包，确实如此。")
    keys.press("署名并记录", "button")
    keys.page.goto(report)
    keys.press("豁免这一条", "a")
    keys.write("理由", "本课程以实操为主，理论部分另有教材。")
    keys.press("署名并记录", "button")
    said = keys.page.locator("main").inner_text()
    assert [
        words in said for words in ("确认有问题", "看过课程包，确实如此。", "豁免", "理论部分另有教材", "示例经办员")
    ] == [True] * 5
    keys.page.goto(report)
    assert keys.page.locator(".ruling", has_text="示例经办员").count() == 2
