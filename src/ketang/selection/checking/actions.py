"""Writing checks: begun for each new version; ended by the job that joins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.model.report import Report
from kebao.model.text import Text
from kebao.report.json import report_json
from kebao.rulebook.loading import shipped_ids
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.releasing import release
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckedMedium, CheckState
from ketang.selection.checking.permissions import may_recheck
from ketang.selection.intake.models import Submission, Version

if TYPE_CHECKING:
    from kebao.package.manifest import Manifest
    from kebao.subjects.course import Package  # it brings the library that measures; the web does without

KEPT = timedelta(hours=24)
"""How long a trial is kept."""
AT_ONCE = 3
"""Trials of one visitor that may be under way."""


_read: list[Callable[[Version, Manifest], None]] = []


def on_read(act: Callable[[Version, Manifest], None]) -> None:
    """Have `act` called with what a version's package says in its own forms, as soon as it was opened; twice, when a worker died."""
    if act not in _read:
        _read.append(act)


def tell_read(version: Version, own: Manifest) -> None:
    """Call whoever asked by `on_read`."""
    for act in _read:
        act(version, own)


_judged: list[Callable[[Check, Package], None]] = []


def on_judged(act: Callable[[Check, Package], None]) -> None:
    """Have `act` called with each measured package before its check ends; twice, when a worker died. So checking need not know who keeps what of it."""
    if act not in _judged:
        _judged.append(act)


_ended: list[Callable[[Check], None]] = []


def on_ended(act: Callable[[Check], None]) -> None:
    """Have `act` called when a check has its whole report, inside the transaction."""
    if act not in _ended:
        _ended.append(act)


def tell_judged(check: Check, package: Package) -> None:
    """Call whoever asked by `on_judged`."""
    for act in _judged:
        act(check, package)


def begin(version: Version) -> Check:
    """Check a version under its call's rulebooks.

    Effects: the row; the job `checking.begin`; `checking.begin`.
    """
    return _begin(version, version.submission.call.file["rulebooks"])


def _begin(version: Version, rulebooks: Sequence[str]) -> Check:
    with audited():
        made = Check.objects.create(
            version=version, name=version.name, digest=version.digest, rulebooks=list(rulebooks)
        )
        payload = {"version": str(version.uuid), "rulebooks": list(rulebooks)}
        record(actor=SYSTEM, action="checking.begin", of=made, payload=payload)
        enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
    return made


def recheck(*, actor: Actor, submission: Submission, rulebooks: Sequence[str]) -> Check:
    """Check the version that counts once more, under these rulebooks. The earlier reports stay; what was measured is not measured again.

    Raises:
        Refused: nothing was sent yet; a check is under way; rulebooks that do not fit the call.

    Effects: as `begin`; `checking.recheck`.
    """
    require(may_recheck(actor))
    books = _fitting(submission.call, rulebooks)
    with audited():
        held = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("latest__submission__call")
            .get(pk=submission.pk)
        )
        if held.latest is None:
            raise Refused(_("还没有收到课程包。"))
        if held.latest.checks.filter(state__in=(CheckState.WAITING, CheckState.MEASURING)).exists():
            raise Refused(_("这一版的检查还没有结束。"))
        made = _begin(held.latest, books)
        record(actor=actor, action="checking.recheck", of=made, payload={"rulebooks": books})
    return made


def recheck_call(*, actor: Actor, call: Call, rulebooks: Sequence[str]) -> None:
    """Check the version that counts of every submission of a call once more; begun in the background.

    Raises:
        Refused: rulebooks that do not fit the call.

    Effects: the job `checking.recheck_call`; `checking.recheck_call`.
    """
    require(may_recheck(actor))
    books, since = _fitting(call, rulebooks), timezone.now().isoformat()
    with audited():
        record(actor=actor, action="checking.recheck_call", of=call, payload={"rulebooks": books})
        key = f"checking.recheck_call:{call.uuid}:{since}"
        enqueue("checking.recheck_call", key=key, call=str(call.uuid), rulebooks=books, since=since)


def begin_again(version: Version, rulebooks: Sequence[str], since: datetime) -> None:
    """Begin a check of the version, unless one was begun since then.

    Effects: as `begin`.
    """
    with audited():
        Submission.objects.select_for_update().get(pk=version.submission_id)
        if not version.checks.filter(started_at__gte=since).exists():
            _begin(version, rulebooks)


def _fitting(call: Call, rulebooks: Sequence[str]) -> list[str]:
    """Rulebooks that exist; of each one of the call's, some edition: suppliers have been told by what they are judged."""
    chosen = list(dict.fromkeys(rulebooks))
    if unknown := sorted(set(chosen) - set(shipped_ids())):
        raise Refused(_("没有规则册“%(name)s”。") % {"name": "、".join(unknown)}, field="rulebooks")
    families = {name.rpartition("/")[0] for name in chosen}
    lacking = [name for name in call.file["rulebooks"] if name.rpartition("/")[0] not in families]
    if lacking:
        raise Refused(_("征集规定的规则册不能少：%(names)s。") % {"names": "、".join(lacking)}, field="rulebooks")
    return chosen


def keep_report(
    check: Check, report: Report, *, media: int | None = None, checked_media: Sequence[CheckedMedium] = ()
) -> None:
    """Keep a report as the newest of the check: the end of it, unless media are still to be measured.

    Args:
        check: whose report it is.
        report: of the structure, or of all.
        media: how many are still to be measured; none at the end.
        checked_media: what the report's page plays, not saved yet.

    Effects: the stored file; the rows of the media in place of earlier ones; the row; at the end `checking.done`.
    """
    stored = put_bytes(report_json(report).encode())
    verdict = report.verdict
    columns = {
        "report": stored.digest, "verdict": verdict.word, "errors": verdict.errors, "warnings": verdict.warnings,
        "undecided": verdict.cant_tell,
    }  # fmt: skip
    if media:
        columns |= {"state": CheckState.MEASURING, "media": media, "early_report": stored.digest}
    else:
        columns |= {"state": CheckState.DONE, "ended_at": timezone.now()}
    with audited():
        Check.objects.filter(pk=check.pk).update(**columns)
        CheckedMedium.objects.filter(check_of=check).delete()
        CheckedMedium.objects.bulk_create(checked_media)
        if not media:
            payload = {"report": stored.digest, "verdict": verdict.word}
            record(actor=SYSTEM, action="checking.done", of=check, payload=payload)
            check.refresh_from_db()
            for act in _ended:
                act(check)


def give_up(check: Check, words: Text) -> None:
    """The package cannot be checked; the words say why.

    Effects: the row; `checking.failed`.
    """
    with audited():
        message = {"zh": words.zh, "en": words.en}
        Check.objects.filter(pk=check.pk).update(state=CheckState.FAILED, message=message, ended_at=timezone.now())
        record(actor=SYSTEM, action="checking.failed", of=check, payload=message)


def try_out(*, owner: str, name: str, digest: str, rulebooks: tuple[str, ...]) -> Check:
    """Check what a visitor brought, without account; it is kept for a day.

    Raises:
        Refused: too many of this visitor's trials are under way.

    Effects: the row; the jobs `checking.begin` and, a day later, `checking.forget`; `checking.try`.
    """
    with audited():
        under_way = Check.objects.filter(owner=owner, state__in=(CheckState.WAITING, CheckState.MEASURING))
        if under_way.count() >= AT_ONCE:
            raise Refused(_("同时检查的课程包太多了。请等前面的检查完成。"))
        until = timezone.now() + KEPT
        made = Check.objects.create(owner=owner, name=name, digest=digest, rulebooks=list(rulebooks), expires_at=until)
        record(actor=None, action="checking.try", of=made)
        enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
        enqueue("checking.forget", key=f"checking.forget:{made.uuid}", not_before=until, check=str(made.uuid))
    return made


def check_package(*, owner: str, name: str, digest: str, rulebooks: Sequence[str]) -> Check:
    """Check a package that came by no submission and is kept. Within the transaction of who keeps it.

    Args:
        owner: who keeps it, in a word of the caller's own.
        name, digest: of the stored package.
        rulebooks: under which it is judged.

    Effects: the row; the job `checking.begin`; `checking.begin`.
    """
    made = Check.objects.create(owner=owner, name=name[-255:], digest=digest, rulebooks=list(rulebooks))
    record(actor=SYSTEM, action="checking.begin", of=made, payload={"owner": owner, "rulebooks": list(rulebooks)})
    enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
    return made


def forget_trial(uuid: str) -> None:
    """Remove a trial whose time is over; its report and package are let go.

    Effects: the row is gone; `checking.forget`; for each stored file of it the job `storage.release`.
    """
    found = Check.objects.filter(uuid=uuid, version=None, expires_at__lte=timezone.now()).first()
    if found is None:
        return
    copies = found.checked_media.exclude(stored=None).values_list("stored", flat=True)
    digests = {found.digest, found.report, found.early_report, *copies} - {""}
    with audited():
        record(actor=SYSTEM, action="checking.forget", of=found)
        found.delete()
        for digest in sorted(digests):
            release(digest)
