"""An open call and a supplier who answers it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import CallFile, read_call
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions
from ketang.selection.intake.models import Submission

CALL = Path(__file__).resolve().parents[3] / "calls" / "tianjin-2023.yaml"


def call_file(**changes: object) -> CallFile:
    shipped = read_call(CALL.read_bytes())
    return shipped.model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59), **changes})


@pytest.fixture
def call(administrator: Account) -> Call:
    return calls.publish(call=calls.create(file=call_file(), actor=administrator), actor=administrator)


@pytest.fixture
def supplier(unit: Organisation) -> Account:
    """The manager of the unit."""
    return Account.objects.get(login="manager")


@pytest.fixture
def draft(call: Call, unit: Organisation, supplier: Account) -> Submission:
    return actions.start(actor=supplier, call=call, organisation=unit, title="老年人饮水照护入门", category="P2(3)")
