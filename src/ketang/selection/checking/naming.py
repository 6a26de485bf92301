"""A kept package under the name with which it came, and what its own form says it is."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kebao.model.errors import KebaoError
from kebao.package.manifest import Manifest
from kebao.subjects.opening import open_any
from ketang.platform.storage.reading import local
from ketang.selection.intake.models import Version


def said_by(name: str, digest: str) -> tuple[str, str] | None:
    """Supplier and title in the words of the package's manifest, workbook or form, each empty where it says none; None when it cannot be read."""
    try:
        with named(name, digest) as path, open_any(path, occupations=None, as_of=timezone.localdate()) as found:
            manifest = found.package.manifest
            supplier = manifest.form.unit or manifest.supplier.name
            return " ".join(supplier.split())[:200], " ".join((manifest.title or manifest.form.title).split())[:200]
    except KebaoError:
        return None


def own_manifest(version: Version) -> Manifest:
    """What the package of a version says in its own manifest, workbook and forms.

    Raises:
        Unreadable, Unsafe: it is refused as a whole.
        Damaged: the store's bytes are not those that came in.
    """
    day = version.received_at.astimezone(version.submission.call.zone).date()
    with named(version.name, version.digest) as path, open_any(path, occupations=None, as_of=day) as found:
        return found.package.manifest


@contextmanager
def named(name: str, digest: str) -> Iterator[Path]:
    """The stored file under its own name, which P7.1 speaks of: a second link to it, or a copy where there can be none."""
    work = Path(settings.WORK)
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with local(digest) as kept, tempfile.TemporaryDirectory(dir=work) as folder:
        path = Path(folder) / _sound_name(name)
        try:
            os.link(kept, path)
        except OSError:  # another file system
            shutil.copyfile(kept, path)
        yield path


def _sound_name(name: str) -> str:
    plain = name.replace("/", "_").replace("\0", "_").strip()
    return "package" if plain in ("", ".", "..") else plain[-200:]
