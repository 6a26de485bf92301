"""The audit log written by several threads at once, on both columns: one chain, no gap, no deadlock."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit import anchor
from ketang.platform.audit.actions import audited, record
from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.audit.queries import Whole, verify
from ketang_columns import Column

WRITERS, ACTIONS = 4, 12


def test_one_chain(column: Column) -> None:
    accounts = [open_by_command(login=f"writer-{number}", name="").account for number in range(WRITERS)]

    def write(number: int) -> None:
        account = accounts[number]
        try:
            for step in range(ACTIONS):
                with audited():
                    record(actor=account, action="trial.first", of=account, payload={"step": step})
                    Account.objects.filter(pk=account.pk).update(name=str(step))
                    record(actor=account, action="trial.second", of=account)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    rows = AuditEntry.objects.filter(action__startswith="trial.")
    assert Counter(rows.values_list("actor", "action")) == Counter(
        {
            (f"account:{account.uuid}", action): ACTIONS
            for account in accounts
            for action in ("trial.first", "trial.second")
        }
    )
    head = AuditHead.objects.get()
    assert verify([anchor.Anchor(head.number, head.digest)]) == Whole(anchor.Anchor(head.number, head.digest))
    assert head.number == WRITERS * (2 * ACTIONS + 1)
    assert anchor.kept() == anchor.Anchor(head.number, head.digest)
    assert set(Account.objects.values_list("name", flat=True)) == {str(ACTIONS - 1)}
