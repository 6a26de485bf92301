"""The telephone log: noted once, found by whatever was said, followed up, the office's alone, and erased with a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.actions import erase_account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.desk import own
from ketang.selection.desk.actions import register_parcel
from ketang.selection.desk.models import Delivery, PhoneNote
from ketang.selection.desk.phone import follow_up, write_note
from ketang.selection.desk.queries import list_of_notes, notes_about
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Submission

pytestmark = pytest.mark.django_db


def noted(actor: Actor, **more: object) -> PhoneNote:
    fields: dict[str, object] = {"key": uuid4(), "caller": "示例来电人", "words": "问包裹到没到", **more}
    return write_note(actor=actor, **fields)  # type: ignore[arg-type]  # the test's own variations


def found(words: str) -> list[PhoneNote]:
    return list_of_notes(words=words).part(0, 9)


def test_noted_once_and_found_by_whatever_was_said(
    administrator: Account, draft: Submission, supplier: Account
) -> None:
    key = uuid4()
    first, again = (noted(administrator, key=key, phone="022-0000 0000", supplier="另一所学校") for _ in range(2))
    other = noted(administrator, words="补交承诺书", submission=draft)
    assert (first, PhoneNote.objects.count()) == (again, 2)
    assert [found(words) for words in ("包裹", "另一所", "022", "承诺书", "饮水", "没有这样的话")] == [
        [first], [first], [first], [other], [other], [],
    ]  # fmt: skip
    assert found("") == [other, first]
    parcel, waiting = (register_parcel(actor=administrator, key=uuid4(), delivery=Delivery.HAND, submission=to)[0].arrival
                       for to in (draft, None))  # fmt: skip
    about = noted(administrator, arrival=waiting)
    assert (notes_about(parcel), notes_about(waiting)) == ([other], [about])
    (entry,) = history(first)
    assert (entry.action, entry.details) == ("desk.note_call", {})


def test_what_is_to_be_followed_up_stands_first_by_its_day(administrator: Account) -> None:
    today = timezone.localdate()
    later, soon = (noted(administrator, follow_on=today + timedelta(days=days)) for days in (5, 0))
    noted(administrator)
    assert list_of_notes(due=True).part(0, 9) == [soon, later]
    for _ in range(2):
        follow_up(actor=administrator, note=soon)
    assert list_of_notes(due=True).part(0, 9) == [later]
    assert [entry.action for entry in history(soon)] == ["desk.note_call", "desk.follow_up"]


@pytest.mark.parametrize(
    "wrong", [{"caller": " "}, {"words": "\n"}, {"follow_on": timezone.localdate() - timedelta(1)}]
)
def test_what_is_refused_leaves_nothing(administrator: Account, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        noted(administrator, **wrong)
    assert PhoneNote.objects.count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMINISTRATOR)])
def test_nobody_else_writes(actors: dict[Role, Actor], role: Role, administrator: Account) -> None:
    note = noted(administrator, follow_on=timezone.localdate())
    with pytest.raises(PermissionDenied):
        noted(actors[role])
    with pytest.raises(PermissionDenied):
        follow_up(actor=actors[role], note=note)


def test_a_person_s_calls_are_given_out_and_erased(administrator: Account, call: Call) -> None:
    person = open_by_command(login="person", name="赵某").account
    unit = register_organisation(actor=person, kind=OrganisationKind.PERSON, name="赵某某")
    made = intake.start(actor=person, call=call, organisation=unit, title="理发", category="P2(3)")
    noted(administrator, caller="赵某某", phone="13800000000", words="赵某某问进度", submission=made)
    noted(administrator, caller="别人")
    assert [(row["caller"], row["phone"], row["words"]) for row in own.export(person)["calls"]] == [
        ("赵某某", "13800000000", "赵某某问进度")
    ]
    erase_account(actor=person, account=person, reason="本人要求")
    everything = str(list(PhoneNote.objects.values())) + str(list(AuditEntry.objects.values()))
    assert [word in everything for word in ("赵某", "13800000000")] == [False, False]
    assert (found("赵某某"), len(found("别人"))) == ([], 1)
