"""Photographs of covers: kept with their arrival, read in the background, taken away and put back, and gone when their time is over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kebao.media import printed
from kebao.media.printed import Printed
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.refusal import Refused
from ketang.platform.storage.holding import is_held
from ketang.platform.storage.reading import read_whole
from ketang.selection.desk import actions, covers, own
from ketang.selection.desk.codes import label_code
from ketang.selection.desk.cover_reading import fail, proposals, read_cover
from ketang.selection.desk.models import Cover, Delivery, Parcel, Reading
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang_covers import cover as drawn
from ketang_covers import photographed, plain

pytestmark = pytest.mark.django_db
PICTURE = plain((400, 300))


def taken(actor: Actor, parcel: Parcel | None = None) -> Cover:
    return covers.photograph(actor=actor, key=uuid4(), content=PICTURE, parcel=parcel)


def registered(actor: Actor, submission: Submission | None = None, cover: Cover | None = None) -> Parcel:
    return actions.register_parcel(
        actor=actor, key=uuid4(), delivery=Delivery.HAND, submission=submission, cover=cover
    )[0]


def printed_on(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """A reader that gives these lines: the real one is asked in `test_the_print_of_a_cover_is_read`."""
    monkeypatch.setattr(printed, "is_installed", lambda: True)
    monkeypatch.setattr(printed, "read_print_of", lambda _picture: tuple(Printed(one, 0, 1, 0, 0) for one in lines))


def test_it_is_kept_and_goes_to_the_parcel_that_is_registered_with_it(administrator: Account) -> None:
    made = taken(administrator)
    assert (made.arrival, made.width, made.height, made.reading) == (None, 400, 300, Reading.WAITING)
    assert read_whole(made.digest)[:3] == b"\xff\xd8\xff"
    parcel = registered(administrator, cover=made)
    assert (made.arrival, made.goes_at) == (parcel.arrival, None)
    assert [entry.action for entry in history(made)] == ["desk.photograph", "desk.attach_cover"]
    assert set(Job.objects.values_list("name", flat=True)) >= {"desk.read_cover", "desk.let_covers_go"}
    with pytest.raises(Refused, match="刚刚用于另一件"):
        registered(administrator, cover=made)
    assert Parcel.objects.count() == 1  # what was refused left nothing


def test_the_same_form_twice_keeps_one(administrator: Account) -> None:
    key = uuid4()
    first, second = (covers.photograph(actor=administrator, key=key, content=PICTURE) for _ in range(2))
    assert (first, Cover.objects.count()) == (second, 1)


def test_taken_away_put_back_and_gone(administrator: Account) -> None:
    made = taken(administrator, registered(administrator))
    for _ in range(2):
        covers.take_away(actor=administrator, cover=made)
    assert made.goes_at is not None
    covers.put_back(actor=administrator, cover=made)
    assert (made.removed_at, made.goes_at) == (None, None)
    covers.take_away(actor=administrator, cover=made)
    acts = ["desk.photograph", "desk.take_away_cover", "desk.put_back_cover", "desk.take_away_cover"]
    assert [entry.action for entry in history(made)] == acts
    covers.let_covers_go()
    assert (Cover.objects.count(), is_held(made.digest), is_held(made.small)) == (1, True, True)
    Cover.objects.update(removed_at=timezone.now() - timedelta(days=7))
    covers.let_covers_go()
    assert (Cover.objects.count(), is_held(made.digest), is_held(made.small)) == (0, False, False)
    gone = Job.objects.filter(name="storage.release").values_list("arguments__digest", flat=True)
    assert sorted(gone) == sorted([made.digest, made.small])


def test_one_whose_parcel_is_never_registered_goes_and_one_that_has_its_parcel_stays(administrator: Account) -> None:
    alone, kept = taken(administrator), taken(administrator, registered(administrator))
    Cover.objects.update(taken_at=timezone.now() - timedelta(days=8))
    covers.let_covers_go()
    assert list(Cover.objects.all()) == [kept]
    assert [entry.action for entry in history(alone)] == ["desk.photograph", "desk.let_cover_go"]


def test_ten_of_a_parcel_at_most_and_none_of_one_that_was_undone(administrator: Account) -> None:
    parcel = registered(administrator)
    made = [taken(administrator, parcel) for _ in range(10)]
    with pytest.raises(Refused, match="最多 10 张"):
        taken(administrator, parcel)
    covers.take_away(actor=administrator, cover=made[0])
    taken(administrator, parcel)
    with pytest.raises(Refused, match="最多 10 张"):
        covers.put_back(actor=administrator, cover=made[0])
    actions.undo(actor=administrator, parcel=parcel)
    with pytest.raises(Refused, match="已经撤销"):
        taken(administrator, parcel)


def test_without_the_extra_it_is_kept_and_says_so(administrator: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "is_installed", lambda: False)
    made = taken(administrator)
    read_cover(made)
    made.refresh_from_db()
    assert (made.reading, made.found) == (Reading.NO_READER, [])
    covers.read_again(actor=administrator, cover=made)
    assert made.reading == Reading.WAITING
    fail(made)
    made.refresh_from_db()
    assert made.reading == Reading.FAILED


def test_only_what_may_be_proposed_is_kept_of_the_print(
    administrator: Account, draft: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = label_code(uuid4())
    printed_on(monkeypatch, label_code(draft.uuid), unknown, "收件人 示例 13800000000", "运单号 SF1234567890123")
    made = taken(administrator)
    read_cover(made)
    made.refresh_from_db()
    assert [(one.part.value, one.value, one.to) for one in proposals(made)] == [
        ("submission", label_code(draft.uuid), draft), ("tracking", "SF1234567890123", None), ("courier", "顺丰速运", None),
    ]  # fmt: skip
    assert "13800000000" not in str(made.found)


def test_a_submission_is_proposed_once_by_whatever_it_was_recognised(
    administrator: Account, draft: Submission, supplier: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.receive(actor=supplier, submission=draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    printed_on(monkeypatch, label_code(draft.uuid), draft.number, "供应单位 示例培训学校", f"课程名称 {draft.title}")
    made = taken(administrator)
    read_cover(made)
    made.refresh_from_db()
    assert [(one.part.value, one.to) for one in proposals(made)] == [
        ("submission", draft), ("supplier", None), ("title", None),
    ]  # fmt: skip


def test_it_is_the_desk_s_alone(actors: dict[Role, Actor], administrator: Account) -> None:
    made = taken(administrator)
    for role, actor in actors.items():
        if may_work_desk(actor):
            continue
        for act in (covers.take_away, covers.put_back, covers.read_again):
            with pytest.raises(PermissionDenied):
                act(actor=actor, cover=made)
        with pytest.raises(PermissionDenied):
            taken(actor)
        assert role not in (Role.CLERK, Role.ADMINISTRATOR)
    assert [entry.action for entry in history(made)] == ["desk.photograph"]


def test_a_person_s_photographs_are_given_out_and_erased(administrator: Account, draft: Submission) -> None:
    from ketang.people.organisation.models import Organisation, OrganisationKind

    person = Account.objects.get(login="manager")
    Organisation.objects.filter(pk=draft.organisation_id).update(kind=OrganisationKind.PERSON)
    parcel = registered(administrator, draft)
    made = taken(administrator, parcel)
    assert [row["digest"] for row in own.export(person)["covers"]] == [made.digest]
    own.erase(person)
    assert (Cover.objects.count(), is_held(made.digest), Parcel.objects.count()) == (0, False, 1)


@pytest.mark.extra
@pytest.mark.filterwarnings("ignore")  # of the reader's own libraries
def test_the_print_of_a_cover_is_read(administrator: Account, draft: Submission, supplier: Account) -> None:
    """A drawn cover, turned by 2.5°, with noise, through the real reader."""
    intake.receive(actor=supplier, submission=draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    day = timezone.localdate() - timedelta(days=2)
    rows = (("寄到", "示例市示例路 1 号"), ("供应单位", "示例培训学校"), ("课程名称", draft.title))
    picture = drawn(code=label_code(draft.uuid), rows=rows, posted=f"{day.year}年{day.month}月{day.day}日")
    made = covers.photograph(actor=administrator, key=uuid4(), content=photographed(picture, orientation=6))
    read_cover(made)
    made.refresh_from_db()
    print(made.found)
    assert [(one.part.value, one.value, one.to) for one in proposals(made)] == [
        ("submission", label_code(draft.uuid), draft), ("tracking", "SF1234567890123", None),
        ("postmark", day.isoformat(), None), ("courier", "顺丰速运", None), ("supplier", "示例培训学校", None),
        ("title", draft.title, None),
    ]  # fmt: skip
