"""A selected submission whose package is small but real: the conforming course, its films cut to a few seconds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import making
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.selection.awarding.actions import confirm, select
from ketang.selection.awarding.models import Decision
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission


@pytest.fixture
def selected(
    supplier_draft: Submission, administrator: Account, small_package: bytes, settings: object, tmp_path: Path
) -> Decision:
    """Sent, found complete, accepted, its check done without errors (set here, to be quick), selected for 20 000."""
    settings.WORK = str(tmp_path / "work")  # type: ignore[attr-defined]
    return select_package(supplier_draft, administrator, small_package)


def select_package(draft: Submission, administrator: Account, content: bytes) -> Decision:
    stored = put_bytes(content)
    intake.receive(
        actor=Account.objects.get(login="manager"), submission=draft, door=Door.WEB,
        name=f"{making.NAME}.zip", digest=stored.digest, size=stored.size,
    )  # fmt: skip
    Check.objects.filter(version=draft.latest).update(state=CheckState.DONE)
    intake.find_complete(actor=administrator, submission=draft)
    intake.accept(actor=administrator, submission=draft)
    made = select(actor=administrator, submission=draft, amount=Decimal(20000))
    confirm(actor=second_clerk(administrator), decision=made)
    return made


def second_clerk(administrator: Account) -> Account:
    """Another person of the office, who confirms."""
    if (known := Account.objects.filter(login="second-clerk").first()) is not None:
        return known
    account = open_by_command(login="second-clerk", name="经办员乙").account
    appoint(actor=administrator, account=account, role=Role.CLERK)
    return account


@pytest.fixture
def prepare() -> Callable[[], None]:
    """Do the waiting work of the catalogue, as a worker does."""

    def work() -> None:
        for job in Job.objects.filter(name="catalogue.prepare", state=JobState.WAITING):
            run(str(job.uuid))

    return work
