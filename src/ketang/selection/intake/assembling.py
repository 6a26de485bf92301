"""From the single files of a draft to one package, which is received like any other."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import IO, cast

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kebao.archive.stored_zip import Stored, write_stored
from kebao.kit.placing import FORM, SUMS
from kebao.model.errors import UsageFault
from kebao.package.manifest import Form, Manifest
from kebao.text.package_name import canonical
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_written
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import Reading
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import store
from ketang.selection.intake.actions import receive, refuse_before_opening
from ketang.selection.intake.draft import read_draft
from ketang.selection.intake.models import ARCHIVES, Assembly, Door, Submission
from ketang.selection.intake.permissions import may_edit_submission
from ketang.selection.intake.queries import files_of, unready

Part = tuple[str, str, int]
"""Path, digest and size of a file."""
AT_ONCE = 64 << 20
"""Bytes up to which the sender waits for the package; larger ones are put together by the worker."""


def send_files(*, actor: Actor, submission: Submission) -> Assembly:
    """Send the draft's files: as they are when they are one archive, else put together.

    Raises:
        Refused: something is not there yet, or does not go together; the call or the submission takes nothing any more, or the
            call nothing yet.

    Effects: the row; `intake.send_files`; what `receive` does, at once, or by the job `intake.assemble` where the files are
    large or not registered yet.
    """
    require(may_edit_submission(actor, submission))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    if (why := unready(submission)) is not None:
        raise Refused(why)
    refuse_before_opening(submission.call)
    files = list(files_of(submission))
    rows = [[one.path, str(one.upload.uuid)] for one in files]
    large = not _is_package(rows) and sum(one.upload.length for one in files) > AT_ONCE
    waits = large or any(one.upload.state != UploadState.STORED for one in files)
    with audited():
        made = Assembly.objects.create(submission=submission, asked_by=actor, files=rows)
        record(actor=actor, action="intake.send_files", of=submission, payload={"files": len(rows)})
        if waits:
            enqueue("intake.assemble", key=f"intake.assemble:{made.uuid}", assembly=str(made.uuid))
    if not waits:
        assemble(made)
        if made.refused:
            raise Refused(made.refused)
        submission.refresh_from_db()
    return made


def assemble(assembly: Assembly) -> None:
    """Put the package together and have it received; once is enough, twice does no harm.

    Effects: the stored package; its receipt, or why it was not taken, on the row.
    """
    if assembly.is_over:
        return
    name, digest, size = package_of(assembly.submission, assembly.files)
    with audited():
        held = Assembly.objects.select_for_update().get(pk=assembly.pk)
        if not held.is_over:
            try:
                _received(held, name=name, digest=digest, size=size)
            except Refused as refused:
                refuse(held, str(refused))
            except PermissionDenied:
                refuse(held, _("您已经不是这个供应单位的成员，没有提交。"))
    assembly.refresh_from_db()


def package_of(submission: Submission, rows: list[list[str]]) -> Part:
    """Name, digest and size of the package that these files make: the only archive as it is, else one put together.

    Args:
        submission: whose form F and title go into it.
        rows: [path, uuid of its upload] of each file.

    Effects: the stored package; uploads that were not registered yet are.
    """
    parts = _parts(rows)
    if _is_package(rows):
        return parts[0]
    kept = _package(submission, parts)
    return f"{_name(submission)}.zip", kept.digest, kept.size


def _is_package(rows: list[list[str]]) -> bool:
    return len(rows) == 1 and rows[0][0].lower().endswith(ARCHIVES)


def _parts(rows: list[list[str]]) -> list[Part]:
    """(path, digest, size) of each file; those that the worker has not registered yet are registered now."""
    uploads = {str(one.uuid): one for one in Upload.objects.filter(uuid__in=[key for _path, key in rows])}
    for upload in uploads.values():
        store(upload)
    return [(path, uploads[key].digest, uploads[key].length) for path, key in rows]


def refuse(assembly: Assembly, words: str) -> None:
    """Say on the row why nothing was received."""
    assembly.refused = words[:500]
    assembly.save(update_fields=["refused"])


def _received(assembly: Assembly, *, name: str, digest: str, size: int) -> None:
    """Have it received as of the moment when its supplier pressed the button."""
    assembly.receipt = receive(
        actor=assembly.asked_by, submission=assembly.submission, door=Door.WEB, name=name, digest=digest, size=size,
        received_at=assembly.asked_at,
    )  # fmt: skip
    assembly.save(update_fields=["receipt"])


def _package(submission: Submission, parts: list[Part]) -> StoredFile:
    folder, made = _name(submission), _made_here(submission, parts)
    entries = [
        *(Stored(f"{folder}/{path}", size, _reads(digest)) for path, digest, size in parts),
        *(Stored(f"{folder}/{path}", len(content), _holds(content)) for path, content in made.items()),
    ]
    return put_written(lambda target: write_stored(target, sorted(entries, key=lambda entry: entry.path)))


def _made_here(submission: Submission, parts: list[Part]) -> dict[str, bytes]:
    """Files that nobody need make by hand: form F where it was filled in on the web, and the digests."""
    there = {path.casefold() for path, _digest, _size in parts}
    made: dict[str, bytes] = {}
    form = read_draft(submission.draft).form
    if form.model_copy(update={"title": ""}) != Form() and not any("基本情况表" in path for path in there):
        made[FORM] = _written(Manifest(version="1", title=submission.title, form=form))
    if not there & {SUMS.casefold(), f"{SUMS}.txt".casefold()}:
        lines = [(path, digest) for path, digest, _size in parts]
        lines += [(path, hashlib.sha256(content).hexdigest()) for path, content in made.items()]
        made[SUMS] = "".join(f"{digest}  {path}\n" for path, digest in sorted(lines)).encode()
    return made


def _reads(digest: str) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    return lambda: cast("IO[bytes]", Reading(digest))


def _holds(content: bytes) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    return lambda: BytesIO(content)


def _written(manifest: Manifest) -> bytes:
    from kebao.documents.form import (
        write_form,  # libraries of documents are for those who need them: pages are served without
    )
    from kebao.kit.pack import form_fields

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        write_form(form_fields(manifest), path)
        return path.read_bytes()


def _name(submission: Submission) -> str:
    """The name of P7.1; a plain one where the title or unit could not stand in a file's name, which the check then says."""
    try:
        return canonical(submission.organisation.name, submission.title)
    except UsageFault:
        return "课程包"
