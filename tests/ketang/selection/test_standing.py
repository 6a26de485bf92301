"""How a call stands: its state and its dates together, the same for a row and for a filter of rows, by the clocks of its time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.queries import current_calls, list_of_public_calls
from ketang.selection.calls.standing import Standing, standing_is
from ketang.selection.intake import actions
from ketang.selection.intake.assembling import send_files
from ketang.selection.intake.models import Assembly, Door, Submission, Version
from ketang.selection.mail.taking import call_of

from .conftest import call_file

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DATES = {
    "none": (None, MOMENT + TICK),
    "opening": (MOMENT, MOMENT + TICK),
    "to open": (MOMENT + TICK, MOMENT + 2 * TICK),
    "closing": (None, MOMENT),
    "over": (MOMENT - 2 * TICK, MOMENT - TICK),
}


def made(administrator: Account, slug: str = "", **changes: object) -> Call:
    file = call_file(**{"id": slug} if slug else {})
    call = calls.publish(call=calls.create(file=file, actor=administrator), actor=administrator)
    Call.objects.filter(pk=call.pk).update(**changes)
    call.refresh_from_db()
    return call


def to_come(administrator: Account, slug: str = "") -> Call:
    return made(administrator, slug, opens_at=timezone.now() + timedelta(days=3))


@pytest.mark.parametrize("dates", DATES)
def test_only_what_is_published_is_divided_by_its_dates(dates: str) -> None:
    opens, closes = DATES[dates]
    found = {state: Call(state=state, opens_at=opens, closes_at=closes).standing(MOMENT) for state in CallState}
    published = {"to open": Standing.COMING, "over": Standing.CLOSED}.get(dates, Standing.OPEN)
    assert found == {state: Standing(state) for state in CallState if state != CallState.PUBLISHED} | {
        CallState.PUBLISHED: published
    }


def test_a_filter_of_rows_says_the_same_as_a_row(administrator: Account) -> None:
    file = call_file()
    for number, (opens, closes) in enumerate(DATES.values()):
        for state in CallState:
            row = {"slug": f"c{number}-{state}", "state": state, "file": file.model_dump(mode="json")}
            Call.objects.create(opens_at=opens, closes_at=closes, **row)
    for standing in Standing:
        by_filter = set(Call.objects.filter(standing_is(standing, at=MOMENT)))
        assert by_filter == {call for call in Call.objects.all() if call.standing(MOMENT) == standing}, standing


def test_lists_divide_what_is_open_from_what_is_to_come(administrator: Account) -> None:
    now = timezone.now()
    over = made(administrator, "over", closes_at=now - timedelta(minutes=1))
    later = made(administrator, "later", opens_at=now + timedelta(days=9), closes_at=now + timedelta(days=10))
    coming = to_come(administrator, "coming")
    running = made(administrator, "running")
    assert current_calls(9) == ([running], [coming, later])
    assert list(list_of_public_calls().rows) == [running, coming, later, over]


def test_its_clock_is_its_own(administrator: Account) -> None:
    call = made(administrator, opens_at=datetime(2030, 3, 2, 1, 30, tzinfo=UTC))
    assert (call.opens_there, call.closes_there) == ("2030-03-02 09:30", "2099-08-31 23:59")
    call.file["time_zone"] = "Asia/Urumqi"
    assert (call.opens_there, call.closes_there) == ("2030-03-02 07:30", "2099-08-31 21:59")


def test_days_are_those_of_its_calendar(administrator: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    call = made(administrator)
    zone = ZoneInfo("Asia/Shanghai")
    evening = datetime(2030, 3, 1, 23, 59, tzinfo=zone)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    days = [call.days_until(evening + timedelta(seconds=seconds)) for seconds in (0, 59, 60, 86460)]
    assert days == [0, 0, 1, 2]


def test_who_is_too_early_is_told_when_it_opens(administrator: Account, unit: Organisation) -> None:
    supplier, call = Account.objects.get(login="manager"), to_come(administrator)
    with pytest.raises(Refused) as said:
        actions.start(actor=supplier, call=call, organisation=unit, title="面点入门", category="P2(3)")
    assert (str(said.value), Submission.objects.count()) == (words(call), 0)
    Call.objects.update(opens_at=timezone.now())
    call.refresh_from_db()
    actions.start(actor=supplier, call=call, organisation=unit, title="面点入门", category="P2(3)")


def test_an_opening_that_moved_is_held_against_what_is_sent(draft: Submission, supplier: Account) -> None:
    """The office may move the opening while drafts are there: they stay, and nothing is taken before it, however it is sent."""
    opens = timezone.now() + timedelta(days=3)
    Call.objects.update(opens_at=opens)
    call = Call.objects.get()
    draft.refresh_from_db()

    def sent(at: datetime | None, door: Door = Door.WEB, actor: Account = supplier) -> None:
        package = {"name": "课程.zip", "digest": "ab" * 32, "size": 9}
        actions.receive(actor=actor, submission=draft, door=door, received_at=at, **package)  # type: ignore[arg-type]

    for at in (None, opens - TICK):
        with pytest.raises(Refused) as said:
            sent(at)
        assert (str(said.value), Version.objects.count()) == (words(call), 0)
    sent(opens)
    assert Version.objects.count() == 1
    sent(
        None, Door.DESK, Account.objects.get(login="administrator")
    )  # what is on the office's table is the office's to take


def test_nothing_is_put_together_before_the_opening(
    draft: Submission, supplier: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    Call.objects.update(opens_at=timezone.now() + timedelta(days=3))
    draft = Submission.objects.get()
    monkeypatch.setattr("ketang.selection.intake.assembling.unready", lambda submission: None)
    with pytest.raises(Refused) as said:
        send_files(actor=supplier, submission=draft)
    assert (str(said.value), Assembly.objects.count()) == (words(draft.call), 0)


def words(call: Call) -> str:
    return f"这个征集还没有开始，{call.opens_there}（Asia/Shanghai 时间）起接收申报。"


def test_a_mail_is_of_the_call_that_runs_and_not_of_one_to_come(administrator: Account) -> None:
    coming = to_come(administrator, "coming")
    assert call_of(()) is None
    running = made(administrator, "running")
    assert call_of(()) == running
    assert call_of((coming.content.contact.mail,)) == running
