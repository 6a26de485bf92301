"""Each copy is in time, in grace, in mending, late, or late and accepted; said anew when another copy, a person or the deadline changes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions
from ketang.selection.intake.late_ones import accept_late, undo_acceptance
from ketang.selection.intake.models import Door, Submission, SubmissionState, Version
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, Medium

pytestmark = pytest.mark.django_db
CLOSES = datetime(2099, 8, 31, 15, 59, 59, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def call(administrator: Account, shipped_call: str) -> Call:
    """Closes on 31 August 2099 in Shanghai; the second copy has three days of grace, until 4 September 00:00 there."""
    more = {"closes": datetime(2099, 8, 31, 23, 59, 59), "grace_days": 3}
    made = calls.create(file=read_call(shipped_call).model_copy(update=more), actor=administrator)
    return calls.publish(call=made, actor=administrator)


@pytest.fixture
def open_call(call: Call) -> Call:
    return call


def send(draft: Submission, at: datetime, digest: str = "ab") -> Version:
    manager = Account.objects.get(login="manager")
    receipt = actions.receive(
        actor=manager, submission=draft, door=Door.WEB, name="课程.zip", digest=digest * 32, size=9, received_at=at
    )
    return receipt.version


def paper(draft: Submission, actor: Actor, at: datetime) -> Arrival:
    """A parcel that arrived a week later, with a postmark that counts."""
    made = ledger.register(
        actor=SYSTEM, door=Door.DESK, medium=Medium.PAPER, received_at=at + 7 * DAY, counts_at=at, call=draft.call
    )
    ledger.enter(actor=actor, arrival=made, submission=draft)
    return made


def said(draft: Submission) -> tuple[str, list[str], str, list[str]]:
    """Of the submission, its versions, its paper and its arrivals."""
    draft.refresh_from_db()
    versions = list(draft.versions.order_by("index").values_list("lateness", flat=True))
    arrivals = list(Arrival.objects.filter(submission=draft).order_by("id").values_list("lateness", flat=True))
    return draft.lateness, versions, draft.paper_lateness, arrivals


@pytest.mark.parametrize(
    ("after", "wanted"), [(DAY, "in-grace"), (3 * DAY, "in-grace"), (3 * DAY + SECOND, "late"), (-DAY, "in-time")]
)
def test_paper_after_the_electronic_copy_has_days_of_grace(
    supplier_draft: Submission, administrator: Account, after: timedelta, wanted: str
) -> None:
    send(supplier_draft, CLOSES)
    assert paper(supplier_draft, administrator, CLOSES + after).lateness == wanted
    assert said(supplier_draft) == ("in-time", ["in-time"], wanted, ["in-time", wanted])


@pytest.mark.parametrize(("after", "wanted"), [(3 * DAY, "in-grace"), (3 * DAY + SECOND, "late")])
def test_the_electronic_copy_after_paper_has_them_too(
    supplier_draft: Submission, administrator: Account, after: timedelta, wanted: str
) -> None:
    paper(supplier_draft, administrator, CLOSES - DAY)
    version = send(supplier_draft, CLOSES + after)
    assert (version.lateness, said(supplier_draft)) == (wanted, ("in-time", [wanted], "in-time", ["in-time", wanted]))


def test_a_late_first_copy_has_no_grace_until_a_postmark_in_time_comes_to_light(
    supplier_draft: Submission, administrator: Account
) -> None:
    send(supplier_draft, CLOSES + DAY)
    assert said(supplier_draft) == ("late", ["late"], "", ["late"])
    arrival = paper(supplier_draft, administrator, CLOSES)
    assert said(supplier_draft) == ("in-time", ["in-grace"], "in-time", ["in-grace", "in-time"])
    ledger.take_back(actor=administrator, arrival=arrival, reason="另一份申报的材料")
    assert said(supplier_draft) == ("late", ["late"], "", ["late"])
    assert (arrival.timing, arrival.lateness) == ("in-time", "")


def test_the_last_version_in_time_counts_until_a_late_one_is_accepted(
    supplier_draft: Submission, administrator: Account
) -> None:
    first, second = send(supplier_draft, CLOSES - DAY), send(supplier_draft, CLOSES + SECOND, "cd")
    assert (supplier_draft.latest, said(supplier_draft)[1]) == (first, ["in-time", "late"])
    made = accept_late(actor=administrator, submission=supplier_draft, version=second, reason="邮箱故障，有截图")
    assert (supplier_draft.latest, said(supplier_draft)[1]) == (second, ["in-time", "accepted-late"])
    undo_acceptance(actor=administrator, acceptance=made, reason="截图是另一天的")
    assert (said(supplier_draft)[1], supplier_draft.latest) == (["in-time", "late"], first)
    assert (made.stands, made.undone_as, made.undone_because) == (False, str(administrator), "截图是另一天的")
    entries = [(entry.action, entry.details) for entry in history(supplier_draft)][-2:]
    assert entries == [
        ("intake.accept_late", {"version": 2, "reason": "邮箱故障，有截图"}),
        ("intake.undo_acceptance", {"reason": "截图是另一天的"}),
    ]


def test_late_paper_is_accepted_for_itself(supplier_draft: Submission, administrator: Account) -> None:
    send(supplier_draft, CLOSES)
    arrival = paper(supplier_draft, administrator, CLOSES + 9 * DAY)
    accept_late(actor=administrator, submission=supplier_draft, version=None, reason="快递停运")
    arrival.refresh_from_db()
    assert (said(supplier_draft), arrival.timing) == (
        ("in-time", ["in-time"], "accepted-late", ["in-time", "accepted-late"]), "accepted-late",
    )  # fmt: skip


def test_what_is_late_goes_into_review_only_once_accepted(supplier_draft: Submission, administrator: Account) -> None:
    version = send(supplier_draft, CLOSES + DAY)
    actions.find_complete(actor=administrator, submission=supplier_draft)
    with pytest.raises(Refused, match="逾期"):
        actions.accept(actor=administrator, submission=supplier_draft)
    made = accept_late(actor=administrator, submission=supplier_draft, version=version, reason="系统维护")
    actions.accept(actor=administrator, submission=supplier_draft)
    with pytest.raises(Refused, match="已进入评审"):
        undo_acceptance(actor=administrator, acceptance=made, reason="再想想")
    assert said(supplier_draft)[0] == "accepted-late"


def test_only_the_office_accepts_only_with_a_reason_only_what_is_late_and_only_once(
    supplier_draft: Submission, actors: dict[Role, Actor], administrator: Account
) -> None:
    first, late = send(supplier_draft, CLOSES), send(supplier_draft, CLOSES + DAY, "cd")
    for role, actor in actors.items():
        if role in (Role.CLERK, Role.ADMINISTRATOR):
            continue
        with pytest.raises(PermissionDenied):
            accept_late(actor=actor, submission=supplier_draft, version=late, reason="理由")
    clerk = actors[Role.CLERK]
    for version, reason, match in ((late, "  ", "理由"), (first, "理由", "不是逾期"), (None, "理由", "不是逾期")):
        with pytest.raises(Refused, match=match):
            accept_late(actor=clerk, submission=supplier_draft, version=version, reason=reason)
    made = accept_late(actor=clerk, submission=supplier_draft, version=late, reason="理由")
    assert (made.role, made.signed_as) == (Role.CLERK, str(clerk))
    with pytest.raises(Refused, match="不是逾期"):
        accept_late(actor=clerk, submission=supplier_draft, version=late, reason="理由")
    undo_acceptance(actor=clerk, acceptance=made, reason="理由")
    with pytest.raises(Refused, match="已经撤回"):
        undo_acceptance(actor=clerk, acceptance=made, reason="理由")
    call = calls.close(call=supplier_draft.call, actor=administrator)
    calls.decide(call=calls.start_review(call=call, actor=administrator), actor=administrator)
    with pytest.raises(Refused, match="结果已经公布"):
        accept_late(actor=clerk, submission=supplier_draft, version=late, reason="理由")


def test_what_was_asked_for_and_comes_by_its_date_is_not_late(
    supplier_draft: Submission, administrator: Account
) -> None:
    send(supplier_draft, CLOSES)
    until = CLOSES + 20 * DAY
    actions.find_incomplete(actor=administrator, submission=supplier_draft, reason="补字幕", until=until)
    parcel = paper(supplier_draft, administrator, until)
    second = send(supplier_draft, until, "cd")
    assert (supplier_draft.state, supplier_draft.latest) == (SubmissionState.SUBMITTED, second)
    assert said(supplier_draft) == (
        "in-time", ["in-time", "in-mending"], "in-mending", ["in-time", "in-mending", "in-mending"],
    )  # fmt: skip
    send(supplier_draft, until, "ef")  # nobody asked for this one
    actions.find_incomplete(actor=administrator, submission=supplier_draft, reason="补字幕", until=until)
    send(supplier_draft, until + SECOND, "01")
    assert said(supplier_draft)[1] == ["in-time", "in-mending", "late", "late"]
    assert Arrival.objects.get(pk=parcel.pk).lateness == "in-mending"


def test_a_later_deadline_makes_what_was_late_be_in_time(supplier_draft: Submission, administrator: Account) -> None:
    send(supplier_draft, CLOSES + DAY)
    file = supplier_draft.call.content.model_copy(update={"closes": datetime(2099, 9, 30, 23, 59, 59)})
    calls.edit(call=supplier_draft.call, file=file, actor=administrator)
    assert said(supplier_draft)[0] == "late"
    run(str(Job.objects.get(name="intake.weigh_call").uuid))
    assert said(supplier_draft) == ("in-time", ["in-time"], "", ["in-time"])
