"""Storing a whole upload whose owner ends it before or meanwhile: nothing is kept, nothing falls over, and whoever waits is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import pytest

from ketang.platform.audit.models import AuditEntry
from ketang.platform.queue.models import Job
from ketang.platform.storage.actions import put
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads import actions, storing
from ketang.platform.uploads.models import Upload, UploadPiece, UploadState

pytestmark = pytest.mark.django_db


def whole() -> Upload:
    """Of two pieces."""
    made = actions.create(owner="account:1", name="课.zip", length=8)
    for content in (b"a co", b"urse"):
        actions.append(upload=made, offset=made.offset, source=io.BytesIO(content))
    return made


def end() -> None:
    actions.drop(upload=Upload.objects.get())


def between(parts: Iterable[bytes]) -> StoredFile:
    def read() -> Iterator[bytes]:
        for part in parts:
            yield part
            end()

    return put(read())


def after(parts: Iterable[bytes]) -> StoredFile:
    kept = put(parts)
    end()
    return kept


def releases() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("name", flat=True))


def test_it_was_ended_before() -> None:
    upload = whole()
    end()
    storing.finish(upload)
    assert (upload.state, releases()) == (UploadState.WHOLE, [])
    assert (Upload.objects.count(), UploadPiece.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("ended", "told"), [(between, []), (after, ["storage.release"])])
def test_it_is_ended_meanwhile(
    ended: Callable[[Iterable[bytes]], StoredFile], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that lie in the store by then are let go by the job that asks whether anybody else holds them."""
    upload = whole()
    monkeypatch.setattr(storing, "put", ended)
    storing.finish(upload)
    assert (upload.state, releases()) == (UploadState.WHOLE, told)
    assert (Upload.objects.count(), UploadPiece.objects.count()) == (0, 0)
    assert not AuditEntry.objects.exists()


def test_a_piece_that_is_lost_is_not_taken_for_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = whole()
    monkeypatch.setattr(storing, "put", lambda parts: (_lose(upload), put(parts))[1])
    with pytest.raises(FileNotFoundError):
        storing.finish(upload)
    assert Upload.objects.get().state == UploadState.WHOLE


def _lose(upload: Upload) -> None:
    actions.remove_pieces(actions.folder_of(upload), [])
