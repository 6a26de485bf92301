"""The pages of the old spreadsheet: brought, named, looked at, taken in, handed out where it was not, and undone; by the office alone."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.importing import actions
from ketang.selection.importing.models import SheetImport
from ketang.selection.ledger.models import Arrival
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
CSV = "收件日期,供应单位,课程名称,联系电话\n2026-3-5,示例学校,面点,022-0000 0000\n昨天,=示例学校,电工,\n2026-3-5,示例学校,面点,\n"


@pytest.fixture
def account(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def clerk(account: Account) -> Client:
    return signed_in(account)


def bring(clerk: Client, words: str = CSV, name: str = "旧台账.csv") -> str:
    """The address of the draft."""
    return clerk.post(reverse("office-imports"), {"file": SimpleUploadedFile(name, words.encode())})["Location"]


def named(clerk: Client, at: str, **columns: str) -> dict[str, str]:
    """The form of the columns as the page offers it."""
    page = clerk.get(at).content.decode()
    selects = re.findall(r'<select[^>]* name="(c\d+)".*?</select>', page, re.DOTALL)
    chosen = dict.fromkeys(selects, "-")
    for part in re.findall(r"<select.*?</select>", page, re.DOTALL):
        name = re.search(r'name="(c\d+)"', part)
        picked = re.search(r'value="([^"]*)" selected', part)
        if name and picked:
            chosen[name[1]] = picked[1]
    return {"how": "columns", **chosen, "medium": "paper", "year": "2026", "call": "", **columns}


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_four_steps_and_the_rows_that_were_not_taken(clerk: Client) -> None:
    at = bring(clerk)
    form = named(clerk, at)
    assert {key: form[key] for key in ("c0", "c1", "c2", "c3")} == {
        "c0": "received", "c1": "supplier", "c2": "title", "c3": "phone",
    }  # fmt: skip
    assert clerk.post(at, form)["Location"] == f"{at}/preview"
    page = words_of(clerk.get(f"{at}/preview").content.decode())
    for words in (
        "1 行可以导入 1 行读不出来，不导入 1 行台账里已有，不重复导入", "3 “昨天”看不出是哪一天，请写成 2026-03-05 这样。 =示例学校 电工",
        "和第 2 行是同一件", "2026-03-05 示例学校 面点 书面版 022-0000 0000",
    ):  # fmt: skip
        assert words in page.replace("&quot;", '"')
    assert clerk.post(f"{at}/preview")["Location"] == at
    page = words_of(clerk.get(at).content.decode())
    assert "导入 1 件 1 行读不出来，没有导入 1 行台账里已有，没有重复导入" in page
    answer = clerk.get(reverse("office-import-refused", args=[SheetImport.objects.get().uuid]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active  # type: ignore[arg-type]  # an answer in pieces
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["行号", "没有导入的原因", "收件日期", "供应单位", "课程名称", "联系电话"],
        [3, "“昨天”看不出是哪一天，请写成 2026-03-05 这样。", "昨天", "=示例学校", "电工", None],
        [
            4,
            "和第 2 行是同一件：日期、单位、课程、运单号、版本形式、原来的编号都一样。",
            "2026-3-5",
            "示例学校",
            "面点",
            None,
        ],
    ]
    assert {cell.data_type for row in sheet.rows for cell in row if cell.value == "=示例学校"} == {"s"}
    arrival = Arrival.objects.get()
    page = words_of(clerk.get(reverse("office-ledger-one", args=[arrival.uuid])).content.decode())
    assert "联系电话 022-0000 0000 导入 旧台账.csv ，第 2 行" in page
    assert arrival.number in clerk.get(reverse("office-ledger"), {"door": "book"}).content.decode()
    undone = clerk.post(f"{at}/undo", {"reason": ""}).content.decode()
    assert ("错误：" in undone, Arrival.objects.get().state) == (True, "unclaimed")
    assert clerk.post(f"{at}/undo", {"reason": "传错了"})["Location"] == at
    assert "已撤销" in words_of(clerk.get(at).content.decode())
    assert "这次导入现在是“已撤销”" in clerk.post(f"{at}/undo", {"reason": "再来"}).content.decode()
    made = AuditEntry.objects.exclude(action__startswith="people.").values_list("action", flat=True)
    assert [one for one in made if one.split(".")[0] in ("importing", "ledger")] == [
        "importing.bring", "importing.map", "importing.confirm", "ledger.register", "importing.taken", "ledger.export", "importing.undo",
        "ledger.set_aside", "importing.undone",
    ]  # fmt: skip


def test_what_is_wrong_is_said_and_nothing_chosen_is_lost(clerk: Client) -> None:
    page = clerk.post(reverse("office-imports"), {}).content.decode()
    assert ("错误：" in page, "请选择台账文件。" in page) == (True, True)
    page = clerk.post(reverse("office-imports"), {"file": SimpleUploadedFile("课.pdf", b"%PDF-1.7 x")}).content.decode()
    assert "这个文件是 PDF 文档，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。" in page
    at = bring(clerk)
    page = clerk.post(at, named(clerk, at, c0="-", c3="note")).content.decode()
    assert ("请指明哪一列是收件日期" in page, '<option value="note" selected' in page) == (True, True)
    page = clerk.post(at, named(clerk, at, year="26")).content.decode()
    assert ("错误：" in page, 'value="26"' in page) == (True, True)
    assert clerk.post(at, {"how": "rows", "sheet": "0", "header": "99"}).status_code == 200
    assert clerk.post(at, {"how": "rows", "sheet": "7", "header": "0"}).content.decode().count("没有这张工作表。")
    assert clerk.post(at, {"how": "rows", "sheet": "0", "header": "0"})["Location"] == at
    assert SheetImport.objects.get().header == 0
    assert clerk.get(f"{at}/preview")["Location"] == at
    assert clerk.post(f"{at}/drop")["Location"] == reverse("office-imports")
    assert (SheetImport.objects.count(), clerk.get(at).status_code) == (0, 404)


def test_a_long_sheet_tells_how_far_it_is(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    at = bring(clerk)
    clerk.post(at, named(clerk, at))
    clerk.post(f"{at}/preview")
    assert "已处理 0%" in clerk.get(at).content.decode()
    assert clerk.get(f"{at}/progress").json() == {"over": False, "state": "已处理 0%", "media": 0, "done": 0}
    run(str(Job.objects.get(name="importing.take").uuid))
    assert clerk.get(f"{at}/progress").json()["over"] is True
    SheetImport.objects.update(state="stopped")
    assert "继续导入" in clerk.get(at).content.decode()
    assert clerk.post(f"{at}/again")["Location"] == at
    assert (SheetImport.objects.get().state, Arrival.objects.count()) == ("taking", 1)


def test_the_list_costs_the_same_with_one_row_and_with_three(clerk: Client) -> None:
    costs = []
    for count in (1, 2):
        for n in range(count):
            bring(clerk, name=f"旧台账{count}{n}.csv")
        clerk.get(reverse("office-imports"))
        with CaptureQueriesContext(connection) as asked:
            page = clerk.get(reverse("office-imports")).content.decode()
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 20
    assert words_of(page).count(".csv 还没有导入") == 3
    page = clerk.get(reverse("office-imports"), {"words": "台账21"}).content.decode()
    assert ("旧台账21.csv" in page, "旧台账20.csv" in page) == (True, False)
    assert "没有找到" in clerk.get(reverse("office-imports"), {"words": "无"}).content.decode()


def test_nobody_else_sees_any_of_it(clerk: Client, actors: dict[Role, Actor]) -> None:
    at = bring(clerk)
    for role in (Role.SUPPLIER, Role.EXPERT, Role.FINANCE, Role.RECOMMENDER):
        other = actors[role]
        assert isinstance(other, Account)
        client = signed_in(other)
        asked = [
            client.get(path).status_code
            for path in (reverse("office-imports"), at, f"{at}/preview", f"{at}/progress", f"{at}/refused.xlsx")
        ]
        sent = [client.post(f"{at}{path}").status_code for path in ("", "/preview", "/undo", "/again", "/drop")]
        assert (role, set(asked + sent)) == (role, {403})
