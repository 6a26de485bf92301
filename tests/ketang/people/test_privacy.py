"""Consent with the text that was shown; a person's data given out and erased."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent, withdraw_consent
from ketang.people.consent.models import Consent, ConsentText, Purpose
from ketang.people.consent.queries import has_consented
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy import registry
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.refusal import Refused

TEXT = "我同意保存字幕和字号设置。"


@pytest.fixture
def person(db: None) -> Account:
    account = open_by_command(login="zhang", name="示例姓名").account
    account.email = "zhang@example.org"
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    register_organisation(actor=account, kind=OrganisationKind.PERSON, name="示例姓名")
    give_consent(account=account, purpose=Purpose.NEEDS, language="zh-hans", text=TEXT)
    return account


def test_consent_keeps_the_text_that_was_shown(person: Account) -> None:
    digest = hashlib.sha256(f"needs\nzh-hans\n{TEXT}".encode()).hexdigest()
    give_consent(account=person, purpose=Purpose.NEEDS, language="zh-hans", text=TEXT)
    row = Consent.objects.get()
    assert (row.text_id, row.text.text, row.withdrawn_at) == (digest, TEXT, None)
    assert has_consented(person, Purpose.NEEDS, digest=digest)
    assert not has_consented(person, Purpose.NEEDS, digest="0" * 64)
    assert not has_consented(person, Purpose.IDENTITY)


def test_consent_is_withdrawn_and_given_anew(person: Account) -> None:
    withdraw_consent(account=person, purpose=Purpose.NEEDS)
    assert not has_consented(person, Purpose.NEEDS)
    give_consent(account=person, purpose=Purpose.NEEDS, language="zh-hans", text=TEXT)
    assert (Consent.objects.count(), ConsentText.objects.count()) == (2, 1)
    actions = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(actions)[-3:] == ["people.give_consent", "people.withdraw_consent", "people.give_consent"]


def test_the_export_holds_what_is_known_and_no_secret(person: Account) -> None:
    with zipfile.ZipFile(io.BytesIO(export_personal_data(actor=person, account=person))) as archive:
        found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    desk = ["desk/calls.json", "desk/covers.json", "desk/disks.json", "desk/parcels.json"]
    pool = [
        "experts/declared_conflicts.json",
        "experts/expert.json",
        "experts/named_in_own_packages.json",
        "experts/seats.json",
    ]
    review = ["ranking/remarks.json", "ranking/votes.json"]
    learning = ["learning/progress.json", "learning/sittings.json", "learning/study.json"]
    groups = [
        f"groups/{name}.json" for name in ("announcements", "assistance", "enrolments", "groups_made", "login_issued")
    ]
    exams = [f"exams/{name}.json" for name in ("answers", "appeals", "attempts", "entered_for_others", "marks")]
    assert sorted(found) == ["announcing/objections.json", "certificates/certificates.json", *desk, *exams, "exchange/statements.json", *pool, "feedback/feedback.json", *groups, "importing/old_ledger_rows.json", *learning, "ledger/arrivals.json", "lti/marks.json", "lti/platform.json", "notes/notes.json", "offline/brought_back.json", *[f"papers/{name}.json" for name in ("checked_for_others", "entered_for_others", "sheets")], "paying/payments.json"] + [
        f"people/{name}.json"
        for name in (
            "account", "acts", "addresses", "appointments", "consents", "done_to_me", "memberships", "second_factors"
        )
    ] + ["practice/practice.json", "practice/practised_for_others.json", "preference/columns.json", "preference/digest.json", "preference/display.json"] + [
        *review, "recommending/contacts.json", "recommending/recommendations.json", "scoring/sheets.json", "scoring/submitted.json",
        "tasks/marked.json", "tasks/work_files.json", "tasks/works.json",
    ]  # fmt: skip
    account = found["people/account.json"]
    assert (account["login"], account["name"], account["email"]) == ("zhang", "示例姓名", "zhang@example.org")
    assert found["people/addresses.json"] == [{"email": "zhang@example.org", "verified": True, "primary": True}]
    assert [row["organisation"] for row in found["people/memberships.json"]] == ["示例姓名"]
    assert [(row["purpose"], row["text"]) for row in found["people/consents.json"]] == [("needs", TEXT)]
    assert [row["action"] for row in found["people/acts.json"]] == [
        "people.register_organisation", "people.join", "people.give_consent",
    ]  # fmt: skip
    assert person.password not in json.dumps(found)


def test_erased(person: Account, client: Client) -> None:
    person.set_password("示例口令一二三四")
    person.save()
    client.force_login(person)
    kept = erase_account(actor=person, account=person, reason="本人要求")
    assert [str(item.what) for item in kept] == ["操作记录的时间、操作和编号（不含姓名和内容）"]
    row = Account.objects.get(pk=person.pk)
    assert (row.login, row.name, row.email, row.is_active, row.has_usable_password()) == (
        f"erased-{row.uuid}", "", "", False, False,
    )  # fmt: skip
    assert roles_of(row) == frozenset()
    assert client.get("/account/email/").status_code == 302  # the open session is of no use
    assert EmailAddress.objects.count() == 0
    assert Organisation.objects.get().name == "已注销"
    assert isinstance(verify(), Whole)
    everything = "".join(str(list(model.objects.values())) for model in (Account, Organisation, AuditEntry))
    assert "示例姓名" not in everything
    assert "zhang" not in everything


def test_only_oneself_or_an_administrator(actors: dict[Role, Actor], person: Account) -> None:
    for role, actor in actors.items():
        if role == Role.ADMINISTRATOR:
            continue
        with pytest.raises(PermissionDenied):
            export_personal_data(actor=actor, account=person)
        with pytest.raises(PermissionDenied):
            erase_account(actor=actor, account=person, reason="")
    assert export_personal_data(actor=actors[Role.ADMINISTRATOR], account=person)[:2] == b"PK"


def test_the_last_administrator_stays(administrator: Account) -> None:
    with pytest.raises(Refused, match="最后一位系统管理员"):
        erase_account(actor=administrator, account=administrator, reason="")


def test_an_applet_that_cannot_erase_stops_the_whole(person: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_shares", dict(registry._shares))

    def erase(account: Account) -> list[registry.Kept]:
        raise Refused("有一笔款尚未付出。")

    registry.register(registry.Share(applet="trial", export=lambda account: {}, erase=erase))
    with pytest.raises(Refused, match="尚未付出"):
        erase_account(actor=person, account=person, reason="")
    assert Account.objects.get(pk=person.pk).name == "示例姓名"
    assert EmailAddress.objects.count() == 1


def test_an_applet_registers_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        registry.register(registry.Share(applet="people", export=lambda account: {}, erase=lambda account: []))
