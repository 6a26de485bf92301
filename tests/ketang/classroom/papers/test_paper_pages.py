"""The centre's pages of exams on paper, without a script."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.exams.models import Attempt
from ketang.classroom.papers.models import Keyed, Printing
from ketang.people.account.models import Account
from ketang_accounts import signed_in

from .conftest import Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(hall: Hall) -> str:
    return f"/centre/papers/{hall.printing.uuid}"


def form(hall: Hall, **typed: str) -> dict[str, str]:
    """The fields of the page, what is typed by learner's name."""
    told = {"how": "answers", "sat_on": f"{timezone.localdate():%Y-%m-%d}"}
    for number, (name, account) in enumerate(hall.learners.items(), start=1):
        told |= {f"n-{account.pk}": str(number), f"a-{account.pk}-0": typed.get(name, "")}
    return told


def test_print_enter_check_and_undo(hall: Hall, page: str) -> None:
    teacher, second = signed_in(hall.teacher), signed_in(hall.second)
    made = teacher.post(f"/centre/groups/{hall.group.uuid}/papers", {"paper": str(hall.paper.uuid), "spare": "0"})
    assert made["Location"] == f"/centre/papers/{Printing.objects.exclude(pk=hall.printing.pk).get().uuid}"
    answer = teacher.post(f"{page}/enter", form(hall, 示例学员一="A AB 对"))
    assert (answer.status_code, answer["Location"]) == (302, page)
    said = teacher.get(page).content.decode()
    assert "您录入的要由另一个人复核" in said
    assert "还有 1 人没有录入。" in said
    seen = second.get(page).content.decode()
    assert "A AB 对" in seen
    keyed = Keyed.objects.get()
    second.post(page, {"entry": str(keyed.uuid)})
    assert Attempt.objects.get().submitted_how == "pen"
    assert "及格" in teacher.get(page).content.decode()
    Account.objects.update(password_until=None)
    learner = signed_in(hall.learners["示例学员一"])
    result = learner.get(reverse("learn-result", args=[Attempt.objects.get().uuid])).content.decode()
    assert "在纸上作答，由培训中心录入、另一个人复核。" in result
    teacher.post(f"/centre/papers/entries/{keyed.uuid}/undo", {"reason": "看错"})
    assert Attempt.objects.count() == 0
    assert "看错" in teacher.get(page).content.decode()


def test_what_was_mistyped_is_named_and_kept(hall: Hall, page: str) -> None:
    answer = signed_in(hall.teacher).post(f"{page}/enter", form(hall, 示例学员一="A E 对", 示例学员二="A 对"))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "示例学员一，第 2 题：没有“E”这个选项。" in said
    assert "示例学员二，第 1 到 3 题：应有 3 个答案，这里有 2 个。没有答的写“-”。" in said
    assert 'value="A E 对"' in said
    assert Keyed.objects.count() == 0


def test_the_table_goes_out_and_comes_back(hall: Hall, page: str) -> None:
    teacher = signed_in(hall.teacher)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(teacher.get(f"{page}/answers.xlsx"))))  # type: ignore[arg-type]
    sheet = book.active
    assert sheet is not None
    first, second = (one.login for one in hall.learners.values())
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["姓名", "登录号", "答题纸号", "第 1 到 3 题"],
        ["示例学员一", first, "1", None],
        ["示例学员二", second, "2", None],
    ]
    sheet["D2"] = "A AB 对"
    held = io.BytesIO()
    book.save(held)
    sent = SimpleUploadedFile("纸笔答案.xlsx", held.getvalue())
    said = teacher.post(f"{page}/enter", {"how": "file", "file": sent}).content.decode()
    assert "读到 1 人的答案，请核对" in said
    assert 'value="A AB 对"' in said
    assert Keyed.objects.count() == 0
    other = SimpleUploadedFile("别的.csv", "甲,乙\n1,2\n".encode())
    assert "这不是本页下载的表格" in teacher.post(f"{page}/enter", {"how": "file", "file": other}).content.decode()


def test_files(hall: Hall, page: str) -> None:
    teacher = signed_in(hall.teacher)
    for name in ("paper/a4", "paper/a4-large", "paper/a3-large", "sheets/a4", "sheets/a4-large"):
        answer = teacher.get(f"{page}/{name}.pdf")
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert teacher.get(f"{page}/paper/a5.pdf").status_code == 404
    assert teacher.get(f"{page}/key/a4.pdf").status_code == 404
    Account.objects.update(password_until=None)
    for account in hall.learners.values():
        assert signed_in(account).get(f"{page}/paper/a4.pdf").status_code == 403


def test_the_key_is_for_the_office_alone(hall: Hall) -> None:
    address = f"/office/exams/{hall.paper.uuid}/print/key/a4.pdf"
    assert signed_in(hall.teacher).get(address).status_code == 403
