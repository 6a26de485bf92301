"""Checked again under other rulebooks: nothing is decoded again, the earlier report stays, one submission or all of a call."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.checking.actions import recheck, recheck_call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import earlier_of, report_of
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang_accounts import signed_in
from making import make_clip

pytestmark = pytest.mark.django_db(transaction=True)
BOOKS = ["tianjin/2023", "access/2.2", "moe/2013"]


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEASUREMENTS, settings.WORK = str(tmp_path / "measured"), str(tmp_path / "work")


def sent(draft: Submission, content: bytes) -> Check:
    stored = put_bytes(content)
    intake.receive(
        actor=Account.objects.get(login="manager"), submission=draft, door=Door.WEB, name="课.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    return Check.objects.get(version=draft.latest)


def package(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.write(make_clip(folder / "a.mp4", 3), "网络课程+示例培训学校+课/视频/洗手.mp4")
    return out.getvalue()


def work() -> None:
    while job := Job.objects.filter(state=JobState.WAITING, not_before__lte=timezone.now()).order_by("id").first():
        run(str(job.uuid))


def test_no_film_is_decoded_again_and_both_reports_can_be_seen(
    supplier_draft: Submission, administrator: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sent(supplier_draft, package(tmp_path))
    work()
    first.refresh_from_db()
    monkeypatch.setattr("kebao.media.measuring.measure_stream", lambda *a, **k: pytest.fail("decoded again"))
    # Another limit of the same book is another file of it: the limit is doubled here, as a new edition would.
    from kebao.rulebook import loading

    text = (Path(loading.__file__).parents[1] / "rulebooks/tianjin/2023/rulebook.toml").read_text()
    changed = tmp_path / "rulebook.toml"
    changed.write_text(text.replace("limit_minutes = { value = 25,", "limit_minutes = { value = 0.01,"))
    monkeypatch.setattr(
        "ketang.selection.checking.opening.load",
        lambda name, rules: loading.load(str(changed) if name == "tianjin/2023" else name, rules),
    )
    made = recheck(actor=administrator, submission=supplier_draft, rulebooks=["tianjin/2023", "access/2.2", "moe/2013"])
    with pytest.raises(Refused, match="还没有结束"):
        recheck(actor=administrator, submission=supplier_draft, rulebooks=BOOKS)
    work()
    made.refresh_from_db()
    then, now = report_of(first), report_of(made)
    assert then is not None
    assert now is not None
    assert (made.state, made.version, earlier_of(made)) == (CheckState.DONE, first.version, first)
    assert (then.rulebooks[0].digest != now.rulebooks[0].digest, then.rulebooks[1:]) == (True, now.rulebooks[1:])
    assert [entry.action for entry in history(made)] == ["checking.begin", "checking.recheck", "checking.done"]
    page = signed_in(administrator).get(reverse("office-arrival", args=[supplier_draft.uuid])).content.decode()
    assert [reverse("check", args=[one.uuid]) in page for one in (first, made)] == [True, True]
    seen = signed_in(administrator).get(reverse("check", args=[made.uuid])).content.decode()
    assert "与这一版的上一次检查相比" in seen


def test_a_call_is_checked_again_once(supplier_draft: Submission, administrator: Account, tmp_path: Path) -> None:
    manager, call = Account.objects.get(login="manager"), supplier_draft.call
    others = [
        intake.start(
            actor=manager, call=call, organisation=supplier_draft.organisation, title=f"课{n}", category="P2(3)"
        )
        for n in (1, 2, 3)
    ]
    checks = [sent(one, f"no package {n}".encode()) for n, one in enumerate((supplier_draft, *others[:2]))]
    work()
    intake.withdraw(actor=manager, submission=others[1], reason="另报")
    recheck_call(actor=administrator, call=call, rulebooks=BOOKS)
    job = Job.objects.get(name="checking.recheck_call")
    work()
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    work()
    again = Check.objects.exclude(pk__in=[one.pk for one in checks])
    assert {one.version.submission for one in again if one.version} == {supplier_draft, others[0]}
    assert [entry.action for entry in history(call)][-1] == "checking.recheck_call"


def test_rulebooks_of_the_call_are_not_left_out(supplier_draft: Submission, administrator: Account) -> None:
    with pytest.raises(Refused, match="还没有收到"):
        recheck(actor=administrator, submission=supplier_draft, rulebooks=BOOKS)
    for books, words in ((["access/2.2"], "不能少：tianjin/2023、moe/2013"), ([*BOOKS, "x/1"], "没有规则册“x/1”")):
        for act in (
            lambda books: recheck(actor=administrator, submission=supplier_draft, rulebooks=books),
            lambda books: recheck_call(actor=administrator, call=supplier_draft.call, rulebooks=books),
        ):
            with pytest.raises(Refused, match=words) as told:
                act(books)
            assert told.value.field == "rulebooks"


def test_pages(supplier_draft: Submission, administrator: Account, actors: dict[Role, Actor]) -> None:
    sent(supplier_draft, b"no package")
    work()
    office = signed_in(administrator)
    for address in (
        reverse("office-arrival-recheck", args=[supplier_draft.uuid]),
        reverse("office-call-recheck", args=[supplier_draft.call.uuid]),
    ):
        assert office.get(address).content.decode().count(" checked") == 3
        assert "征集规定的规则册不能少" in office.post(address, {"rulebooks": ["moe/2013"]}).content.decode()
        assert office.post(address, {"rulebooks": BOOKS}).status_code == 302
        for role in (Role.SUPPLIER, Role.EXPERT):
            actor = actors[role]
            assert isinstance(actor, Account)
            assert signed_in(actor).post(address, {"rulebooks": BOOKS}).status_code == 403
    with pytest.raises(PermissionDenied):
        recheck(actor=actors[Role.SUPPLIER], submission=supplier_draft, rulebooks=BOOKS)
