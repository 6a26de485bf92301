"""Files by digest on both columns: once, verified when read, never half."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from ketang.platform.storage.actions import clear_incoming, put, put_bytes, put_path, remove
from ketang.platform.storage.models import StoredFile, path_of
from ketang.platform.storage.reading import Damaged, local, read, read_whole, spool, store
from ketang_columns import Column

CONTENT = os.urandom(3 << 20)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def overwrite(content: bytes) -> None:
    """Damage the stored file behind the product's back."""
    store().delete(path_of(DIGEST))
    assert store().save(path_of(DIGEST), ContentFile(content)) == path_of(DIGEST)


def test_stored_once_and_read_back(column: Column, tmp_path: Path) -> None:
    first = put(CONTENT[at : at + 100_000] for at in range(0, len(CONTENT), 100_000))
    source = tmp_path / "source"
    source.write_bytes(CONTENT)
    assert (first.pk, first.size) == (DIGEST, 3 << 20)
    assert put_bytes(CONTENT) == put_path(source) == first
    assert source.read_bytes() == CONTENT
    assert StoredFile.objects.count() == 1
    assert store().listdir(f"sha256/{DIGEST[:2]}/{DIGEST[2:4]}")[1] == [DIGEST]
    assert read_whole(DIGEST) == CONTENT
    with local(DIGEST) as path:
        assert path.read_bytes() == CONTENT
    assert list(spool().iterdir()) == []


def test_an_empty_file_is_a_file(column: Column) -> None:
    stored = put_bytes(b"")
    assert (stored.pk, stored.size, read_whole(stored.pk)) == (hashlib.sha256(b"").hexdigest(), 0, b"")


@pytest.mark.parametrize("content", [CONTENT[:-1] + b"x", CONTENT[:-1], b""], ids=["changed", "cut", "emptied"])
def test_damage_is_told_and_never_handed_out_as_a_file(column: Column, content: bytes) -> None:
    put_bytes(CONTENT)
    overwrite(content)
    with pytest.raises(Damaged, match=DIGEST):
        list(read(DIGEST))
    with pytest.raises(Damaged, match=DIGEST), local(DIGEST):
        raise AssertionError("not reached")


def test_what_is_gone_is_told(column: Column) -> None:
    put_bytes(CONTENT)
    store().delete(path_of(DIGEST))
    with pytest.raises(Damaged, match=DIGEST):
        read_whole(DIGEST)


def test_the_rest_of_a_write_that_was_cut_off_is_replaced(column: Column) -> None:
    store().save(path_of(DIGEST), ContentFile(CONTENT[:1000]))
    put_bytes(CONTENT)
    assert read_whole(DIGEST) == CONTENT


def test_a_source_that_breaks_off_leaves_nothing(column: Column) -> None:
    def broken() -> object:
        yield CONTENT[:1000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        put(broken())  # type: ignore[arg-type]
    assert StoredFile.objects.count() == 0
    assert list(spool().iterdir()) == []


def test_removed(column: Column) -> None:
    stored = put_bytes(CONTENT)
    remove(stored)
    assert (StoredFile.objects.count(), store().exists(path_of(DIGEST))) == (0, False)
    assert put_bytes(CONTENT).pk == DIGEST
    assert read_whole(DIGEST) == CONTENT


def test_what_was_cut_off_while_it_came_in_is_cleared_after_a_day(small_column: Column) -> None:
    folder = small_column.home / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    for name, age in (("old", 86_500), ("young", 86_300)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert clear_incoming() == 1
    assert [path.name for path in folder.iterdir()] == ["young"]


def test_what_a_killed_worker_left_goes_after_a_day(small_column: Column, settings: Any) -> None:
    settings.WORK = str(small_column.home / "work")
    for folder in (spool(), Path(settings.WORK)):
        for name, age in (("old", 86_500), ("young", 86_300)):
            (folder / name).mkdir(parents=True)
            (folder / name / "package.zip").write_bytes(b"a copy")
            os.utime(folder / name, (time.time() - age,) * 2)
    assert clear_incoming() == 2
    assert [path.name for folder in (spool(), Path(settings.WORK)) for path in folder.iterdir()] == ["young"] * 2


def test_files_of_the_folder_are_private(small_column: Column) -> None:
    put_bytes(CONTENT)
    with local(DIGEST) as path:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.is_relative_to(small_column.home)
