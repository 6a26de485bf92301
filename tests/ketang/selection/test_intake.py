"""One door for everything: versions, receipts, numbers, lateness; who may, and what is refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kebao.package.manifest import Form, FreeUse, Manifest, RightsEntry
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions, permissions
from ketang.selection.intake.draft import Draft, read_draft
from ketang.selection.intake.models import NEXT, Door, Receipt, Submission, SubmissionState, Version
from ketang.selection.intake.queries import arrivals, submissions_of

pytestmark = pytest.mark.django_db


def send(draft: Submission, by: Account, digest: str = "ab" * 32, **more: object) -> Receipt:
    fields = {
        "actor": by,
        "submission": draft,
        "door": Door.WEB,
        "name": "课程.zip",
        "digest": digest,
        "size": 9,
        **more,
    }
    return actions.receive(**fields)  # type: ignore[arg-type]  # the test's own variations


def test_an_arrival_gets_a_number_a_version_and_a_receipt(draft: Submission, supplier: Account) -> None:
    receipt = send(draft, supplier)
    assert (draft.number, draft.state, draft.is_late) == ("TIANJIN-2023-0001", SubmissionState.SUBMITTED, False)
    assert (receipt.number, receipt.version.index, receipt.version.digest) == ("TIANJIN-2023-R00001", 1, "ab" * 32)
    assert draft.latest == receipt.version
    assert [entry.action for entry in history(draft)] == ["intake.start", "intake.receive"]


def test_the_same_bytes_get_another_receipt_and_no_other_version(draft: Submission, supplier: Account) -> None:
    first, second = send(draft, supplier), send(draft, supplier)
    assert (first.version, first.number == second.number) == (second.version, False)
    assert (Version.objects.count(), Receipt.objects.count()) == (1, 2)


def test_other_bytes_or_another_form_are_another_version(draft: Submission, supplier: Account) -> None:
    send(draft, supplier)
    send(draft, supplier, "cd" * 32)
    actions.save_draft(actor=supplier, submission=draft, draft=Draft(form=Form(contact="联系人甲")))
    send(draft, supplier, "cd" * 32)
    assert [(v.index, v.digest[:2], v.form.get("form", {}).get("contact")) for v in Version.objects.order_by("index")] == [
        (1, "ab", None), (2, "cd", None), (3, "cd", "联系人甲"),
    ]  # fmt: skip


def test_whoever_asked_hears_of_each_new_version_once(
    draft: Submission, supplier: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    monkeypatch.setattr(actions, "_received", [lambda version: heard.append(version.index)])
    send(draft, supplier)
    send(draft, supplier)
    send(draft, supplier, "cd" * 32)
    assert heard == [1, 2]


def test_what_comes_after_the_deadline_is_taken_and_marked(draft: Submission, supplier: Account, call: Call) -> None:
    send(draft, supplier, received_at=call.closes_at)
    assert not draft.is_late
    send(draft, supplier, "cd" * 32, received_at=call.closes_at + timedelta(seconds=1))
    first, second = Version.objects.order_by("index")
    assert (draft.is_late, draft.latest, first.is_late, second.is_late) == (False, first, False, True)


def test_a_closed_call_still_takes_versions_and_one_in_review_does_not(
    draft: Submission, supplier: Account, call: Call, administrator: Account
) -> None:
    calls.close(call=call, actor=administrator)
    send(draft, supplier)
    calls.start_review(call=call, actor=administrator)
    with pytest.raises(Refused, match="现在不接收申报"):
        send(draft, supplier, "cd" * 32)
    assert Version.objects.count() == 1


def test_a_submission_taken_back_takes_nothing_more(draft: Submission, supplier: Account) -> None:
    send(draft, supplier)
    actions.withdraw(actor=supplier, submission=draft, reason="另行申报")
    with pytest.raises(Refused, match="已撤回"):
        send(draft, supplier, "cd" * 32)
    assert history(draft).last().details == {"reason": "另行申报"}  # type: ignore[union-attr]


def test_numbers_run_without_gaps_in_each_call(call: Call, unit: Organisation, supplier: Account) -> None:
    for _ in range(3):
        made = actions.start(actor=supplier, call=call, organisation=unit, title="课", category="P2(1)")
        send(made, supplier)
    assert list(Submission.objects.order_by("id").values_list("number", flat=True)) == [
        f"TIANJIN-2023-000{number}" for number in (1, 2, 3)
    ]


MOVES = {
    SubmissionState.COMPLETE: lambda who, what: actions.find_complete(actor=who, submission=what),
    SubmissionState.INCOMPLETE: lambda who, what: actions.find_incomplete(
        actor=who, submission=what, reason="缺承诺书"
    ),
    SubmissionState.ACCEPTED: lambda who, what: actions.accept(actor=who, submission=what),
    SubmissionState.REFUSED: lambda who, what: actions.refuse(actor=who, submission=what, reason="不是网络课程"),
}


@pytest.mark.parametrize("now", SubmissionState)
@pytest.mark.parametrize("then", MOVES)
def test_the_office_takes_only_the_steps_of_the_table(
    draft: Submission, administrator: Account, now: SubmissionState, then: SubmissionState
) -> None:
    Submission.objects.update(state=now)
    if then in NEXT[now]:
        MOVES[then](administrator, draft)
        assert draft.state == then
    else:
        with pytest.raises(Refused):
            MOVES[then](administrator, draft)
        draft.refresh_from_db()
        assert draft.state == now


@pytest.mark.parametrize(
    ("title", "category", "words"), [(" ", "P2(1)", "课程名称"), ("课", "P9", "类别"), ("课" * 201, "P2(1)", "200")]
)
def test_a_draft_needs_a_title_and_one_of_the_call_s_categories(
    call: Call, unit: Organisation, supplier: Account, title: str, category: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        actions.start(actor=supplier, call=call, organisation=unit, title=title, category=category)
    assert Submission.objects.count() == 0


V, L, S, R, C, E, F, A, T = Role
TABLE = {"may_edit_submission": {S}, "may_see_submission": {S, C, A}}
DRAFT = {"may_edit_submission": {S}, "may_see_submission": {S}}
PLAIN = {"may_list_arrivals": {C, A}, "may_handle_arrivals": {C, A}}


@pytest.mark.parametrize("role", Role)
def test_who_may(
    actors: dict[Role, Actor], draft: Submission, unit: Organisation, role: Role, supplier: Account
) -> None:
    actor = actors[role]
    assert permissions.may_submit_for(actor, unit) is (role == S)
    assert {name: getattr(permissions, name)(actor) for name in PLAIN} == {
        name: role in held for name, held in PLAIN.items()
    }
    assert {name: getattr(permissions, name)(actor, draft) for name in DRAFT} == {
        n: role in held for n, held in DRAFT.items()
    }
    send(draft, supplier)
    assert {name: getattr(permissions, name)(actor, draft) for name in TABLE} == {
        n: role in held for n, held in TABLE.items()
    }


def test_nobody_acts_for_another_supplier(draft: Submission, actors: dict[Role, Actor]) -> None:
    for role in (C, L, R):
        with pytest.raises(PermissionDenied):
            send(draft, actors[role])  # type: ignore[arg-type]  # accounts, all three
    assert Version.objects.count() == 0


def test_lists_are_scoped_and_searched(draft: Submission, supplier: Account, actors: dict[Role, Actor]) -> None:
    assert (list(arrivals()), list(submissions_of(supplier))) == ([], [draft])
    send(draft, supplier)
    assert list(arrivals()) == [draft]
    assert list(arrivals(late=True)) == []
    assert list(submissions_of(actors[L])) == []  # type: ignore[arg-type]  # an account


def test_what_is_filled_in_replaces_the_package_s_own_words_and_nothing_else() -> None:
    manifest = Manifest(title="课", form=Form(title="课", contact="甲"), free_use=FreeUse(agreed=True, by="甲"))
    laid = Draft(form=Form(title="课", contact="乙"), rights=(RightsEntry(what="照片"),)).laid_over(manifest)
    assert laid == Manifest(
        title="课",
        form=Form(title="课", contact="乙"),
        rights=(RightsEntry(what="照片"),),
        free_use=FreeUse(agreed=True, by="甲"),
    )
    assert Draft().laid_over(manifest) == manifest
    assert read_draft({}) == Draft()
