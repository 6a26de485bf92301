"""By keyboard: the office registers a bureau and hands over a link; in another browser the bureau lists two packages, issues the letter and sees how they stand."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard

PREPARE = """
from datetime import datetime
from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.actions import create, publish
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.shipped import shipped_call
from ketang.selection.intake.actions import receive, start
from ketang.selection.intake.models import Door
chief, by = Account.objects.get(login="administrator"), Account.objects.get(login="supplier")
file = read_call(shipped_call("tianjin-2023")).model_copy(update=dict(id="recommending-journey", closes=datetime(2099, 8, 31, 23, 59, 59)))
call = publish(call=create(file=file, actor=chief), actor=chief)
made = start(actor=by, call=call, organisation=suppliers_of(by).first(), title="示例推荐课程", category="P2(3)")
stored = put_bytes(b"recommended")
receipt = receive(actor=by, submission=made, door=Door.WEB, name="课.zip", digest=stored.digest, size=stored.size)
print("made", call.uuid, receipt.number, receipt.code)
"""
NAMED = "网络课程+示例技工学校+示例快递收寄.zip"


def test_from_the_office_to_the_letter_and_the_status(
    page: Any, chromium: Any, demonstration: Demonstration, tmp_path: Path
) -> None:
    said = demonstration.ketang("django", "shell", "-c", PREPARE)
    (call, number, code) = next(line.split()[1:] for line in said.splitlines() if line.startswith("made "))
    demonstration.sign_in(page, "clerk")
    office = Keyboard(page)
    page.goto(f"/office/calls/{call}/recommenders")
    office.write("单位全称", "示例区人社局")
    office.choose("人社部门")
    office.press("登记", "button")
    assert page.locator("h1").inner_text() == "示例区人社局"
    office.press("显示新链接", "button")
    link = page.locator(".new-link .secret").inner_text()
    context = chromium.new_context(
        base_url=demonstration.origin, viewport={"width": 390, "height": 844}, locale="zh-CN"
    )
    try:
        _as_the_bureau(context.new_page(), link, (number, code), tmp_path)
    finally:
        context.close()
    at = page.url
    given = demonstration.ketang("demo", "recommender").strip()
    page.goto(given[given.index("/r/") :])
    assert page.locator("h1").inner_text() == "示例区人力资源和社会保障局"
    page.goto(at)
    office.press("RECOMMENDING-JOURNEY-J001", "a")
    assert page.locator("main tbody tr").count() == 2


def _as_the_bureau(page: Any, link: str, receipt: tuple[str, str], folder: Path) -> None:
    keys = Keyboard(page)
    page.on("filechooser", lambda _chooser: None)  # from the start: on a busy machine the first one may open otherwise
    page.goto(link)
    keys.press("在这台电脑上打开", "button")
    assert page.url.endswith("/recommending/")
    keys.write("回执编号", receipt[0])
    keys.write("查询码", receipt[1])
    keys.press("加入名单", "button")
    assert "“示例推荐课程”已列入名单。" in page.locator("main").inner_text()
    package = folder / NAMED
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("课程/培训包.yaml", "kebao: 1\ntitle: 示例快递收寄实务\nsupplier:\n  name: 示例技工学校\n")
    for told in ("已收到，列入名单", "没有再存一份，已列入名单"):
        keys.bring("课程包", [package])
        keys.press("上传", "button")
        page.get_by_text(told).wait_for()
    keys.press("移除", "button")
    page.locator("summary", has_text="移除的").focus()
    page.keyboard.press("Enter")
    keys.press("放回名单", "button")
    keys.press("出具推荐函", "button")
    assert page.locator("h1").inner_text() == "推荐函 RECOMMENDING-JOURNEY-J001"
    with page.expect_download() as pdf:
        keys.reach("PDF", "a")
        page.keyboard.press("Enter")
    assert Path(pdf.value.path()).read_bytes()[:5] == b"%PDF-"
    keys.press("进度", "a")
    rows = page.locator("main tbody tr").all_inner_texts()
    assert (len(rows), all("RECOMMENDING-JOURNEY-J001" in row for row in rows)) == (2, True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
