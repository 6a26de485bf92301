"""A cover is photographed at the desk, by keyboard alone: kept, read, its print taken by one key each, registered with Enter.

Where the extra `ocr` is installed the photograph is read for real. Elsewhere the page says that it is not, and the proposals of
the second half are what a reader would have found, put into the row by hand.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard
from journeys.parcels import PREPARE, focused
from kebao.media.printed import is_installed
from ketang_covers import cover, photographed

TITLE = "示例封面课程"
FOUND = """
from ketang.selection.desk.models import Cover
rows = [dict(part=part, value=value, seen=value) for part, value in {found!r}]
Cover.objects.filter(uuid={uuid!r}).update(reading="read", found=rows)
"""


def test_a_cover_is_photographed_and_what_it_says_is_taken(
    page: Any, demonstration: Demonstration, tmp_path: Path
) -> None:
    said = demonstration.ketang(
        "django", "shell", "--no-imports", "-c", f"SLUG, TITLES = 'cover-journey', {(TITLE,)!r}\n{PREPARE}"
    )
    _made, title, number, code = next(line.split() for line in said.splitlines() if line.startswith("made "))
    day = date.today() - timedelta(days=1)
    file = tmp_path / "封面.jpg"
    rows = (("寄到", "示例市示例路 1 号"), ("课程名称", title))
    file.write_bytes(photographed(cover(code=code, rows=rows, posted=f"{day:%Y-%m-%d}", tracking="SF2000000000001")))
    demonstration.sign_in(page, "clerk")
    keys = Keyboard(page)
    page.goto("/office/desk/")
    keys.press("先拍封面", "a")
    keys.bring("封面照片", [file])
    keys.press("保存照片，登记这一件", "button")
    uuid = page.url.partition("cover=")[2]
    told = "读到的内容列在旁边" if is_installed() else "不能读照片上的字"
    page.get_by_text(told).wait_for(timeout=180_000)
    if not is_installed():
        assert "pip install 'kebao[ocr]'" in page.locator("main").inner_text()
        found = [
            ("submission", code),
            ("tracking", "SF2000000000001"),
            ("postmark", day.isoformat()),
            ("courier", "顺丰速运"),
        ]
        demonstration.ketang("django", "shell", "--no-imports", "-c", FOUND.format(found=found, uuid=uuid))
        page.goto(f"/office/desk/?cover={uuid}")
    assert [page.locator(f"main [name={name}]").input_value() for name in ("tracking", "postmark")] == [
        "", date.today().isoformat(),
    ]  # fmt: skip
    keys.write("备注", "封面有水渍")
    with page.expect_navigation():
        page.keyboard.press("Alt+1")
    assert (title in page.locator("form[data-cover]").locator("xpath=..").inner_text(), number in page.content()) == (
        True,
        True,
    )
    for key, name, value in ((2, "tracking", "SF2000000000001"), (3, "postmark", day.isoformat())):
        page.keyboard.press(f"Alt+{key}")
        assert (page.locator(f"main [name={name}]").input_value(), focused(page)) == (value, name)
    assert page.locator("main [name=note]").input_value() == "封面有水渍"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert (
        "已登记 SJ" in page.locator("main .panel").first.inner_text(),
        title in page.locator("main .panel").first.inner_text(),
    ) == (True, True)
    keys.press("清点或撤销", "a")
    shown = page.locator("main").inner_text()
    assert [words in shown for words in ("SF2000000000001", f"邮戳 {day.isoformat()}", "封面有水渍", number)] == [
        True
    ] * 4
    assert page.locator("main figure img").evaluate("one => one.naturalWidth") == 480
    keys.press("拿掉这张", "button")
    assert "照片已拿掉，7 天内可以放回。" in page.locator("main").inner_text()
    keys.press("放回", "button")
    assert "照片已放回。" in page.locator("main").inner_text()
