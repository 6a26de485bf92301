"""The office's old spreadsheet: read as offices write it, guessed, taken in once, and taken back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from ketang.people.account.models import Account
from ketang.people.permissions import PermissionDenied
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.desk.actions import register_parcel
from ketang.selection.desk.models import Delivery
from ketang.selection.importing import actions, taking
from ketang.selection.importing.faults import told
from ketang.selection.importing.models import ImportState, SheetImport, SheetRow
from ketang.selection.importing.permissions import may_import_ledger
from ketang.selection.importing.queries import Preview, columns_of, weighed
from ketang.selection.importing.reading import read_sheets
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from questions.oldmaking import book as old_book
from questions.oldmaking import old_workbook

pytestmark = pytest.mark.django_db
HEADS = ["序号", "收件日期", "供应单位", "课程名称", "份数", "快递单号", "联系电话", "备注"]
SHEET: list[list[object]] = [
    ["2026年课程资源收件台账"],
    [],
    list(HEADS),
    [1, "2026.3.5", "示例职业学院", "中式面点", 2, "SF1000000001", 13800000000, "缺承诺书"],
    [2, datetime(2026, 3, 6), "同上", "西式面点", "一式两份", "SF1000000001", "022-0000 0000", None],
    [],
    [3, 46088, "示例培训学校", "老年人照护", None, 1.23456789012345e17, None, None],
    list(HEADS),
    [4, "３月８日", "示例培训学校", "急救", 1, None, None, None],
    [5, 3.1, "示例培训学校", "电工", 1, None, None, None],
    [6, "3月8日", "示例培训学校", "急救", 1, None, None, "又登记了一次"],
    ["合计", None, None, None, 6, None, None, None],
]


def book(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ("收件",), merged: str = "") -> io.BytesIO:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in zip(names, sheets, strict=True):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if len(rows[0]) == 1:
            sheet.merge_cells("A1:H1")
        if merged:
            sheet.merge_cells(merged)
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


def brought(clerk: Account, file: io.BytesIO, name: str = "收件台账.xlsx", **mapping: object) -> SheetImport:
    """A draft whose columns are as they were guessed, unless said otherwise."""
    made = actions.bring(actor=clerk, file=file, name=name)
    chosen = {"columns": made.columns, "year": made.year, "medium": Medium.PAPER, "call": None} | mapping
    actions.map_columns(actor=clerk, of=made, **chosen)  # type: ignore[arg-type]  # the test's own variations
    return made


def taken(clerk: Account, file: io.BytesIO, **mapping: object) -> SheetImport:
    made = brought(clerk, file, **mapping)
    actions.confirm(actor=clerk, of=made)
    return made


def said(of: SheetImport) -> dict[int, str]:
    """What became of each row, in a word or in the sentence of its reason."""
    rows = SheetRow.objects.filter(of=of).exclude(outcome="").order_by("line")
    return {row.line: told(row.fault, row.fault_of) or row.outcome for row in rows}


def test_a_sheet_of_the_office_is_guessed_and_understood(clerk: Account) -> None:
    made = brought(clerk, book(SHEET))
    assert (made.header, made.year, made.sheets) == (3, 2026, ["收件"])
    assert [(one.letter, one.head, one.field, one.samples[:2]) for one in columns_of(made)] == [
        ("A", "序号", "", ["1", "2"]), ("B", "收件日期", "received", ["2026.3.5", "2026-03-06"]),
        ("C", "供应单位", "supplier", ["示例职业学院", "同上"]), ("D", "课程名称", "title", ["中式面点", "西式面点"]),
        ("E", "份数", "copies", ["2", "一式两份"]), ("F", "快递单号", "tracking", ["SF1000000001", "SF1000000001"]),
        ("G", "联系电话", "phone", ["13800000000", "022-0000 0000"]), ("H", "备注", "note", ["缺承诺书", "又登记了一次"]),
    ]  # fmt: skip
    preview = Preview.of(weighed(made))
    assert [(row.line, row.said) for row in preview.taken] == [
        (4, {"supplier": "示例职业学院", "title": "中式面点", "tracking": "SF1000000001", "phone": "13800000000", "copies": "2",
             "note": "缺承诺书", "received": "2026-03-05", "medium": "paper"}),
        (5, {"supplier": "示例职业学院", "title": "西式面点", "tracking": "SF1000000001", "phone": "022-0000 0000",
             "copies": "一式两份", "received": "2026-03-06", "medium": "paper"}),
        (9, {"supplier": "示例培训学校", "title": "急救", "copies": "1", "received": "2026-03-08", "medium": "paper"}),
    ]  # fmt: skip
    assert [(row.line, told(row.fault, row.fault_of)) for row in preview.refused] == [
        (7, "运单号“1.23456789012345e+17”被 Excel 改成了数字，后几位已经丢失。请设为文本后重填。"),
        (10, "“3.1”是数字，看不出是几日（3.1 可能是 3 月 1 日，也可能是 3 月 10 日），请写成 3月1日 这样。"),
        (12, "这一行是合计。"),
    ]
    assert [(row.line, row.fault, row.fault_of) for row in preview.there] == [(11, "same-line", "9")]


def test_rows_are_taken_in_once_and_the_same_file_brings_nothing_twice(clerk: Account, call: Call) -> None:
    made = taken(clerk, book(SHEET), call=call)
    first = Arrival.objects.order_by("id").first()
    assert first is not None
    assert (made.state, made.counted) == (ImportState.TAKEN, {"taken": 3, "refused": 3, "there": 1})
    assert (
        first.door, first.medium, first.state, first.supplier, first.title, first.sender, first.call, first.registered_by, first.reason,
        first.received_at, first.counts_at,
    ) == (
        Door.BOOK, Medium.PAPER, ArrivalState.UNCLAIMED, "示例职业学院", "中式面点", "SF1000000001", call, clerk, "旧台账“收件台账.xlsx”第 4 行。",
        datetime(2026, 3, 4, 16, tzinfo=UTC), datetime(2026, 3, 4, 16, tzinfo=UTC),
    )  # fmt: skip
    assert SheetRow.objects.get(of=made, line=4).cells == []  # of what is in the ledger nothing is kept twice
    with pytest.raises(Refused, match="没有可以导入的行"):
        taken(clerk, book(SHEET))
    longer = taken(clerk, book([*SHEET, [7, "2026-04-01", "示例技校", "焊工", 1, None, None, None]]))
    assert (longer.counted, Arrival.objects.count()) == ({"taken": 1, "there": 4, "refused": 3}, 4)
    assert said(longer)[4] == f"以前导入过，收件编号 {first.number}。"
    assert list(AuditEntry.objects.exclude(action="ledger.register").filter(action__startswith="importing").values_list("action", flat=True))[:4] == [
        "importing.bring", "importing.map", "importing.confirm", "importing.taken",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="ledger.register").count() == 4


def test_what_was_registered_at_the_desk_is_there_already(clerk: Account) -> None:
    parcel, _is_new = register_parcel(
        actor=clerk, key=uuid4(), delivery=Delivery.POSTED, tracking="SF1000000001", postmark=date(2026, 3, 1)
    )
    rows = [
        HEADS,
        [1, "2026.3.5", "示例职业学院", "中式面点", 2, "sf 1000000001", None, None],
        [2, "2026.3.5", "示例", "x"],
    ]
    made = taken(clerk, book(rows))
    assert said(made) == {2: f"窗口登记过这个运单号，收件编号 {parcel.arrival.number}。", 3: "taken"}


def test_an_import_is_undone_whole_and_may_come_again(clerk: Account) -> None:
    made = taken(clerk, book(SHEET))
    actions.undo(actor=clerk, of=made, reason="选错了列")
    states = dict(Arrival.objects.values_list("reason", "state"))
    assert (made.state, states, made.counted["left"]) == (
        ImportState.UNDONE, {"导入已撤销：选错了列": ArrivalState.SET_ASIDE}, 0,
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="ledger.set_aside").count() == 3
    again = taken(clerk, book(SHEET))
    assert (again.counted["taken"], Arrival.objects.count()) == (3, 6)
    with pytest.raises(Refused, match="这次导入现在是“已撤销”，不能这样处理"):
        actions.undo(actor=clerk, of=made, reason="选错了列")


def test_nothing_is_undone_once_somebody_dealt_with_it(clerk: Account) -> None:
    made = taken(clerk, book(SHEET))
    first = Arrival.objects.order_by("id")[0]
    ledger.set_aside(actor=clerk, arrival=first, reason="不是")
    with pytest.raises(Refused, match=f"不能撤销：{first.number} 等已经有人处理过"):
        actions.undo(actor=clerk, of=made, reason="选错了列")
    assert (SheetImport.objects.get().state, Arrival.objects.filter(state=ArrivalState.UNCLAIMED).count()) == (
        "taken",
        2,
    )


def test_many_rows_go_on_in_the_background_and_survive_a_death(clerk: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 5)
    monkeypatch.setattr(taking, "PART", 2)
    rows = [HEADS, *([n, f"2026-03-{n:02}", f"示例第{n}学校", "急救"] for n in range(1, 8))]
    made = taken(clerk, book(rows))
    assert (made.state, Arrival.objects.count()) == (ImportState.TAKING, 0)

    class Killed(Exception):
        pass

    def die(done: int, _of: int) -> None:
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        taking.take(made, die)
    assert Arrival.objects.count() == 4
    run(str(Job.objects.get(name="importing.take").uuid))
    made.refresh_from_db()
    assert (made.state, made.counted, Arrival.objects.count()) == (ImportState.TAKEN, {"taken": 7}, 7)
    taking.take(made)
    actions.undo(actor=clerk, of=made, reason="选错了列")
    assert made.state == ImportState.UNDOING
    ledger.set_aside(actor=clerk, arrival=Arrival.objects.order_by("id")[0], reason="刚处理")
    run(str(Job.objects.get(name="importing.undo").uuid))
    made.refresh_from_db()
    assert (made.state, made.counted) == (ImportState.UNDONE, {"taken": 7, "left": 1})


def test_the_next_file_of_the_same_heads_is_mapped_alike(clerk: Account) -> None:
    made = brought(clerk, book(SHEET))
    columns = ["old", *made.columns[1:7], ""]
    actions.map_columns(actor=clerk, of=made, columns=columns, year=2026, medium=Medium.ELECTRONIC, call=None)
    actions.confirm(actor=clerk, of=made)
    next_one = actions.bring(actor=clerk, file=book([["2025年"], HEADS, *SHEET[3:5]]), name="别的.xlsx")
    assert (next_one.columns, next_one.medium, next_one.header, next_one.year) == (columns, "electronic", 2, 2025)


def test_another_sheet_and_another_header_are_chosen(clerk: Account) -> None:
    made = actions.bring(actor=clerk, file=book([["说明"], ["x"]], SHEET, names=("说明", "收件")), name="a.xlsx")
    assert (made.sheet, made.header) == (1, 3)
    actions.choose_rows(actor=clerk, of=made, sheet=1, header=0)
    assert (made.header, set(made.columns)) == (0, {""})
    actions.choose_rows(actor=clerk, of=made, sheet=0, header=0)
    assert (made.sheet, made.header, made.columns) == (0, 0, [""])
    for sheet, header in ((2, 0), (0, 9)):
        with pytest.raises(Refused):
            actions.choose_rows(actor=clerk, of=made, sheet=sheet, header=header)


def test_a_mapping_needs_a_date_and_a_name(clerk: Account) -> None:
    made = actions.bring(actor=clerk, file=book(SHEET), name="a.xlsx")
    for columns, words in (
        (["", "", "supplier", *[""] * 5], "哪一列是收件日期"), (["received", *[""] * 7], "哪一列是供应单位"),
        (["received", "received", "title", *[""] * 5], "“收件日期”选了不止一列"), (["received", "title"], "列已经变了"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            actions.map_columns(actor=clerk, of=made, columns=columns, year=None, medium=Medium.PAPER, call=None)


def test_cells_joined_over_rows_say_it_in_each(clerk: Account) -> None:
    rows = [HEADS, [1, "2026-03-05", "示例学校", "甲"], [2, "2026-03-05", None, "乙"], [3, "2026-03-06", None, "丙"]]
    made = brought(clerk, book(rows, merged="C2:C3"))
    assert [row.said.get("supplier") for row in weighed(made)] == ["示例学校", "示例学校", None]


CSV = "收件日期,供应单位,课程名称,版本形式\n2026-3-5,示例学校,面点,纸质\n3.1,示例学校,\"茶,艺\",电子邮件\n2026-3-7,示例学校,电工,纸质、电子\n2026-3-8,示例学校,焊工,其他\n"  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding(clerk: Account, encoding: str) -> None:
    made = brought(clerk, io.BytesIO(CSV.encode(encoding)), "a.csv")
    assert [(row.line, told(row.fault, row.fault_of)[:12] or row.said["medium"]) for row in weighed(made)] == [
        (2, "paper"), (3, "“3.1”是数字，看不出"), (4, "版本形式“纸质、电子”写"), (5, "版本形式“其他”看不出是"),
    ]  # fmt: skip


def test_an_xls_is_read(clerk: Account) -> None:
    rows = (("收件日期", "供应单位", "运单号"), (46086.0, "示例学校", "SF1000000001"), ("3月6日", "同上", ""))
    made = brought(clerk, io.BytesIO(old_workbook(old_book(rows))), "旧台账.xls")
    assert [row.said for row in weighed(made)] == [
        {"supplier": "示例学校", "tracking": "SF1000000001", "received": "2026-03-05", "medium": "paper"},
        {"supplier": "示例学校", "received": "2026-03-06", "medium": "paper"},
    ]


HOSTILE = {
    "bomb_ratio.zip": "解压以后大得不正常", "docx_ok.docx": "不是表格", "docx_macro.docx": "含有宏", "csv_named.xlsx": "",
    "empty_file.zip": "是空文件", "png_named.mp4": "不是表格", "xxe_file.zip": "不是能读的 Office 文档", "rar_named.zip": "不是表格",
}  # fmt: skip


def test_what_is_no_table_is_refused_in_a_sentence(shared: Path) -> None:
    """A CSV that is called a workbook is read all the same."""
    found = {}
    for name in HOSTILE:
        content = (shared / "hostile" / name).read_bytes()
        try:
            read_sheets(io.BytesIO(content), name)
        except Refused as refused:
            found[name] = next((words for words in HOSTILE.values() if words and words in str(refused)), str(refused))
        else:
            found[name] = ""
    assert found == HOSTILE


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from ketang.selection.importing import reading

    for name, most, content, words in (
        ("MOST_BYTES", 10, b"a,b\n1,2\n3,4\n", "不能导入"), ("MOST_ROWS", 2, b"a\nb\nc\n", "超过 2 行"),
        ("MOST_COLUMNS", 2, b"a,b,c\n", "最多 2 列"), ("MOST_BYTES", 99, b"", "空文件"), ("MOST_BYTES", 99, b" \n", "空文件"),
        ("MOST_BYTES", 99, b"a\0\x01\x02", "看不出这个文件是什么"),
    ):  # fmt: skip
        monkeypatch.setattr(reading, name, most)
        with pytest.raises(Refused, match=words):
            read_sheets(io.BytesIO(content), "a.csv")
        monkeypatch.undo()
    far = openpyxl.Workbook()
    far.active["XFD1048576"] = 1
    stream = io.BytesIO()
    far.save(stream)
    with pytest.raises(Refused, match="远在表格之外"):
        read_sheets(stream, "a.xlsx")


def test_who_may_import(actors: dict[Role, Actor]) -> None:
    assert {role for role in Role if may_import_ledger(actors[role])} == {Role.CLERK, Role.ADMINISTRATOR}


def test_nobody_else_brings_anything(actors: dict[Role, Actor]) -> None:
    with pytest.raises(PermissionDenied):
        actions.bring(actor=actors[Role.SUPPLIER], file=book(SHEET), name="a.xlsx")
    assert not SheetImport.objects.exists()


def test_a_draft_is_given_up_and_forgotten_after_a_week(clerk: Account) -> None:
    made = brought(clerk, book(SHEET))
    actions.drop(actor=clerk, of=made)
    old = brought(clerk, book(SHEET))
    SheetImport.objects.filter(pk=old.pk).update(brought_at=datetime(2026, 1, 1, tzinfo=UTC))
    fresh = brought(clerk, book(SHEET))
    assert (list(SheetImport.objects.all()), SheetRow.objects.exclude(of=fresh).count()) == ([fresh], 0)
    assert AuditEntry.objects.filter(action="importing.drop").count() == 2


def test_a_person_s_share_is_given_out_and_erased(clerk: Account, call: Call) -> None:
    from ketang.people.account.actions import open_by_command
    from ketang.people.organisation.actions import add_member, register_supplier
    from ketang.people.organisation.models import OrganisationKind
    from ketang.selection.importing.own import SHARE
    from ketang.selection.intake.actions import open_for

    person = open_by_command(login="person", name="示例个人").account
    own = register_supplier(actor=clerk, kind=OrganisationKind.PERSON, name="示例个人")
    add_member(invited_by=clerk, account=person, organisation=own)
    made = taken(
        clerk, book([HEADS, [1, "2026.3.5", "示例个人", "面点", 2, "SF1000000009", "022-0000 0000", "熟人"]]), call=call
    )
    submission = open_for(actor=clerk, call=call, organisation=own, title="面点", category="P2(3)")
    ledger.enter(actor=clerk, arrival=Arrival.objects.get(), submission=submission)
    whole = {"file": made.name, "line": 2, "supplier": "示例个人", "title": "面点", "tracking": "SF1000000009", "phone": "022-0000 0000",
             "copies": "2", "note": "熟人", "received": "2026-03-05", "medium": "paper"}  # fmt: skip
    assert SHARE.export(person) == {"old_ledger_rows": [whole]}
    assert [str(one.what) for one in SHARE.erase(person)] == ["旧台账里导入的行"]
    assert SheetRow.objects.get(line=2).said == {
        "title": "面点",
        "copies": "2",
        "received": "2026-03-05",
        "medium": "paper",
    }
    assert SHARE.export(clerk) == {"old_ledger_rows": []}
