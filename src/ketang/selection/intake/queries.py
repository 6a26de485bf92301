"""Reading submissions, each query scoped to who asks."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.platform.listing import Listing
from ketang.platform.search.passages import Found
from ketang.platform.uploads.models import UploadState
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import (
    Assembly,
    DraftFile,
    Lateness,
    Passage,
    Receipt,
    Submission,
    Version,
    state_mark,
)

SHOWN = ("call", "organisation", "latest")
"""What is read with a submission that is to be worked on."""
_ROW = ("uuid", "number", "title", "state", "lateness", "submitted_at", "organisation__name")
"""What a list shows of each: what was filled in is long, and not read for it."""


def submissions_of(account: Account) -> QuerySet[Submission]:
    """Submissions of the suppliers for whom the account acts, the one changed last first."""
    own = list(suppliers_of(account).values_list("pk", flat=True))
    # One supplier, as nearly everybody has, by equality: then the index gives the order, and nothing is sorted.
    mine = {"organisation": own[0]} if len(own) == 1 else {"organisation__in": own}
    return Submission.objects.filter(**mine).select_related(*SHOWN).order_by("-changed_at", "-id")


def list_of(account: Account) -> Listing[Submission]:
    """The same, to be read in pages."""
    # Calls are few and their texts long: each is read once, and not with every row.
    return Listing(
        submissions_of(account),
        Submission.objects.only(*_ROW, "reason", "call").select_related("organisation").prefetch_related("call"),
    )


def with_files(submissions: Iterable[Submission]) -> set[int]:
    """Keys of those that have files for their next version."""
    standing = DraftFile.objects.filter(submission__in=list(submissions), removed_at=None)
    return set(standing.values_list("submission_id", flat=True))


def arrivals(call: Call | None = None, *, state: str = "", late: bool | None = None) -> QuerySet[Submission]:
    """What has arrived, the latest first; drafts are their suppliers' own.

    Args:
        call: of this call only.
        state: of this state only.
        late: only late ones, or only those in time.
    """
    found = Submission.objects.filter(submitted_at__isnull=False)
    if call is not None:
        found = found.filter(call=call)
    if state:
        found = found.filter(state=state)
    if late is not None:
        found = found.filter(lateness=Lateness.LATE) if late else found.exclude(lateness=Lateness.LATE)
    return found.select_related(*SHOWN).order_by("-submitted_at", "-id")


def list_of_arrivals(*, words: str = "", state: str = "") -> Listing[Submission]:
    """Arrivals to be read in pages, the latest first.

    Args:
        words: phrases of number, title or supplier, all of which must be found.
        state: of this state only.
    """
    found = None
    if words.strip():
        found = Found(Passage._meta.db_table, "submission_id", words, (state_mark(state),) if state else ())
    return Listing(arrivals(state=state), Submission.objects.only(*_ROW).select_related("organisation"), found)


def receipt_by_paper(number: str, code: str) -> Receipt | None:
    """The receipt of that number, for whoever also knows its code: both stand on the paper.

    The digest would not do: it is published with the sealed list of the call, beside the number.
    """
    found = Receipt.objects.filter(number=number.strip().upper())
    receipt = found.select_related("version__submission__call", "version__submission__latest").first()
    given = "".join(code.split()).lower()
    return receipt if receipt is not None and hmac.compare_digest(given.encode(), receipt.code.encode()) else None


def versions_of(submission: Submission) -> QuerySet[Version]:
    """Every version, newest first, with its receipts."""
    return submission.versions.prefetch_related("receipts", "checks").order_by("-index")


def files_of(submission: Submission) -> QuerySet[DraftFile]:
    """Single files of the next version, in the order of the course folder."""
    return submission.files.filter(removed_at=None).select_related("upload").order_by("path")


def removed_from(submission: Submission) -> QuerySet[DraftFile]:
    """Files that were removed and can be put back, the one removed last first."""
    return submission.files.exclude(removed_at=None).select_related("upload").order_by("-removed_at")


def workbook_of(files: Iterable[DraftFile]) -> dict[str, Any]:
    """What the filled workbook among the files says (`DraftFile.workbook`); empty without one."""
    return next((one.workbook for one in files if one.workbook), {})


def absent(files: Iterable[DraftFile]) -> list[str]:
    """Paths that the workbook names and where no file is yet."""
    known = list(files)
    there = {one.path.casefold() for one in known}
    return [path for path in workbook_of(known).get("paths", ()) if path.casefold() not in there]


def unready(submission: Submission) -> str | None:
    """Why the files cannot be sent yet, in words; None when they can."""
    files = list(files_of(submission))
    if not files:
        return _("还不能提交：还没有上传文件。")
    if len(files) > 1 and (archives := [one.path for one in files if one.is_archive]):
        words = _("还不能提交：“%(archive)s”是压缩包，不能和别的文件混在一起。请移除它，或者只留下它。")
        return words % {"archive": archives[0]}
    if any(one.upload.state in (UploadState.OPEN, UploadState.FAILED) for one in files):
        return _("还不能提交：有文件没有传完。")
    return None


def before_opening(call: Call, at: datetime | None = None) -> str | None:
    """That a call takes no submissions yet and from when it does, in words; None from its opening on.

    Args:
        at: the moment that counts; now without one.
    """
    if not call.is_coming(at):
        return None
    when = {"opens": call.opens_there, "zone": call.file["time_zone"]}
    return _("这个征集还没有开始，%(opens)s（%(zone)s 时间）起接收申报。") % when


def sending_of(submission: Submission) -> Assembly | None:
    """The sending that goes on now."""
    return submission.assemblies.filter(receipt=None, refused="").order_by("-id").first()


def holds(digest: str) -> bool:
    """Whether these bytes are a version, or a single file of a draft that has not been let go yet."""
    return Version.objects.filter(digest=digest).exists() or DraftFile.objects.filter(upload__digest=digest).exists()
