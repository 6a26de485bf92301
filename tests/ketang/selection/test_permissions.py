"""No permission of selection is left out of a table."""

from __future__ import annotations

import pytest

import ketang.urls  # noqa: F401  every applet is asked for its permissions by some page
from ketang.people.permitting import PERMISSIONS
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.awarding import permissions as awarding
from ketang.selection.calls import permissions as calls
from ketang.selection.checking import permissions as checking
from ketang.selection.intake import permissions as intake
from ketang.selection.ruling import permissions as ruling
from ketang.selection.sealing import permissions as sealing

CALLS = {
    calls.may_edit_calls: {Role.CLERK, Role.ADMINISTRATOR},
    calls.may_publish_calls: {Role.CLERK, Role.ADMINISTRATOR},
}
CHECKING = {checking.may_recheck: {Role.CLERK, Role.ADMINISTRATOR}}
INTAKE = {"may_submit_for", "may_edit_submission", "may_see_submission", "may_list_arrivals", "may_handle_arrivals"}
"""Walked in `test_intake`."""
AWARDING = {"may_decide", "may_approve_awards", "may_see_decisions"}
"""Walked in `test_awarding` and `test_award_lists`."""
ANNOUNCING = {"may_announce"}
"""Walked in `test_announcing`."""
PAYING = {"may_pay", "may_look_at_bank_data"}
"""Walked in `test_paying`."""
LIKENESS = {"may_see_likeness"}
"""Walked in `test_likeness`."""
LEDGER = {"may_see_ledger", "may_keep_ledger"}
"""Walked in `test_ledger`."""
IMPORTING = {"may_import_ledger"}
"""Walked in `test_importing`."""
DESK = {"may_work_desk"}
"""Walked in `test_desk`."""
PAPERS = {"may_hand_over", "may_see_papers"}
"""Walked in `test_papers`."""
SEALING = {sealing.may_seal: {Role.CLERK, Role.ADMINISTRATOR}}
NOTICES = {"may_send_notices", "may_read_notice"}
"""Walked in `test_notices`."""
RECOMMENDING = {"may_keep_recommenders"}
"""Walked in `test_recommending`."""
EXPERTS = {"may_keep_experts", "may_declare"}
"""Walked in `test_experts`."""
ASSIGNING = {"may_assign"}
"""Walked in `test_assigning`."""
RANKING = {"may_see_ranking", "may_rank", "may_hold_meeting", "may_attend", "may_read_others", "may_vote"}
"""Walked in `test_ranking`."""
SCORING = {"may_have_sheet", "may_score", "may_see_sheets"}
"""Walked in `review/test_scoring`."""
RULING = {"may_rule", "may_see_rulings"}
"""Walked in `test_ruling`."""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", [*CALLS, *CHECKING, *SEALING], ids=lambda one: one.__name__)
def test_calls(actors: dict[Role, Actor], role: Role, permission: object) -> None:
    assert permission(actors[role]) is (role in {**CALLS, **CHECKING, **SEALING}[permission])  # type: ignore[operator, index]


def test_the_tables_are_whole() -> None:
    here = {
        name.split(".")[2] + "." + name.rpartition(".")[2]
        for name in PERMISSIONS
        if name.startswith("ketang.selection.")
    }
    calls_and_intake = {f"calls.{one.__name__}" for one in CALLS} | {f"intake.{name}" for name in INTAKE}
    rechecks = {f"checking.{one.__name__}" for one in CHECKING}
    others = (
        rechecks
        | {f"notices.{name}" for name in NOTICES}
        | {f"importing.{name}" for name in IMPORTING}
        | {f"sealing.{one.__name__}" for one in SEALING}
        | {f"awarding.{name}" for name in AWARDING}
        | {f"paying.{name}" for name in PAYING}
        | {f"announcing.{name}" for name in ANNOUNCING}
        | {f"ruling.{name}" for name in RULING}
        | {f"likeness.{name}" for name in LIKENESS}
        | {f"ledger.{name}" for name in LEDGER}
        | {f"desk.{name}" for name in DESK}
        | {f"papers.{name}" for name in PAPERS}
        | {f"recommending.{name}" for name in RECOMMENDING}
        | {f"experts.{name}" for name in EXPERTS}
        | {f"assigning.{name}" for name in ASSIGNING}
        | {f"ranking.{name}" for name in RANKING}
        | {f"scoring.{name}" for name in SCORING}
    )
    assert here == calls_and_intake | others
    assert awarding.__name__ == "ketang.selection.awarding.permissions"
    assert intake.__name__ == "ketang.selection.intake.permissions"
    assert ruling.__name__ == "ketang.selection.ruling.permissions"
