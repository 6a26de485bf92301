"""Calls: the transition table is the truth; what was promised to suppliers is kept; every act is in the log."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions
from ketang.selection.calls.callfile import CallFile, read_call
from ketang.selection.calls.models import NEXT, Call, CallState
from ketang.selection.calls.queries import current_calls, every_call, public_calls

pytestmark = pytest.mark.django_db
CALL = Path(__file__).resolve().parents[3] / "calls" / "tianjin-2023.yaml"


def file(**changes: object) -> CallFile:
    call = read_call(CALL.read_bytes())
    return call.model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59), **changes})


def clerk() -> Account:
    return Account.objects.get(login="administrator")


@pytest.fixture(autouse=True)
def _administrator(administrator: Account) -> None:
    """Somebody who may."""


def made(**changes: object) -> Call:
    return actions.create(file=file(**changes), actor=clerk())


def log(call: Call) -> list[str]:
    return [entry.action for entry in history(call)]


def test_a_call_goes_its_way_and_every_step_is_logged() -> None:
    call = made()
    for step in (actions.publish, actions.close, actions.start_review, actions.decide, actions.archive):
        call = step(call=call, actor=clerk())
    assert call.state == CallState.ARCHIVED
    assert log(call) == [
        "calls.create", "calls.published", "calls.closed", "calls.in-review", "calls.decided", "calls.archived",
    ]  # fmt: skip


MOVES = {
    CallState.PUBLISHED: actions.publish,
    CallState.CLOSED: actions.close,
    CallState.IN_REVIEW: actions.start_review,
    CallState.DECIDED: actions.decide,
    CallState.ARCHIVED: actions.archive,
}


@pytest.mark.parametrize("now", CallState)
@pytest.mark.parametrize("then", MOVES)
def test_only_the_steps_of_the_table_are_taken(now: CallState, then: CallState) -> None:
    call = made()
    Call.objects.update(state=now)
    call.refresh_from_db()
    if then in NEXT[now]:
        assert MOVES[then](call=call, actor=clerk()).state == then
    else:
        with pytest.raises(Refused):
            MOVES[then](call=call, actor=clerk())
        call.refresh_from_db()
        assert (call.state, log(call)) == (now, ["calls.create"])


def test_a_call_whose_deadline_has_passed_is_not_published() -> None:
    call = made(closes=datetime(2020, 1, 1))
    with pytest.raises(Refused, match="截止时间已过"):
        actions.publish(call=call, actor=clerk())


def test_an_address_name_is_given_once() -> None:
    made()
    with pytest.raises(Refused, match="已被另一个征集使用"):
        made()
    assert actions.clone(call=Call.objects.get(), slug="next-year", actor=clerk()).content.title == file().title


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "other"}, "网址名不能再改"),
        ({"rulebooks": ("moe/2013",)}, "检查依据不能再改"),
        ({"closes": datetime(2098, 1, 1)}, "只能延后"),
    ],
)
def test_what_a_published_call_promised_is_kept(changes: dict[str, object], words: str) -> None:
    call = actions.publish(call=made(), actor=clerk())
    with pytest.raises(Refused, match=words):
        actions.edit(call=call, file=file(**changes), actor=clerk())
    assert Call.objects.get().content == file()


def test_a_deadline_moves_back_and_the_log_says_what_changed() -> None:
    call = actions.publish(call=made(), actor=clerk())
    later = file(closes=datetime(2099, 9, 30, 12))
    call = actions.edit(call=call, file=later, actor=clerk())
    assert (call.content, call.closes_at) == (later, later.closes_at)
    assert [entry.details for entry in history(call)][-1] == {"changed": ["closes"]}


def test_days_of_grace_grow_and_never_shrink_once_published() -> None:
    call = actions.publish(call=made(), actor=clerk())
    call = actions.edit(call=call, file=file(grace_days=5), actor=clerk())
    with pytest.raises(Refused, match="只能增加"):
        actions.edit(call=call, file=file(grace_days=4), actor=clerk())
    assert Call.objects.get().content == file(grace_days=5)
    assert [entry.details for entry in history(call)][-1] == {"changed": ["grace_days"]}


def test_an_edit_that_changes_nothing_is_not_logged() -> None:
    call = made()
    actions.edit(call=call, file=file(), actor=clerk())
    assert log(call) == ["calls.create"]


def test_a_draft_is_nobody_s_but_the_office_s() -> None:
    call = made()
    assert (list(public_calls()), current_calls(9), list(every_call())) == ([], ([], []), [call])


def test_the_deadline_itself_is_still_in_time() -> None:
    call = actions.publish(call=made(), actor=clerk())
    assert call.is_open(call.closes_at)
    assert not call.is_open(call.closes_at + timedelta(microseconds=1))
    assert not actions.close(call=call, actor=clerk()).is_open(call.closes_at)
