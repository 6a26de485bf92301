"""Writing the single files of a draft: each has a place in the course folder, and nothing is lost by a slip."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.archive.limits import Limits
from kebao.archive.names import is_junk, path_fault
from kebao.archive.office import vet_office
from kebao.kit.placing import WORKBOOK, named_paths, place
from kebao.model.errors import KebaoError
from kebao.model.text import Text
from kebao.package.manifest import Form
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang.platform.uploads.models import Upload, UploadState
from ketang.selection.calls.models import in_language
from ketang.selection.intake.actions import come_for_files
from ketang.selection.intake.models import REMOVED_KEPT, DraftFile, Submission
from ketang.selection.intake.permissions import may_edit_submission

MOST = 2000
"""Files of one draft: more than a course has."""
WORKBOOK_BYTES = 20 << 20
_OTHER_ARCHIVES = (".rar", ".7z", ".bz2", ".xz")


def add_file(*, actor: Actor, submission: Submission, upload: Upload) -> DraftFile:
    """Put a whole upload into the draft, in the place that its name or the workbook tells.

    Raises:
        Refused: an archive of a kind that is not read, a lock file of an office program, too many files, a forbidden name;
            an upload that was ended meanwhile.

    Effects: the row; the file that had the place before is removed and can be put back; `intake.add_file`.
    """
    require(may_edit_submission(actor, submission))
    name = unicodedata.normalize("NFC", upload.name)
    if name.lower().endswith(_OTHER_ARCHIVES):
        raise Refused(_("“%(name)s”不能读取。请解压后上传里面的文件，或改用 zip 打包。") % {"name": name})
    if is_junk(name):
        raise Refused(_("“%(name)s”是系统或办公软件的临时文件，没有加入。") % {"name": name})
    with audited():
        if not Upload.objects.select_for_update().filter(pk=upload.pk).exists():
            raise Refused(_("“%(name)s”在保存时被删除了，没有加入。请再选一次。") % {"name": name})
        held = _changed(submission)
        standing = held.files.filter(removed_at=None)
        if standing.count() >= MOST:
            raise Refused(_("文件太多了：最多 %(most)d 个。请打成一个 zip 上传。") % {"most": MOST})
        book = standing.exclude(workbook={}).first()
        path = _sound(place(name, book.workbook["paths"] if book is not None else ()))
        replaced = _at(held, path)
        if replaced is not None:
            _remove(replaced)
        made = DraftFile.objects.create(submission=held, upload=upload, path=path, workbook=_workbook(upload, path))
        record(
            actor=actor, action="intake.add_file", of=held,
            payload={"path": path, "size": upload.length, "replaced": replaced is not None},
        )  # fmt: skip
    return made


def move_file(*, actor: Actor, file: DraftFile, path: str) -> None:
    """Give the file another place or name.

    Raises:
        Refused: no good path, or another file is there.

    Effects: the row; `intake.move_file` when something changed.
    """
    require(may_edit_submission(actor, file.submission))
    wanted = _sound("/".join(part.strip() for part in unicodedata.normalize("NFC", path).strip().strip("/").split("/")))
    with audited():
        held = _changed(file.submission)
        if wanted == file.path:
            return
        other = _at(held, wanted)
        if other is not None and other.pk != file.pk:
            raise Refused(_("“%(path)s”已经有一个文件了。请换一个名字。") % {"path": wanted}, field="path")
        before, file.path = file.path, wanted
        file.workbook = _workbook(file.upload, wanted)
        file.save(update_fields=["path", "workbook"])
        record(actor=actor, action="intake.move_file", of=held, payload={"from": before, "to": wanted})


def remove_file(*, actor: Actor, file: DraftFile) -> None:
    """Take the file out of the draft; it can be put back for 7 days.

    Effects: the row; `intake.remove_file`; the job `intake.let_files_go`, due then.
    """
    require(may_edit_submission(actor, file.submission))
    with audited():
        held = _changed(file.submission)
        _remove(file)
        record(actor=actor, action="intake.remove_file", of=held, payload={"path": file.path})


def put_back(*, actor: Actor, file: DraftFile) -> None:
    """Undo a removal.

    Raises:
        Refused: another file has taken its place, or its time was over and it is gone.

    Effects: the row; `intake.put_back_file`.
    """
    require(may_edit_submission(actor, file.submission))
    with audited():
        held = _changed(file.submission)
        if not held.files.filter(pk=file.pk).exists():
            raise Refused(_("“%(path)s”移除已超过 7 天，不能恢复。请重新上传。") % {"path": file.path})
        if _at(held, file.path) is not None:
            raise Refused(_("“%(path)s”已经有一个文件了。请先移除它，再恢复这一个。") % {"path": file.path})
        file.removed_at = None
        file.save(update_fields=["removed_at"])
        record(actor=actor, action="intake.put_back_file", of=held, payload={"path": file.path})


def _changed(submission: Submission) -> Submission:
    """The submission, locked: two windows that change its files take turns."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if not held.takes_versions:
        raise Refused(_("这份申报现在是“%(state)s”，不能再提交。") % {"state": held.get_state_display()})
    held.changed_at = timezone.now()
    held.save(update_fields=["changed_at"])
    return held


def _remove(file: DraftFile) -> None:
    file.removed_at = timezone.now()
    file.save(update_fields=["removed_at"])
    come_for_files(REMOVED_KEPT)


def _at(submission: Submission, path: str) -> DraftFile | None:
    """The file of that place; on Windows and on a Mac names that differ by case alone are one."""
    wanted = path.casefold()
    return next((one for one in submission.files.filter(removed_at=None) if one.path.casefold() == wanted), None)


def _sound(path: str) -> str:
    fault = path_fault(path, Limits())
    if fault is not None:
        raise Refused(_words(fault[1]), field="path")
    return path


def _words(text: Text) -> str:
    return in_language({"zh": text.zh, "en": text.en})


def _workbook(upload: Upload, path: str) -> dict[str, Any]:
    """What a filled workbook says that later steps need; nothing of what is none or cannot be read: the check says why."""
    if path != WORKBOOK or upload.state != UploadState.STORED or upload.length > WORKBOOK_BYTES:
        return {}
    from kebao.package.workbook.reader import read_workbook  # a library of spreadsheets: pages are served without

    stream = BytesIO(read_whole(upload.digest))
    try:
        vet_office(stream, Limits(), path)
        stream.seek(0)
        manifest = read_workbook(stream, path).manifest
    except KebaoError:
        return {}
    filled = manifest.form.model_copy(update={"title": "", "unit": ""}) != Form()
    return {"paths": list(named_paths(manifest)), "form": filled, "rights": len(manifest.rights)}
