"""Ready samples for a trial: the demonstration's packages, put into the store by `ketang demo`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.platform.storage.actions import put_path
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import store


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: what is said of it."""

    title: str | Promise
    words: str | Promise


SAMPLES: dict[str, Sample] = {
    "faulty": Sample(_("有问题的课程包"), _("里面故意放了四处错误，有一处要听声音才能发现。看看报告怎么说。")),
    "mended": Sample(_("改好的课程包"), _("同一门课改好之后。")),
}


def keep_sample(name: str, path: Path) -> None:
    """Put a sample into the store, under its own file name.

    Effects: the stored file; a note of its digest beside the store's files.
    """
    kept = put_path(path)
    note = f"samples/{name}"
    store().delete(note)
    store().save(note, ContentFile(f"{kept.digest} {path.name}".encode()))


def sample_of(name: str) -> tuple[str, str] | None:
    """File name and digest of a sample; None where there is none (yet)."""
    note = f"samples/{name}"
    if name not in SAMPLES or not store().exists(note):
        return None
    with store().open(note, "rb") as file:
        digest, _space, called = file.read().decode().partition(" ")
    return (called, digest) if StoredFile.objects.filter(digest=digest).exists() else None


def sample_before(digest: str) -> str | None:
    """Digest of the faulty sample, where `digest` is the mended one's: the two are versions of one package."""
    mended, faulty = sample_of("mended"), sample_of("faulty")
    return faulty[1] if mended is not None and faulty is not None and mended[1] == digest else None


def sample_digests() -> set[str]:
    """Digests of the samples that are there."""
    return {found[1] for name in SAMPLES if (found := sample_of(name)) is not None}
