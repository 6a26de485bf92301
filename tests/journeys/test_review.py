"""From the panel to the payment list: experts seated and kept from their own, twelve packages scored blind, ranked, awarded within the budget, on public notice; an objection upheld; paid."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from browsing import until
from journeys import jury
from journeys.conftest import Demonstration
from journeys.jury import BUDGET, CODES, EXPERTS, NEAR, PACKAGES, PERSON, SEVERE, SLUG, scores
from journeys.keyboard import Keyboard
from kebao.identity.resident_number import check_character
from making import make_package, manifest

NUMBERS = [f"{SLUG.upper()}-{number:04d}" for number in range(1, 13)]
AMOUNTS = dict(zip(NUMBERS, ["20000.00"] * 2 + ["15000.00"] * 3 + ["10000.00"] * 3, strict=False))
"""What the bands that the system suggests give; the ninth reaches a band, too, but the budget does not."""
WITHDRAWN, CALLED_UP = NUMBERS[3], NUMBERS[8]
BANK = {"account": "030200001234", "bank": "示例银行和平支行", "bank_code": "102110000012"}
RESIDENT = "11010119900101001" + check_character("11010119900101001")
CARD = "6222000000000000012"
NOTE = "演示清楚，步骤完整。"
OFFLINE_NOTE = "断网时写下的评语。"


def test_from_the_panel_to_the_payment_list(
    page: Any, chromium: Any, demonstration: Demonstration, tmp_path: Path
) -> None:
    call = _prepared(demonstration, tmp_path)
    demonstration.sign_in(page, "clerk")
    office = Keyboard(page)
    _seated(office, call)
    with _visitor(chromium, demonstration) as other:
        demonstration.sign_in(other, "expert")
        expert = Keyboard(other)
        _declared(expert)
        assert sorted(_lines(demonstration, "signed", jury.SIGN)) == sorted(name for name, _unit in EXPERTS[1:])
        kept_away = _conflicts(office, call)
        _assigned(office, call, kept_away)
        _scored(expert)
    table = {severe: {title: scores(quality, severe) for title, _unit, quality in PACKAGES} for severe in (False, True)}
    assert len(_lines(demonstration, "scored", f"SCORES, SEVERE = {table!r}, {SEVERE!r}\n{jury.SCORE}")) == 35
    _ranked(office, call)
    with _visitor(chromium, demonstration) as other:
        demonstration.sign_in(other, "administrator")
        second = Keyboard(other)
        _awarded(office, second, call)
        with _visitor(chromium, demonstration, width=390) as passer_by:
            _objected(Keyboard(passer_by), office, call)
            _upheld(office, second, call, passer_by)
    _final(office, call, demonstration)
    with _visitor(chromium, demonstration) as other, _visitor(chromium, demonstration, width=390) as supplier:
        demonstration.sign_in(other, "finance")
        _paid(Keyboard(other), Keyboard(supplier), demonstration, tmp_path)


def _prepared(demonstration: Demonstration, folder: Path) -> str:
    """The call with its packages and the pool of experts. Its uuid."""
    root, file = make_package(folder, film_seconds=8), folder / "package.zip"
    with zipfile.ZipFile(file, "w") as written:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                written.write(path, str(path.relative_to(folder)))
    names = {name: getattr(jury, name) for name in ("SLUG", "BUDGET", "PACKAGES", "PERSON", "EXPERTS", "CODES")}
    given = "".join(f"{name} = {value!r}\n" for name, value in {**names, "FILE": str(file)}.items())
    said = demonstration.ketang("django", "shell", "--no-imports", "-c", given + jury.PREPARE)
    made = [tuple(line.split()[1:]) for line in said.splitlines() if line.startswith("made ")]
    assert made == [(number, title) for number, (title, _unit, _quality) in zip(NUMBERS, PACKAGES, strict=True)]
    return next(line.split()[1] for line in said.splitlines() if line.startswith("call "))


def _seated(keys: Keyboard, call: str) -> None:
    """The clerk finds the panel from the call's page and seats everybody in the pool."""
    keys.page.goto(f"/office/calls/{call}")
    keys.press("评审组", "a")
    for name, _unit in EXPERTS:
        keys.tick(f"{name} ·")
    keys.press("选入评审组", "button")
    assert "入组 5 人。" in _shown(keys)
    assert [row[0] for row in _table(keys, "成员")] == [name for name, _unit in EXPERTS]


def _declared(keys: Keyboard) -> None:
    """An expert signs the declaration and names a unit that is close."""
    keys.page.goto("/review/")
    keys.press("签署回避承诺", "a")
    keys.write("与我有关系的人和单位", NEAR)
    keys.write("署名", EXPERTS[0][0])
    keys.press("我承诺", "button")
    assert "署名：示例专家" in _shown(keys)


def _conflicts(keys: Keyboard, call: str) -> set[tuple[str, str]]:
    """Who has to keep away from what, as the clerk is told: expert, number of the package."""
    keys.page.goto(f"/office/calls/{call}/panel")
    keys.press("回避", "a")
    keys.press("重新计算", "button")
    told = {(row[0], row[1].split()[0], row[2], row[3]) for row in _table(keys, "回避")}
    assert told == {
        ("示例专家", NUMBERS[7], NEAR, "专家列出的关系人或单位"),
        ("示例专家乙", NUMBERS[2], "示例城市学院", "与供应单位是同一单位"),
    }
    return {(expert, number) for expert, number, _unit, _why in told}


def _assigned(keys: Keyboard, call: str, kept_away: set[tuple[str, str]]) -> None:
    """The machine proposes, with its reasons; the clerk adopts. Nobody has what they must keep away from."""
    page = keys.page
    page.goto(f"/office/calls/{call}")
    keys.press("分配专家", "a")
    keys.write("每件由几位专家评审", "3")
    keys.press("开始计算", "button")
    page.locator("h2", has_text="为什么是这些专家").wait_for(timeout=120_000)
    assert ("12 件申报，36 件次，每件 3 位" in _shown(keys), "已证明最小" in _shown(keys)) == (True, True)
    reasons = [line for row in _table(keys, "为什么是这些专家") for line in row[2].splitlines() if line.strip()]
    assert (len(reasons), all("：" in line and "最多 9 件" in line for line in reasons)) == (36, True)
    keys.press("采用这个方案", "button")
    assert "已采用，分配了 36 件次。" in _shown(keys)
    rows = {row[0]: row[4].split("、") for row in _table(keys, "进入评审的申报")}
    pairs = {(expert, number) for number, experts in rows.items() for expert in experts}
    assert (sorted(rows), len(pairs), pairs & kept_away) == (NUMBERS, 36, set())


def _scored(keys: Keyboard) -> None:
    """An expert looks at a package, fills in its sheet by keyboard while the line is cut, and signs it."""
    page = keys.page
    page.goto("/review/")
    _reloaded(page, "副本没有做好", lambda: "正在准备" not in page.locator("main tbody tr").first.inner_text())
    title = page.locator("main tbody tr td").first.inner_text()
    _title, supplier, quality = next(one for one in PACKAGES if one[0] == title)
    wanted = scores(quality)
    keys.press("看课程", "a")
    here = page.url
    for part in ("", "parts/1", "papers", "findings", "sheet"):
        content = page.goto(here + part).text()
        assert (title in content, supplier in content, manifest().supplier.name in content) == (True, False, False)
    for score in wanted.values():
        keys.write("评分 ", score)
    keys.write("总评", NOTE)
    _saved(page, "已保存")
    page.context.set_offline(True)
    keys.write("自己的笔记", OFFLINE_NOTE)
    _saved(page, "连不上服务器")
    page.context.set_offline(False)
    _saved(page, "已保存")
    page.reload()
    filled = {name: page.locator(f"[name=score-{name}]").input_value() for name in wanted}
    assert {name: Decimal(score) for name, score in filled.items()} == {n: Decimal(s) for n, s in wanted.items()}
    words = [page.locator(f"[name={name}]").input_value() for name in ("overall", "private")]
    assert words == [NOTE, OFFLINE_NOTE]
    keys.press("保存，核对并提交", "button")
    assert f"{Decimal(quality):.2f}" in _shown(keys)
    keys.press("签名并提交", "button")
    assert ("评分表已提交。" in _shown(keys), NOTE in _shown(keys), OFFLINE_NOTE in _shown(keys)) == (True, True, False)


def _ranked(keys: Keyboard, call: str) -> None:
    """The order of the true quality, although one expert was severe; made final."""
    page = keys.page
    page.goto(f"/office/calls/{call}")
    keys.press("排名", "a")
    keys.write("入选线", "8")
    keys.press("按现在的评分表计算", "button")
    _reloaded(page, "没有算出排名", lambda: page.locator("main tbody tr").count() > 0)
    rows = _table(keys, "排名")
    assert [(row[0], row[1], row[5]) for row in rows] == [(str(n), one, "3") for n, one in enumerate(NUMBERS, 1)]
    keys.write("定为最终排名的理由", "评审会审议通过。")
    keys.press("定为最终排名", "button")
    assert "评审会审议通过。" in _shown(keys)


def _awarded(first: Keyboard, second: Keyboard, call: str) -> None:
    """The machine's proposal within the budget, approved by two people, on public notice."""
    page = first.page
    page.goto(f"/office/calls/{call}")
    first.press("入选名单", "a")
    first.press("拟订名单", "button")
    first.press("测算", "button")
    _reloaded(page, "没有测算", lambda: "重新测算" in _shown(first))
    rows = {row[1]: (row[4], row[5]) for row in _table(first, "入选名单")}
    assert rows == {
        **{number: ("入选", amount) for number, amount in AMOUNTS.items()},
        CALLED_UP: ("候补 1", "—"), **dict.fromkeys(NUMBERS[9:], ("未入选", "—")),
    }  # fmt: skip
    given = sum(Decimal(amount) for _outcome, amount in rows.values() if amount != "—")
    assert (given, given <= Decimal(BUDGET)) == (Decimal("115000.00"), True)
    _approved(first, second, call)
    page.goto(f"/office/calls/{call}")
    first.press("结果公示", "a")
    first.press("发布公示", "button")
    assert f"已发布结果公示 {SLUG.upper()}-G01。" in _shown(first)


def _approved(first: Keyboard, second: Keyboard, call: str) -> None:
    first.page.goto(f"/office/calls/{call}/award")
    first.press("批准（两人中的第一人）", "button")
    assert "您已经批准，还要由另一个人批准。" in _shown(first)
    second.page.goto(f"/office/calls/{call}/award")
    second.press("批准，名单随即生效", "button")
    assert "两个人都已批准，名单生效。" in _shown(second)


def _objected(keys: Keyboard, office: Keyboard, call: str) -> None:
    """Somebody who passes by reads the notice on a phone and objects to one award by name."""
    page = keys.page
    page.goto("/announcements/")
    keys.press(f"{SLUG.upper()}-G01", "a")
    rows = _table(keys, "公示的结果")
    told = [
        (title, unit, "入选", AMOUNTS[number]) for number, (title, unit, _q) in zip(AMOUNTS, PACKAGES, strict=False)
    ]
    told.append((PACKAGES[8][0], PACKAGES[8][1], "候补", "—"))
    assert [tuple(row[1:]) for row in rows] == told
    keys.press("提出异议", "a")
    keys.reach("针对哪一件", "select")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    keys.write("异议和理由", "这门课第 2 课的演示与一门公开课相同。")
    keys.write("您的姓名", "示例市民")
    keys.write("联系电话", "022-00000000")
    keys.press("提交异议", "button")
    assert ("受理号" in _shown(keys), "示例市民" in page.content()) == (True, False)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    office.page.goto(f"/office/calls/{call}/announcing")
    office.press(f"{SLUG.upper()}-G01-Y001", "a")
    assert [words in _shown(office) for words in ("示例市民", "示例快递分拣 · 示例物流学堂")] == [True, True]


def _upheld(first: Keyboard, second: Keyboard, call: str, passer_by: Any) -> None:
    """It holds: the award is withdrawn, the reserve comes up, two people approve, a second notice tells it."""
    page = first.page
    first.choose("成立")
    first.choose("撤回这件入选，由候补递补")
    first.write("答复", "经核对，异议成立。")
    first.press("答复", "button")
    assert "有关的入选已经撤回。" in _shown(first)
    passer_by.reload()
    assert "经核对，异议成立。" in passer_by.locator("main").inner_text()
    page.goto(f"/office/calls/{call}/award")
    rows = {row[1]: (row[4], row[5]) for row in _table(first, "入选名单")}
    assert (rows[WITHDRAWN], rows[CALLED_UP]) == (("未入选", "—"), ("入选 待批准", "10000.00"))
    _approved(first, second, call)
    page.goto(f"/office/calls/{call}/announcing")
    first.press("发布公示", "button")
    assert f"已发布结果公示 {SLUG.upper()}-G02。" in _shown(first)


def _final(keys: Keyboard, call: str, demonstration: Demonstration) -> None:
    """The days pass, and what stands becomes final by itself."""
    _lines(demonstration, "", jury.END)
    page = keys.page
    page.goto(f"/office/calls/{call}/announcing")
    _reloaded(page, "没有生效", lambda: _shown(keys).count("已生效") == 2)


def _paid(keys: Keyboard, supplier: Keyboard, demonstration: Demonstration, folder: Path) -> None:
    """Finance asks the first by a link, the others have answered; the list for the bank."""
    page = keys.page
    page.goto("/finance/payments/")
    paid = [number for number in NUMBERS[:9] if number != WITHDRAWN]
    rows = [row for row in _table(keys, "付款") if row[0] in NUMBERS]
    amounts = {**AMOUNTS, CALLED_UP: "10000.00"}
    assert sorted((row[0], row[3], row[6]) for row in rows) == [(one, amounts[one], "还没有要收款信息") for one in paid]
    keys.press(paid[0], "a")
    keys.press("给链接", "button")
    link = page.locator(".new-link .secret").inner_text()
    units = {unit: {"name": unit, "credit_code": CODES[unit], **BANK} for _title, unit, _quality in PACKAGES}
    units[PERSON] = {"name": PERSON, "resident_number": RESIDENT, "account": CARD, "bank": BANK["bank"]}
    labels = ("账户名称", "统一社会信用代码", "银行账号", "开户银行", "开户行联行号")
    asked = ("name", "credit_code", "account", "bank", "bank_code")
    supplier.page.goto(link)
    for label, name in zip(labels, asked, strict=True):
        supplier.write(label, units[PACKAGES[0][1]][name])
    supplier.press("提交", "button")
    assert "已收到，谢谢。" in _shown(supplier)
    page.goto(page.url)
    keys.press("收款信息核对无误", "button")
    given = f"SLUG, PERSON, GIVEN = {SLUG!r}, {PERSON!r}, {units!r}\n"
    assert _lines(demonstration, "confirmed", given + jury.PAY) == paid[1:]
    page.goto("/finance/payments/")
    keys.reach("导出付款清单", "button")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(folder / "list.xlsx")
    rows = list(openpyxl.load_workbook(folder / "list.xlsx").active.iter_rows(values_only=True))
    assert [tuple("" if cell is None else cell for cell in row) for row in rows if row[0] in NUMBERS] == [
        _bank_row(number, units, amounts[number]) for number in paid
    ]


def _bank_row(number: str, units: dict[str, dict[str, str]], amount: str) -> tuple[str, ...]:
    title, unit, _quality = PACKAGES[NUMBERS.index(number)]
    of = units[unit]
    who = (number, title, unit, of.get("resident_number") or of.get("credit_code", ""), of["account"], of["bank"])
    basis, tax, net = ("劳务报酬所得", "1600.00", "8400.00") if unit == PERSON else ("", "0.00", amount)
    return (*who, of.get("bank_code", ""), amount, basis, tax, net, "", "已核对，待付款", "", "")


@contextmanager
def _visitor(chromium: Any, demonstration: Demonstration, width: int = 1280) -> Iterator[Any]:
    """A browser of somebody else's."""
    context = chromium.new_context(
        base_url=demonstration.origin, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def _lines(demonstration: Demonstration, what: str, code: str) -> list[str]:
    said = demonstration.ketang("django", "shell", "--no-imports", "-c", f"SLUG = {SLUG!r}\n{code}")
    return [line.split()[1] for line in said.splitlines() if what and line.startswith(f"{what} ")]


def _shown(keys: Keyboard) -> str:
    return str(keys.page.locator("body").inner_text())


def _table(keys: Keyboard, caption: str) -> list[list[str]]:
    """The cells of the rows of a table, as they are read."""
    rows = keys.page.locator("main table", has=keys.page.locator("caption", has_text=re.compile(f"^{caption}$")))
    found = rows.first.locator("tbody tr")
    return [
        [re.sub(r"[^\S\n]+", " ", cell.inner_text()).strip() for cell in row.locator("th, td").all()]
        for row in found.all()
    ]


def _saved(page: Any, words: str) -> None:
    until(page, "words => document.querySelector('.saved').textContent.includes(words)", words)


def _reloaded(page: Any, told: str, is_there: Callable[[], bool]) -> None:
    """Look again until a worker has done its part, as a person does."""
    for _ in range(240):
        if is_there():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(told)
