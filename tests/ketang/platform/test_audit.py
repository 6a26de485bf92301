"""The audit log: what is recorded, and that every way of tampering is told with its first row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from ketang.command.audit import verify_audit
from ketang.people.account.models import Account
from ketang.platform.audit import anchor, chain
from ketang.platform.audit.actions import SYSTEM, NotAudited, audited, erase_payload, record
from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.audit.queries import FAULTS, Broken, Whole, history, verify


@pytest.fixture
def account(db: None) -> Account:
    return Account.objects.create(login="someone", name="某人")


@pytest.fixture
def log(account: Account) -> list[AuditEntry]:
    """Six rows, by three actions."""
    for step in range(3):
        with audited():
            record(actor=account, action="trial.first", of=account, payload={"step": step})
            record(actor=SYSTEM, action="trial.second", of=account)
    return list(AuditEntry.objects.order_by("number"))


def break_off(account: Account) -> None:
    """An action that fails after it has written and recorded."""
    with audited():
        Account.objects.filter(pk=account.pk).update(name="别人")
        record(actor=account, action="trial.broken", of=account)
        raise ZeroDivisionError


def head() -> anchor.Anchor:
    row = AuditHead.objects.get()
    return anchor.Anchor(row.number, row.digest)


def test_an_act_is_recorded_whole(account: Account) -> None:
    with audited():
        record(actor=account, action="trial.act", of=account, payload={"名称": "电工"})
    entry = AuditEntry.objects.get()
    assert (entry.number, entry.actor, entry.action, entry.object_kind, entry.object_key, entry.details) == (
        1, f"account:{account.uuid}", "trial.act", "people.account", str(account.uuid), {"名称": "电工"},
    )  # fmt: skip
    assert verify() == Whole(anchor.Anchor(1, entry.digest))
    assert list(history(account)) == [entry]


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify() == Whole(anchor.Anchor(0, chain.GENESIS))


def test_a_failed_action_leaves_no_row_and_no_state(account: Account) -> None:
    with pytest.raises(ZeroDivisionError):
        break_off(account)
    account.refresh_from_db()
    assert (account.name, AuditEntry.objects.count()) == ("某人", 0)


def test_an_inner_action_that_fails_takes_only_its_own_rows(account: Account) -> None:
    with audited():
        record(actor=account, action="trial.before", of=account)
        with pytest.raises(ZeroDivisionError):
            break_off(account)
        with audited():
            record(actor=account, action="trial.kept", of=account)
        record(actor=account, action="trial.after", of=account)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["trial.before", "trial.kept", "trial.after"]


def test_recording_outside_of_an_action_is_a_fault(account: Account) -> None:
    with pytest.raises(NotAudited, match=r"trial\.act"):
        record(actor=account, action="trial.act", of=account)


def change(**columns: object) -> Callable[[list[AuditEntry]], None]:
    return lambda log: (
        None if AuditEntry.objects.filter(pk=3).update(**columns) == 1 else pytest.fail("row 3 is absent")
    )


def delete(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=3).delete()


def swap(log: list[AuditEntry]) -> None:
    """Rows 3 and 5 change places, their numbers stay in order."""
    for number, row in ((3, log[4]), (5, log[2])):
        columns = {f.attname: getattr(row, f.attname) for f in AuditEntry._meta.fields if f.attname != "number"}
        AuditEntry.objects.filter(pk=number).update(**columns)


def insert(log: list[AuditEntry]) -> None:
    """A forged row 3; the old rows 3–6 move down by one."""
    for number in (6, 5, 4, 3):
        AuditEntry.objects.filter(pk=number).update(number=number + 1)
    AuditEntry.objects.create(
        number=3, at=log[2].at, actor=SYSTEM, action="trial.forged", object_kind="people.account", object_key="x",
        payload="{}", payload_salt="", payload_digest=chain.payload_digest("{}", ""), previous=log[1].digest, digest="f" * 64,
    )  # fmt: skip


def truncate(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk__gt=4).delete()


def truncate_and_move_the_head(log: list[AuditEntry]) -> None:
    truncate(log)
    AuditHead.objects.update(number=4, digest=log[3].digest)


def empty(log: list[AuditEntry]) -> None:
    AuditEntry.objects.all().delete()


def empty_with_the_head(log: list[AuditEntry]) -> None:
    empty(log)
    AuditHead.objects.all().delete()


def append(log: list[AuditEntry]) -> None:
    """A row behind the head, well chained: by someone who holds the key but forgot the head."""
    row = AuditEntry.objects.get(pk=6)
    row.number, row.previous = 7, row.digest
    row.digest = chain.row_digest(row)
    row.save(force_insert=True)


TAMPERINGS = {
    "actor": (change(actor=SYSTEM), Broken(3, "changed")),
    "action": (change(action="trial.other"), Broken(3, "changed")),
    "object": (change(object_key="other"), Broken(3, "changed")),
    "kind": (change(object_kind="other"), Broken(3, "changed")),
    "time": (change(at="2020-01-01T00:00:00Z"), Broken(3, "changed")),
    "payload": (change(payload='{"step":9}'), Broken(3, "payload-changed")),
    "payload with its digest": (
        change(payload="{}", payload_salt="", payload_digest=chain.payload_digest("{}", "")),
        Broken(3, "changed"),
    ),
    "payload gone": (change(payload=None, payload_salt=""), Broken(3, "payload-gone")),
    "digest": (change(digest="0" * 64), Broken(3, "changed")),
    "previous": (change(previous="0" * 64), Broken(3, "changed")),
    "delete": (delete, Broken(3, "missing")),
    "reorder": (swap, Broken(3, "changed")),
    "insert": (insert, Broken(3, "changed")),
    "truncate": (truncate, Broken(5, "cut")),
    "truncate, head moved": (truncate_and_move_the_head, Broken(5, "head")),
    "empty": (empty, Broken(1, "cut")),
    "append": (append, Broken(7, "added")),
}


@pytest.mark.parametrize(("tamper", "expected"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_told_with_the_first_broken_row(
    log: list[AuditEntry], tamper: Callable[[list[AuditEntry]], None], expected: Broken
) -> None:
    assert verify() == Whole(head())
    tamper(log)
    assert verify() == expected
    assert expected.fault in FAULTS


def test_a_whole_database_taken_back_is_missed_by_the_anchor_alone(log: list[AuditEntry]) -> None:
    noted = head()
    truncate(log)
    AuditHead.objects.update(number=4, digest=log[3].digest, seal=chain.seal(4, log[3].digest))
    assert verify() == Whole(anchor.Anchor(4, log[3].digest))
    assert verify([noted]) == Broken(5, "cut")


def test_an_emptied_database_is_missed_by_the_anchor_alone(log: list[AuditEntry]) -> None:
    noted = head()
    empty_with_the_head(log)
    assert verify() == Whole(anchor.Anchor(0, chain.GENESIS))
    assert verify([noted]) == Broken(1, "head")


def test_a_log_written_anew_with_the_key_is_told_by_the_anchor(log: list[AuditEntry]) -> None:
    noted = [anchor.Anchor(row.number, row.digest) for row in log]
    previous = log[1].digest
    for row in log[2:]:
        row.action, row.previous = "trial.rewritten", previous
        row.digest = previous = chain.row_digest(row)
        row.save()
    AuditHead.objects.update(digest=previous, seal=chain.seal(6, previous))
    assert verify() == Whole(head())
    assert verify(noted) == Broken(3, "anchor")


def test_another_key_opens_nothing(log: list[AuditEntry], settings: LazySettings) -> None:
    settings.AUDIT_KEY = "another"
    assert verify() == Broken(1, "changed")


def test_an_erased_payload_keeps_the_chain_and_says_why(log: list[AuditEntry], account: Account) -> None:
    erase_payload(number=3, actor=account, reason="本人要求")
    assert AuditEntry.objects.get(pk=3).details is None
    last = AuditEntry.objects.get(pk=7)
    assert (last.action, last.object_key, last.details) == ("audit.erase", "3", {"reason": "本人要求"})
    assert verify() == Whole(anchor.Anchor(7, last.digest))


@pytest.mark.django_db(transaction=True)
def test_the_anchor_is_kept_at_the_commit_and_never_goes_back(settings: LazySettings, tmp_path: object) -> None:
    settings.AUDIT_ANCHOR = tmp_path / "anchor"  # type: ignore[operator]
    account = Account.objects.create(login="someone")
    assert anchor.kept() is None
    with pytest.raises(ZeroDivisionError):
        break_off(account)
    assert anchor.kept() is None
    with audited():
        record(actor=account, action="trial.act", of=account)
    assert anchor.kept() == head()
    anchor.keep(anchor.Anchor(0, chain.GENESIS))
    assert anchor.kept() == head()


def test_the_command_says_whole_or_names_the_row(
    log: list[AuditEntry], settings: LazySettings, tmp_path: object
) -> None:
    settings.AUDIT_ANCHOR = tmp_path / "anchor"  # type: ignore[operator]
    run = CliRunner().invoke(verify_audit)
    assert (run.exit_code, run.output) == (
        0, f"完整，共 6 条 · whole, 6 rows\n末尾摘要 · head {head()}\n",
    )  # fmt: skip
    anchor.keep(replace(head(), number=9))
    run = CliRunner().invoke(verify_audit)
    assert (run.exit_code, run.output) == (1, f"第 7 条 · row 7: {FAULTS['cut']}\n")
    settings.AUDIT_ANCHOR.write_text("scribble")
    assert CliRunner().invoke(verify_audit).exit_code == 1
    assert CliRunner().invoke(verify_audit, ["--anchor", "3"]).exit_code == 2
