"""A clerk brings the office's old spreadsheet into the ledger and takes it back, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard

SHEET = """2026年收件台账

收件日期,供应单位,课程名称,联系电话
2026.3.5,示例键盘学校,面点,022-0000 0000
3月6日,同上,电工,
昨天,示例键盘学校,焊工,
"""


def test_brought_looked_at_taken_in_and_undone(page: Any, demonstration: Demonstration, tmp_path: Path) -> None:
    file = tmp_path / "旧台账.csv"
    file.write_bytes(SHEET.encode("gb18030"))
    demonstration.sign_in(page, "clerk")
    hands = Keyboard(page)
    page.goto("/office/ledger/")
    hands.press("导入旧台账", "a")
    hands.bring("台账文件", [file])
    hands.press("上传并核对", "button")
    assert page.locator("main select[name^=c]").evaluate_all("all => all.map(one => one.value)")[:4] == [
        "received", "supplier", "title", "phone",
    ]  # fmt: skip
    hands.press("看看将要导入的内容", "button")
    assert "“昨天”看不出是哪一天" in page.locator("main").inner_text()
    hands.press("导入 2 行", "button")
    assert "导入 2 件" in page.locator("main").inner_text()
    hands.write("撤销的理由", "传错了")
    hands.press("全部撤销", "button")
    assert "导入的收件已经标为“不是申报材料”" in page.locator("main").inner_text()
