"""The same film from two suppliers is told to the office alone, found by keys, with its times; own versions never count."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kebao.media.fingerprint.keys import keys_of
from kebao.media.fingerprint.prints import Print
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Door, Submission, Version
from ketang.selection.likeness.actions import candidates, compare, keep
from ketang.selection.likeness.models import Likeness, MediumPrint, PrintKey
from ketang.selection.likeness.packed import packed, unpacked
from ketang.selection.likeness.permissions import may_see_likeness
from ketang.selection.likeness.queries import alike
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


def sound(seed: int, codes: int = 500, noise: int = 0, cut: int = 0) -> Print:
    """A recording's print: codes of its own; `noise` of a hundred have a bit that differs; `cut` codes are missing at the start."""
    random = np.random.default_rng(seed)
    made = random.integers(0, 2**32, codes, dtype=np.uint32)
    if noise:
        other = np.random.default_rng(seed + 999)
        made[other.random(codes) < noise / 100] ^= np.uint32(1) << np.uint32(7)
    made = made[cut:]
    return Print(len(made) * 0.1238 + 2.6, None, made, np.arange(len(made), dtype=np.int32))


def version(call: Call, organisation: Organisation, submission: Submission | None = None) -> Version:
    number = next(_numbers)
    if submission is None:
        submission = Submission.objects.create(
            call=call, organisation=organisation, title=f"课{number}", number=f"N-{number}", state="submitted"
        )
    made = Version.objects.create(
        submission=submission, index=number, door=Door.WEB, name="课.zip", digest=f"{number:064}", size=1,
        received_at=submission.created_at,
    )  # fmt: skip
    submission.latest, submission.submitted_at = made, submission.created_at
    submission.save()
    return made


def kept(where: Version, *prints: Print) -> int:
    media = {f"视频/{n}.mp4": (put_bytes(packed(one)).digest, f"第{n}段", one) for n, one in enumerate(prints, 1)}
    keep(where, media)
    return compare(where)


@pytest.fixture
def other(db: None) -> Organisation:
    return Organisation.objects.create(kind="person", name="教师乙")


def test_a_print_comes_back_as_it_was(db: None) -> None:
    made = sound(1)
    back = unpacked(put_bytes(packed(made)).digest)
    assert (back.seconds, back.scenes) == (made.seconds, None)
    assert (np.array_equal(back.codes, made.codes), np.array_equal(back.steps, made.steps)) == (True, True)


def test_media_with_a_stretch_in_common_have_keys_in_common_and_others_none() -> None:
    whole, shorter = sound(1, 12_000), sound(1, 12_000, noise=30, cut=4_000)
    shared = set(keys_of(whole)) & set(keys_of(shorter))
    assert 100 < len(shared) < len(keys_of(whole)) < 500
    assert set(keys_of(whole)) & set(keys_of(sound(2, 12_000))) == set()


def test_the_same_film_of_another_supplier_is_told_with_its_times(
    call: Call, unit: Organisation, other: Organisation, administrator: Account
) -> None:
    first, second = version(call, unit), version(call, other)
    assert kept(first, sound(1), sound(2)) == 0
    assert kept(second, sound(3), sound(2, noise=20, cut=100)) == 1
    assert compare(second) == 0
    (told,) = alike(administrator, second.submission)
    assert (told.use.path, told.other.path, told.other.version, told.identical, told.kind) == (
        "视频/2.mp4", "视频/2.mp4", first, False, "sound",
    )  # fmt: skip
    assert (told.percent, told.times) == (100, (("00:00", "00:52", "00:12", "01:04"),))
    (back,) = alike(administrator, first.submission)
    assert (back.use.version, back.other.version, back.times) == (
        first,
        second,
        (("00:12", "01:04", "00:00", "00:52"),),
    )
    assert [entry.action for entry in history(second)] == ["likeness.find"]


def test_the_same_bytes_are_identical_and_own_versions_never_count(
    call: Call, unit: Organisation, other: Organisation, administrator: Account
) -> None:
    first = version(call, unit)
    kept(first, sound(1))
    again = version(call, unit, first.submission)
    kept(again, sound(1), sound(1, noise=10))
    own = version(call, unit)
    kept(own, sound(1, noise=15))
    assert (Likeness.objects.count(), alike(administrator, again.submission)) == (0, [])
    second = version(call, other)
    kept(second, sound(1))
    found = alike(administrator, second.submission)
    assert {(one.other.version, one.identical) for one in found} == {(again, True), (again, False), (own, False)}


def test_the_office_alone_sees_it(
    call: Call, unit: Organisation, other: Organisation, actors: dict[Role, Actor], administrator: Account
) -> None:
    first, second = version(call, unit), version(call, other)
    kept(first, sound(1))
    kept(second, sound(1))
    seen = {role for role, actor in actors.items() if may_see_likeness(actor)}
    assert seen == {Role.CLERK, Role.ADMINISTRATOR}
    assert {role for role, actor in actors.items() if alike(actor, first.submission)} == seen
    address = reverse("office-arrival", args=[first.submission.uuid])
    page = signed_in(administrator).get(address).content.decode()
    assert ("文件完全一样" in page, "教师乙" in page, "这里 00:00–01:04，那里 00:00–01:04" in page) == (
        True,
        True,
        True,
    )
    supplier = actors[Role.SUPPLIER]
    assert isinstance(supplier, Account)
    own = signed_in(supplier).get(reverse("submission", args=[first.submission.uuid])).content.decode()
    assert "教师乙" not in own


def test_asked_as_often_for_one_as_for_three(
    call: Call, unit: Organisation, other: Organisation, administrator: Account
) -> None:
    first, asked = version(call, unit), []
    kept(first, sound(1), sound(2), sound(3))
    for prints in ((sound(1),), (sound(2), sound(3))):
        kept(version(call, other), *prints)
        with CaptureQueriesContext(connection) as queries:
            found = alike(administrator, first.submission)
        asked.append((len(found), len(queries)))
    assert asked == [(1, 3), (3, 3)]


def test_candidates_come_from_the_index_of_keys(call: Call, unit: Organisation, other: Organisation) -> None:
    """Among many prints only those with keys in common are read; what everybody has finds nobody."""
    filler = [MediumPrint(digest=f"{n:064x}", seconds=60, stored=put_bytes(b"no print")) for n in range(200)]
    MediumPrint.objects.bulk_create(filler)
    random = np.random.default_rng(5)
    everybody = [11, 12, 13]
    rows = [
        PrintKey(of=one, key=int(key)) for one in filler for key in [*random.integers(2**40, 2**62, 20), *everybody]
    ]
    PrintKey.objects.bulk_create(rows, batch_size=400)
    first, second = version(call, unit), version(call, other)
    kept(first, sound(1))
    kept(second, sound(1, noise=10))
    row = second.media_used.get().of
    PrintKey.objects.bulk_create([PrintKey(of=row, key=key) for key in everybody])
    assert candidates(second, row) == [first.media_used.get().of]
    plan: Any = PrintKey.objects.filter(key__in=everybody).values("of").explain()
    assert "print_key_once" in plan or "SEARCH" in plan
