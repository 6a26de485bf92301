"""Uploads whose time is over, on both columns: what nobody took goes, what anybody holds stays, and of two at one moment one wins."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from ketang.platform.audit.actions import audited
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads import actions, expiring
from ketang.platform.uploads.expiring import let_expired_go
from ketang.platform.uploads.models import Upload, UploadPiece, UploadState
from ketang.platform.uploads.queries import takers
from ketang.platform.uploads.storing import finish
from ketang.selection.checking.models import Check
from ketang.selection.desk.models import DiskCopy, DiskFile
from ketang.selection.intake.models import DraftFile
from ketang_columns import Column
from ketang_releasing import a_day_later


def upload(content: bytes, *, length: int = 0, stored: bool = False) -> Upload:
    """One with these bytes: open when `length` is more than they are."""
    made = actions.create(owner="account:1", name="课.zip", length=length or len(content))
    actions.append(upload=made, offset=0, source=io.BytesIO(content))
    if stored:
        finish(made)
    return made


def over(*which: Upload, by: timedelta = timedelta(seconds=1)) -> None:
    """Their time was over so long ago."""
    Upload.objects.filter(pk__in=[one.pk for one in which]).update(expires_at=timezone.now() - by)


def files_of(one: Upload) -> list[str]:
    """What lies in the store of its pieces."""
    try:
        return list(default_storage.listdir(f"uploads/{one.uuid}")[1])
    except FileNotFoundError:
        return []


def left(one: Upload) -> tuple[bool, int, int, list[str]]:
    """Whether the row is there, how many rows and files of pieces are, and what the log says of it."""
    said = AuditEntry.objects.filter(object_key=str(one.uuid)).values_list("action", flat=True)
    pieces = UploadPiece.objects.filter(upload_id=one.pk).count()
    return Upload.objects.filter(pk=one.pk).exists(), pieces, len(files_of(one)), list(said)


GONE = (False, 0, 0, ["uploads.let_go"])


def test_open_whole_and_stored_ones_go_when_their_time_is_over_and_twice_is_harmless(column: Column) -> None:
    began = timezone.now()
    half, whole, young = upload(b"half", length=9), upload(b"whole"), upload(b"young", length=9)
    stored = upload(b"stored", stored=True)
    days = [round((one.expires_at - began) / timedelta(days=1)) for one in (half, whole, young, stored)]
    assert days == [7, 7, 7, 1]
    assert let_expired_go() == 0
    over(half, whole, stored)
    cut_off = default_storage.save(f"uploads/{half.uuid}/000000000000004-dead", io.BytesIO(b"of a killed sender"))
    assert [let_expired_go(), let_expired_go()] == [3, 0]
    assert [files_of(one) for one in (half, whole, stored)] == [[], [], []]
    assert (default_storage.exists(cut_off), len(files_of(young))) == (False, 1)
    rows = AuditEntry.objects.filter(action="uploads.let_go").order_by("pk")
    assert list(rows.values_list("actor", "object_key")) == [("system", str(one.uuid)) for one in (half, whole, stored)]
    assert list(Upload.objects.all()) == [young]
    assert StoredFile.objects.filter(digest=stored.digest).exists()
    assert (a_day_later(), StoredFile.objects.filter(digest=stored.digest).exists()) == (1, False)
    assert isinstance(verify(), Whole)


def test_what_a_row_or_an_unfinished_job_holds_stays(column: Column) -> None:
    copied, worked, held = (upload(name, stored=True) for name in (b"of a disk", b"of a job", b"of a check"))
    copy = DiskCopy.objects.create(place="/m/课", name="课")
    DiskFile.objects.create(copy=copy, path="课.zip", size=1, changed_ns=0, upload=copied)
    job = enqueue("uploads.store", not_before=timezone.now() + timedelta(days=1), upload=str(worked.uuid))
    check = Check.objects.create(name="课.zip", digest=held.digest)
    over(copied, worked, held, by=timedelta(days=99))
    assert let_expired_go() == 1
    assert set(Upload.objects.all()) == {copied, worked}
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert (let_expired_go(), list(Upload.objects.all())) == (1, [copied])
    a_day_later()
    assert set(StoredFile.objects.values_list("digest", flat=True)) == {copied.digest, check.digest}


def test_every_table_that_refers_to_uploads_is_asked() -> None:
    assert {(rows.model, name) for rows, name in takers()} == {(DraftFile, "upload"), (DiskFile, "upload")}


def in_a_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    said: list[object] = []

    def all_of_it() -> None:
        try:
            said.append(work())
        except actions.WrongOffset as fault:
            said.append(type(fault))
        finally:
            connection.close()

    begun = threading.Thread(target=all_of_it)
    begun.start()
    return begun, said


def while_it_is_let_go(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> list[object]:
    """What `work` answers when it begins after the job has locked the upload; it is given time to be quicker."""
    begun: list[tuple[threading.Thread, list[object]]] = []

    def asked(_upload: Upload) -> bool:
        begun.append(in_a_thread(work))
        begun[0][0].join(0.5)
        return False

    monkeypatch.setattr(expiring, "is_taken", asked)
    assert let_expired_go() == 1
    begun[0][0].join(20)
    return begun[0][1]


def test_who_claims_it_after_the_job_has_it_is_told_that_it_is_gone(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = upload(b"whole")
    over(one)
    assert while_it_is_let_go(monkeypatch, lambda: actions.claim(upload=one)) == [False]
    assert left(one) == GONE


def test_a_piece_that_comes_after_the_job_has_it_is_refused_and_leaves_nothing(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = upload(b"half", length=9)
    over(one)
    more = lambda: actions.append(upload=one, offset=4, source=io.BytesIO(b"-done"))  # noqa: E731 - one call
    assert while_it_is_let_go(monkeypatch, more) == [actions.WrongOffset]
    assert left(one) == GONE


def just_before_the_lock(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    @contextmanager
    def later() -> Iterator[None]:
        thread, _said = in_a_thread(work)
        thread.join(20)
        with audited():
            yield

    monkeypatch.setattr(expiring, "audited", later)


@pytest.mark.parametrize("how", ["claimed", "more came"])
def test_what_was_taken_since_it_was_found_stays(column: Column, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    one = upload(b"half", length=9 if how == "more came" else 0)
    over(one)
    just_before_the_lock(
        monkeypatch,
        lambda: (
            actions.claim(upload=one)
            if how == "claimed"
            else actions.append(upload=one, offset=4, source=io.BytesIO(b"-done"))
        ),
    )
    assert let_expired_go() == 0
    assert left(one) == ((True, 2, 2, []) if how == "more came" else (True, 1, 1, []))
    one.refresh_from_db()
    assert (one.state, one.expires_at > timezone.now() + timedelta(hours=23)) == (UploadState.WHOLE, True)


def test_the_job_waits_for_a_claim_that_is_under_way(column: Column) -> None:
    one = upload(b"whole")
    over(one)
    with transaction.atomic():
        assert actions.claim(upload=one)
        thread, said = in_a_thread(let_expired_go)
        thread.join(0.5)
    thread.join(20)
    assert (said, left(one)) == ([0], (True, 1, 1, []))
