"""Bytes nobody holds, on both columns: held ones stay, others go once they have rested, and whoever puts them meanwhile wins."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.models import Job
from ketang.platform.storage import holding
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole, store
from ketang.platform.storage.releasing import REST, release, remove_unheld
from ketang.selection.likeness.models import MediumPrint
from ketang_columns import Column

CONTENT = os.urandom(1 << 16)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Digests that somebody holds; nobody else is asked."""
    found: set[str] = set()
    monkeypatch.setattr(holding, "_holders", [found.__contains__])
    return found


def old(content: bytes = CONTENT, *, by: timedelta = REST + timedelta(seconds=1)) -> StoredFile:
    """Bytes that were put some time ago."""
    kept = put_bytes(content)
    StoredFile.objects.filter(pk=kept.pk).update(stored_at=timezone.now() - by)
    kept.refresh_from_db()
    return kept


def standing(kept: StoredFile) -> tuple[bool, bool, list[str]]:
    """Whether row and file are there, and what the log says of it."""
    rows = AuditEntry.objects.filter(object_kind="common.storedfile", object_key=kept.digest)
    return (
        StoredFile.objects.filter(pk=kept.digest).exists(), store().exists(kept.path),
        list(rows.values_list("action", flat=True)),
    )  # fmt: skip


def test_what_nobody_holds_goes_and_twice_is_harmless(column: Column, held: set[str]) -> None:
    kept, other = old(), old(b"another")
    remove_unheld(kept.digest)
    remove_unheld(kept.digest)
    assert standing(kept) == (False, False, ["storage.release"])
    assert standing(other) == (True, True, [])
    assert Job.objects.count() == 0
    assert isinstance(verify(), Whole)


def test_what_somebody_holds_stays(column: Column, held: set[str]) -> None:
    kept = old()
    held.add(kept.digest)
    remove_unheld(kept.digest)
    assert standing(kept) == (True, True, [])
    assert (read_whole(kept.digest), Job.objects.count()) == (CONTENT, 0)


def test_what_a_foreign_key_protects_stays_and_nothing_is_logged(column: Column, held: set[str]) -> None:
    kept = old()
    MediumPrint.objects.create(digest="a" * 64, seconds=1, stored=kept)
    remove_unheld(kept.digest)
    assert standing(kept) == (True, True, [])
    assert isinstance(verify(), Whole)


def test_what_was_put_within_the_hour_is_asked_again_later(column: Column, held: set[str]) -> None:
    kept = old(by=REST - timedelta(minutes=1))
    remove_unheld(kept.digest)
    (later,) = Job.objects.all()
    assert (later.name, later.arguments, later.not_before) == (
        "storage.release", {"digest": kept.digest}, kept.stored_at + REST,
    )  # fmt: skip
    assert standing(kept) == (True, True, [])


def test_letting_go_asks_when_the_bytes_have_rested_and_not_at_all_for_what_is_gone(
    column: Column, held: set[str]
) -> None:
    kept = old(by=timedelta(minutes=10))
    release(kept.digest)
    release("0" * 64)
    assert list(Job.objects.values_list("name", "arguments", "not_before")) == [
        ("storage.release", {"digest": kept.digest}, kept.stored_at + REST)
    ]


def test_putting_again_makes_them_young(column: Column, held: set[str]) -> None:
    kept, began = old(), timezone.now()
    assert put_bytes(CONTENT).stored_at >= began
    remove_unheld(kept.digest)
    assert standing(kept) == (True, True, [])


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    def all_of_it() -> None:
        try:
            work()
        finally:
            connection.close()

    begun = threading.Thread(target=all_of_it)
    begun.start()
    return begun


def test_who_puts_them_between_the_question_and_the_removal_wins(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = old()
    puts: list[threading.Thread] = []

    def asked(digest: str) -> bool:
        """Nobody holds them; at this very moment they are put, and the put is given time to be quicker."""
        puts.append(in_a_thread(lambda: put_bytes(CONTENT)))
        puts[0].join(0.5)
        return False

    monkeypatch.setattr(holding, "_holders", [asked])
    remove_unheld(kept.digest)
    puts[0].join(20)
    assert standing(kept) == (True, True, ["storage.release"])
    assert read_whole(kept.digest) == CONTENT


def test_a_removal_that_died_before_its_commit_leaves_nothing_that_a_put_does_not_mend(
    column: Column, held: set[str]
) -> None:
    kept = old()
    store().delete(kept.path)
    put_bytes(CONTENT)
    assert read_whole(kept.digest) == CONTENT
    StoredFile.objects.update(stored_at=timezone.now() - 2 * REST)
    store().delete(kept.path)
    remove_unheld(kept.digest)
    assert standing(kept) == (False, False, ["storage.release"])
