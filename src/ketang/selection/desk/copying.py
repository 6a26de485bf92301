"""Copying a disk: begun, gone on with after it was pulled out, and received like whatever comes by another door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.archive.stored_zip import Stored, write_stored
from kebao.text.package_name import parse_package_name
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_written
from ketang.platform.storage.reading import Damaged, Reading, free_bytes, read
from ketang.platform.storage.releasing import release
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import UploadState
from ketang.platform.uploads.storing import store
from ketang.selection.desk.actions import enter_or_wait
from ketang.selection.desk.models import CopyState, DiskCopy, DiskFile, Parcel
from ketang.selection.desk.mounted import Found, Looked, look, reading
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import bytes_read
from ketang.selection.intake.models import ARCHIVES, Door, Submission
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, Medium

MEDIA = (".mp4", ".m4v", ".mov", ".mkv", ".avi", ".wmv", ".flv", ".webm", ".mpg", ".ts", ".mp3", ".wav", ".m4a", ".aac")
"""With one of these beside its archives a folder is a course by itself, and the archives are parts of it."""
ROOM = 2.2
"""Bytes of free space for each byte of a disk: its pieces, its files, the package."""
Tell = Callable[[int, int], None]
"""Told how many bytes of how many are kept."""


class Stopped(Exception):
    """The copy cannot go on now, in words; what was kept stays, and it goes on where it stopped."""


def begin_copy(
    *,
    actor: Actor,
    place: Path,
    submission: Submission | None = None,
    supplier: str = "",
    title: str = "",
    parcel: Parcel | None = None,
) -> tuple[DiskCopy, bool]:
    """Begin to copy a folder or file, or go on with what was begun of this place.

    Args:
        submission: to which it belongs; without one the package waits to be claimed.
        parcel: with which it came: it counts as received when that does; else now.

    Returns:
        The copy, and whether it is new.

    Raises:
        Refused: nothing is there, too much, or no room for it.

    Effects: the row; `desk.begin_copy`.
    """
    require(may_work_desk(actor))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    unfinished = DiskCopy.objects.exclude(state=CopyState.WHOLE).filter(place=str(place))
    if standing := unfinished.first():
        return standing, False
    looked = look(place)
    _ask_room(looked)
    try:
        with audited():
            made = DiskCopy.objects.create(
                place=str(place), name=place.name[:255], submission=submission, supplier=supplier.strip()[:200],
                title=title.strip()[:200], parcel=parcel, files=len(looked.files), size=looked.size, begun_by=actor,
                counts_at=parcel.arrival.counts_at if parcel is not None else timezone.now(),
            )  # fmt: skip
            record(actor=actor, action="desk.begin_copy", of=made, payload={"files": made.files, "size": made.size})
    except IntegrityError:  # another clerk was quicker
        return unfinished.get(), False
    return made, True


def _ask_room(looked: Looked) -> None:
    if not looked.files:
        raise Refused(_("里面没有文件。"), field="path")
    if looked.size > settings.DESK_BYTES:
        words = _("一共 %(size).1f GB，超过一次能收的 %(most).0f GB。请只选课程所在的文件夹。")
        raise Refused(words % {"size": looked.size / 1e9, "most": settings.DESK_BYTES / 1e9}, field="path")
    free = free_bytes()
    if free is not None and free < looked.size * ROOM:
        words = _("服务器的空间不够：还需要 %(more).1f GB。请联系系统管理员。")
        raise Refused(words % {"more": (looked.size * ROOM - free) / 1e9}, field="path")


def copy(disk: DiskCopy, tell: Tell = lambda _done, _all: None) -> None:
    """Copy what is not kept yet, and receive it when everything is; once is enough, twice does no harm.

    Effects: files in the store, each verified; then those of `_receive`. State `stopped` with the reason where it does not go on.
    """
    disk.refresh_from_db()
    if disk.state == CopyState.WHOLE:
        return
    DiskCopy.objects.filter(pk=disk.pk).update(state=CopyState.COPYING, fault="")
    try:
        for row in _rows(disk):
            if not row.digest:
                _copy_file(disk, row, tell)
        _receive(disk)
    except (Stopped, Refused) as fault:
        DiskCopy.objects.filter(pk=disk.pk).update(state=CopyState.STOPPED, fault=str(fault)[:500])
    disk.refresh_from_db()


def _rows(disk: DiskCopy) -> list[DiskFile]:
    """A row for each file that is on the disk now; what changed since is copied anew, what is gone is let go."""
    looked = look(Path(disk.place))
    standing = {row.path: row for row in disk.rows.select_related("upload")}
    found = [_row(disk, standing.pop(one.path, None), one) for one in looked.files]
    for row in standing.values():
        _let_go(row)
        row.delete()
    DiskCopy.objects.filter(pk=disk.pk).update(
        files=len(found), size=looked.size, skipped=[list(one) for one in looked.skipped[:200]]
    )
    disk.refresh_from_db()
    return found


def _row(disk: DiskCopy, row: DiskFile | None, one: Found) -> DiskFile:
    if row is None:
        return DiskFile.objects.create(copy=disk, path=one.path, size=one.size, changed_ns=one.changed_ns)
    if (row.size, row.changed_ns) != (one.size, one.changed_ns):
        _let_go(row)
        row.size, row.changed_ns, row.digest, row.upload = one.size, one.changed_ns, "", None
        row.save()
    return row


def _let_go(row: DiskFile) -> None:
    if row.upload is not None:
        uploads.drop(upload=row.upload)
    elif row.digest:
        release(row.digest)


class _Hashed:
    """A file of a disk as it is read: its bytes are hashed as they pass; what stopped it is kept, for `append` takes it as an end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.fault: OSError | None = None

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            piece = self._file.read(size)
        except OSError as fault:
            self.fault = fault
            raise
        self.digest.update(piece)
        return piece

    def pass_over(self, count: int) -> None:
        """Read again what was kept before: the disk may be another one by now, and then its digest tells."""
        while count:
            piece = self.read(min(count, 1 << 20))
            if not piece:
                return
            count -= len(piece)


def _copy_file(disk: DiskCopy, row: DiskFile, tell: Tell) -> None:
    upload = row.upload
    if upload is None or upload.state == UploadState.FAILED:
        upload = row.upload = uploads.create(
            owner=f"disk:{disk.uuid}", name=PurePosixPath(row.path).name, length=row.size
        )
        row.save(update_fields=["upload"])
    kept = bytes_read(disk) - upload.offset
    try:
        with reading(Path(disk.place), row.path) as file:
            source = _Hashed(file)
            source.pass_over(upload.offset)
            while upload.is_open and source.fault is None:
                start = upload.offset
                part = _Part(source, uploads.PIECE_BYTES)
                uploads.append(upload=upload, offset=start, source=part)
                tell(kept + upload.offset, disk.size)
                if upload.is_open and upload.offset == start:
                    break
    except (OSError, Refused) as fault:
        raise Stopped(_stopped(row, fault)) from None
    except uploads.WrongOffset:
        raise Stopped(_("另一个程序也在复制它。请等它复制完。")) from None
    if source.fault is not None:
        raise Stopped(_stopped(row, source.fault))
    if upload.is_open:
        raise Stopped(_("“%(path)s”比刚才短了。请检查 U 盘或硬盘，再继续。") % {"path": row.path})
    _verify(row, source)


class _Part:
    """So many bytes of a source at most: `append` comes back after them, and progress can be told."""

    def __init__(self, source: _Hashed, most: int) -> None:
        self._source, self._left = source, most

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end of the part."""
        piece = self._source.read(min(size, self._left)) if self._left else b""
        self._left -= len(piece)
        return piece


def _verify(row: DiskFile, source: _Hashed) -> None:
    """What was stored is what the disk gave, read twice: as it came, and out of the store again."""
    upload = row.upload
    assert upload is not None  # noqa: S101 - it was just filled
    store(upload)
    if upload.digest != source.digest.hexdigest():
        _let_go(row)
        raise Stopped(_("“%(path)s”两次读出的内容不一样，没有收下。请检查 U 盘或硬盘，再继续。") % {"path": row.path})
    try:
        for _piece in read(upload.digest):
            pass
    except Damaged:
        raise Stopped(_("“%(path)s”存好以后读回来不一样。请联系系统管理员。") % {"path": row.path}) from None
    row.digest = upload.digest
    row.save(update_fields=["digest"])


def _stopped(row: DiskFile, fault: Exception) -> str:
    why = getattr(fault, "strerror", None) or str(fault)
    words = _("读到“%(path)s”时中断：%(fault)s。把 U 盘或硬盘插好，再继续；已经读到的不用重读。")
    return words % {"path": row.path, "fault": why}


def _receive(disk: DiskCopy) -> None:
    """Register what was copied: each archive, or the folder put together as one package.

    Effects: an arrival each (`ledger.register`), entered where it belongs (`ledger.enter`); state `whole`; `desk.copied`.
    Bytes that are in the package are let go.
    """
    rows = list(disk.rows.order_by("path"))
    packages = _archives(rows)
    made = None if packages else _put_together(rows)
    with audited():
        held = DiskCopy.objects.select_for_update().get(pk=disk.pk)
        if held.state == CopyState.WHOLE:
            return
        actor = held.begun_by
        for row in packages:
            row.arrival = _arrive(disk, actor, PurePosixPath(row.path).name, row.digest, row.size, len(packages), rows)
            row.save(update_fields=["arrival"])
        if made is not None:
            arrival = _arrive(disk, actor, f"{disk.name}.zip", made[0], made[1], 1, [])
            for row in rows:
                row.arrival = arrival
                row.save(update_fields=["arrival"])
                release(row.digest)
        held.state, held.whole_at = CopyState.WHOLE, timezone.now()
        held.save(update_fields=["state", "whole_at"])
        record(actor=actor or SYSTEM, action="desk.copied", of=held, payload={"packages": len(packages) or 1})


def _archives(rows: list[DiskFile]) -> list[DiskFile]:
    """Files that are packages by themselves; none where the folder is the package."""
    if len(rows) == 1:
        return rows
    if any(row.path.lower().endswith(MEDIA) for row in rows):
        return []
    return [row for row in rows if "/" not in row.path and row.path.lower().endswith(ARCHIVES)]


def _put_together(rows: list[DiskFile]) -> tuple[str, int]:
    """Digest and size of the folder as one package."""

    def opened(digest: str) -> Callable[[], AbstractContextManager[IO[bytes]]]:
        # A reader of raw bytes, as the zip wants it.
        return lambda: cast("AbstractContextManager[IO[bytes]]", BufferedReader(cast(Any, Reading(digest))))

    entries = [Stored(row.path, row.size, opened(row.digest)) for row in rows]
    stored = put_written(lambda file: write_stored(file, entries))
    return stored.digest, stored.size


def _arrive(
    disk: DiskCopy, actor: Account | None, name: str, digest: str, size: int, packages: int, rows: list[DiskFile]
) -> Arrival:
    named = parse_package_name(name)
    to = disk.submission if packages == 1 and actor is not None else None
    reason = ""
    if to is None:
        reason = (
            _("这个盘里有 %(count)s 个课程包，请逐个归入。") % {"count": packages}
            if packages > 1
            else _("复制时没有对上申报。")
        )
    beside = len(rows) - packages
    if beside > 0:
        reason += _("盘里另有 %(count)s 个文件，在窗口登记的磁盘页面可以看到。") % {"count": beside}
    arrival = ledger.register(
        actor=actor or SYSTEM, door=Door.DISK, medium=Medium.ELECTRONIC, received_at=timezone.now(), counts_at=disk.counts_at,
        call=to.call if to is not None else _call_of(disk), name=name, digest=digest, size=size, reason=reason,
        supplier=to.organisation.name if to is not None else disk.supplier or (named.unit if named else ""),
        title=to.title if to is not None else disk.title or (named.title if named else ""),
    )  # fmt: skip
    if to is not None and actor is not None:
        enter_or_wait(actor, arrival, to)
    return arrival


def _call_of(disk: DiskCopy) -> Any:
    return disk.parcel.arrival.call if disk.parcel is not None else disk.submission.call if disk.submission else None
