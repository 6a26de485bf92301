"""The expert's pages: they name no supplier, they are the expert's own, and what is filled in is kept."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job
from ketang.selection.assigning.models import Assignment, Means
from ketang.selection.checking.actions import keep_report
from ketang.selection.checking.models import Check
from ketang.selection.experts.models import PanelSeat
from ketang.selection.intake.models import Door, Submission, Version
from ketang.selection.ruling.actions import rule_on, waive
from ketang.selection.ruling.models import RulingKind
from ketang.selection.scoring.models import BlindCopy, Sheet, SubmittedSheet
from ketang_accounts import signed_in
from ketang_reports import SHORT_ETHICS, sketched

pytestmark = pytest.mark.django_db(transaction=True)

GIVES_AWAY = (
    "晴禾",
    "qinghe",
    "示例培训学校",
    "28000000",
    "示例路",
    "91120000MA0000001Q",
    "TIANJIN-2023-0001",
    ".mp4",
    "教务处",
)
FORM = {
    "score-standard": "8", "score-teaching": "7.5", "score-practice": "9", "score-resources": "6", "score-exams": "10",
    "score-media": "5.5", "note-media": "有电流声", "moment-part-1": "2", "moment-time-1": "0:05", "moment-words-1": "这里清楚",
    "overall": "可用", "private": "再想想", "revision": "0",
}  # fmt: skip


@pytest.fixture
def expert(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.EXPERT]
    assert isinstance(found, Account)
    return found


def pages(assignment: Assignment) -> list[str]:
    return [
        reverse("review"), *(reverse(f"review-{name}", args=[assignment.uuid]) for name in ("package", "papers", "findings", "sheet", "submit", "submitted")),
        *(reverse("review-part", args=[assignment.uuid, number]) for number in (1, 2, 3, 4)),
    ]  # fmt: skip


def test_no_page_names_the_supplier(copy: BlindCopy, assignment: Assignment, expert: Account) -> None:
    client = signed_in(expert)
    BlindCopy.objects.update(
        words={**copy.words, "intro": "由天津市晴禾职业培训学校制作"}
    )  # a name that slipped through the making
    for page in pages(assignment):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert [word for word in GIVES_AWAY if word in answer.content.decode()] == [], page
    for number in (1, 2, 4):
        captions = client.get(reverse("review-captions", args=[assignment.uuid, number]))
        assert captions.status_code == 200
    film = client.get(reverse("review-medium", args=[assignment.uuid, 1]), headers={"Range": "bytes=4-7"})
    assert (film.status_code, b"".join(film.streaming_content), film["Content-Disposition"]) == (206, b"ftyp", "inline")  # type: ignore[attr-defined]


def test_a_copy_being_made_is_waited_for_on_a_page_that_renews_itself(
    assignment: Assignment, expert: Account, make_copies: Callable[[], None]
) -> None:
    client, page = signed_in(expert), reverse("review-package", args=[assignment.uuid])
    progress = reverse("review-progress", args=[assignment.uuid])
    waiting = client.get(page).content.decode()
    assert (f'data-check="{progress}"' in waiting, '<meta http-equiv="refresh" content="10">' in waiting) == (
        True,
        True,
    )
    assert client.get(progress).json() == {"over": False, "state": "正在准备盲评副本", "media": 0, "done": 0}
    job = Job.objects.get(name="scoring.copy")
    Job.objects.filter(pk=job.pk).update(progress={"done": 2, "of": 5})
    assert client.get(progress).json() == {"over": False, "state": "正在准备盲评副本", "media": 5, "done": 2}
    assert '<progress max="5" value="2"' in client.get(page).content.decode()
    make_copies()
    assert client.get(progress).json()["over"] is True
    assert "data-check" not in client.get(page).content.decode()


def test_rulings_are_read_unless_they_give_the_supplier_away(
    copy: BlindCopy, assignment: Assignment, administrator: Account, expert: Account
) -> None:
    report = sketched(SHORT_ETHICS, hours="9.0")
    check = Check.objects.get(version=assignment.version)
    keep_report(check, report)
    check = Check.objects.select_related("version__submission").get(pk=check.pk)
    known = {finding.rule: finding.fingerprint for finding in report.findings}
    rule_on(
        actor=administrator,
        check=check,
        fingerprint=known["hours-differ"],
        kind=RulingKind.DISMISS,
        reason="另有实训课时。",
    )
    given_away = "晴禾学校来电 13800138000 说明，是政策宣讲课。"
    waive(actor=administrator, check=check, rulebook="tianjin/2023", clause="A3(2).1", reason=given_away)
    client, address = signed_in(expert), reverse("review-findings", args=[assignment.uuid])
    shown = client.get(address)
    said = [
        (one.ruling.ruling.get_kind_display(), one.ruling.hides)
        for clause in shown.context["clauses"]
        for one in clause.findings
        if one.ruling is not None
    ]
    waived = [(clause.id, clause.waiver.hides) for clause in shown.context["clauses"] if clause.waiver is not None]
    assert (said, waived) == ([("不是问题", False)], [("A3(2).1", True)])
    page = shown.content.decode()
    assert ("另有实训课时。" in page, "理由提到了供应单位，这里不显示。" in page) == (True, True)
    assert [word for word in ("晴禾", "13800138000", "政策宣讲课", administrator.name) if word in page] == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EXPERT])
def test_they_are_nobody_elses(copy: BlindCopy, assignment: Assignment, actors: dict[Role, Actor], role: Role) -> None:
    actor = actors[role]
    client = signed_in(actor) if isinstance(actor, Account) else Client()
    wanted = 404 if isinstance(actor, Account) else 302
    assert {client.get(page).status_code for page in pages(assignment)[1:]} == {wanted}
    assert client.get(reverse("review")).status_code == (403 if isinstance(actor, Account) else 302)


def test_not_before_the_declaration_is_signed(copy: BlindCopy, assignment: Assignment, expert: Account) -> None:
    PanelSeat.objects.update(declared_at=None)
    client = signed_in(expert)
    assert client.get(reverse("review-package", args=[assignment.uuid])).status_code == 403
    assert client.get(reverse("review-medium", args=[assignment.uuid, 1])).status_code == 403
    seat = PanelSeat.objects.get()
    assert reverse("review-declaration", args=[seat.uuid]) in client.get(reverse("review")).content.decode()


def test_the_sheet_works_without_a_script(copy: BlindCopy, assignment: Assignment, expert: Account) -> None:
    client, address = signed_in(expert), reverse("review-sheet", args=[assignment.uuid])
    answer = client.post(address, {**FORM, "how": "next"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("review-submit", args=[assignment.uuid]))
    kept = Sheet.objects.get()
    assert (kept.filled["moments"], kept.private) == ([{"part": 2, "second": 5, "words": "这里清楚"}], "再想想")
    assert "再想想" in client.get(address).content.decode()
    answer = client.post(reverse("review-submit", args=[assignment.uuid]), {"signed_as": "评审甲"})
    assert answer["Location"] == reverse("review-submitted", args=[assignment.uuid])
    page = client.get(answer["Location"]).content.decode()
    assert ("加权平均 7.62（满分 10）" in page, "再想想" in page) == (True, False)
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(reverse("review-sheet-paper", args=[assignment.uuid, kind])).content[: len(head)] == head
    assert SubmittedSheet.objects.count() == 1


def test_a_wrong_score_keeps_everything_that_was_typed(
    copy: BlindCopy, assignment: Assignment, expert: Account
) -> None:
    answer = signed_in(expert).post(reverse("review-sheet", args=[assignment.uuid]), {**FORM, "score-media": "11"})
    page = answer.content.decode()
    assert "分数应当在 0 到 10 之间" in page
    assert all(word in page for word in ('value="11"', "有电流声", "这里清楚", "再想想", "错误："))
    assert not Sheet.objects.exists()


def test_keeping_by_the_script(copy: BlindCopy, assignment: Assignment, expert: Account) -> None:
    client, address = signed_in(expert), reverse("review-keep", args=[assignment.uuid])

    def keep(revision: int, score: str) -> tuple[int, dict[str, object]]:
        said = {"revision": revision, "filled": {"scores": {"media": score}}, "private": "", "seconds": 7}
        answer = client.post(address, json.dumps(said), content_type="application/json")
        return answer.status_code, answer.json()

    assert keep(0, "5") == (200, {"revision": 1, "seconds": 7})
    assert keep(1, "6.5") == (200, {"revision": 2, "seconds": 14})
    status, said = keep(1, "9")
    assert (status, said["now"]["revision"], said["now"]["filled"]["scores"]) == (409, 2, {"media": "6.5"})  # type: ignore[index]
    assert keep(2, "9.9")[0] == 422
    assert client.post(address, "{", content_type="application/json").status_code == 400
    assert Sheet.objects.get().filled["scores"] == {"media": "6.5"}


def test_a_note_at_a_second_from_the_parts_page(copy: BlindCopy, assignment: Assignment, expert: Account) -> None:
    client, address = signed_in(expert), reverse("review-moment", args=[assignment.uuid, 4])
    client.post(address, {"time": "0:03", "words": "手法清楚"})
    client.post(address, {"time": "三分", "words": "不算"})
    assert Sheet.objects.get().filled["moments"] == [{"part": 4, "second": 3, "words": "手法清楚"}]


def test_the_list_costs_the_same_with_one_row_and_with_three(
    copy: BlindCopy, assignment: Assignment, expert: Account
) -> None:
    client = signed_in(expert)

    def cost(rows: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("review")).content.decode()
        assert page.count("看课程") == rows
        return len(queries)

    cost(1)
    one = cost(1)
    for number in range(2):
        other = Submission.objects.create(
            call=assignment.call,
            organisation=assignment.submission.organisation,
            number=f"X-{number}",
            title=f"课程{number}",
        )
        version = Version.objects.create(
            submission=other,
            index=1,
            door=Door.WEB,
            name="a.zip",
            digest="0" * 64,
            size=1,
            received_at=assignment.made_at,
        )
        Assignment.objects.create(
            call=assignment.call, submission=other, version=version, expert=assignment.expert, means=Means.HAND
        )
        BlindCopy.objects.create(
            call=assignment.call, submission=other, version=version, alias=10 + number, made_at=assignment.made_at
        )
    assert (cost(3), one <= 20) == (one, True)
