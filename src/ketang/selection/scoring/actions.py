"""Writing blind copies and score sheets."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kebao.model.text import Text
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.assigning.counting import recount_for, tell_kept
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call, CallState
from ketang.selection.scoring.models import BlindCopy, BlindPage, BlindPart, Sheet, SubmittedSheet
from ketang.selection.scoring.permissions import may_score, may_see_sheets
from ketang.selection.scoring.queries import job_key, newest_sheet
from ketang.selection.scoring.rubric import digest_of, lacking, read_filled, weighted

PRIVATE_SIGNS = 5000
SECONDS_AT_ONCE = 600
"""Longest time in use that one saving may add: a page that lay open over night was not in use."""

_submitting: list[Callable[[Assignment], None]] = []


def before_submitting(act: Callable[[Assignment], None]) -> None:
    """Have `act` called before a sheet is submitted, inside its transaction; it may refuse."""
    if act not in _submitting:
        _submitting.append(act)


class Stale(Refused):
    """The sheet was changed in another window meanwhile; `sheet` is how it stands now."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(_("这张评分表在另一个窗口里改过。请核对后再保存。"))
        self.sheet = sheet


def ask_for_copies(assignments: Iterable[Assignment]) -> None:
    """Have a blind copy made of each version that was assigned and has none. Runs inside the assigning transaction.

    Effects: rows with numbers drawn at random; a job each.
    """
    for assignment in assignments:
        if BlindCopy.objects.filter(version=assignment.version_id).exists():
            continue
        copy = BlindCopy.objects.create(
            call_id=assignment.call_id, submission_id=assignment.submission_id, version_id=assignment.version_id,
            alias=_alias(assignment.call_id),
        )  # fmt: skip
        enqueue("scoring.copy", key=job_key(copy), copy=str(copy.uuid))


def make_again(*, actor: Actor, copy: BlindCopy) -> None:
    """Have a blind copy made anew, for instance after it failed. Effects: a job; `scoring.copy_again`."""
    require(may_see_sheets(actor))
    with audited():
        held = BlindCopy.objects.select_for_update().get(pk=copy.pk)
        held.message, held.made_at, held.failed_at, held.asked_at = {}, None, None, timezone.now()
        held.save(update_fields=["message", "made_at", "failed_at", "asked_at"])
        enqueue("scoring.copy", key=job_key(held), copy=str(held.uuid))
        record(actor=actor, action="scoring.copy_again", of=held)


def keep_copy(
    copy: BlindCopy, parts: list[BlindPart], pages: list[BlindPage], *, title: str, words: dict[str, Any],
    masks: list[Any], hidden: list[Any], shown: list[Any],
) -> None:  # fmt: skip
    """Put into a copy what was made of the package. Effects: rows of parts and their pages, the row; `scoring.copied`."""
    with audited():
        held = BlindCopy.objects.select_for_update().get(pk=copy.pk)
        held.parts.all().delete()
        for part in parts:
            part.copy = held
        BlindPart.objects.bulk_create(parts)
        BlindPage.objects.bulk_create(pages)
        held.title, held.words, held.masks, held.hidden, held.shown = title, words, masks, hidden, shown
        held.made_at, held.failed_at, held.message = timezone.now(), None, {}
        held.save()
        record(actor=SYSTEM, action="scoring.copied", of=held, payload={"parts": len(parts)})


def give_up(copy: BlindCopy, words: Text) -> None:
    """No copy can be made; the words say why. Effects: the row; `scoring.copy_failed`."""
    with audited():
        message = {"zh": words.zh, "en": words.en}
        BlindCopy.objects.filter(pk=copy.pk).update(message=message, failed_at=timezone.now())
        record(actor=SYSTEM, action="scoring.copy_failed", of=copy, payload=message)


def save(
    *,
    actor: Actor,
    assignment: Assignment,
    revision: int,
    filled: Mapping[str, Any],
    private: str = "",
    seconds: int = 0,
) -> Sheet:
    """Keep a sheet as it is filled in now. Not audited: it is the expert's own scrap paper until it is submitted.

    Args:
        actor: the expert.
        assignment: whose sheet.
        revision: of the sheet that was changed; 0 before anything was kept.
        filled: as of `Sheet`.
        private: the expert's own note.
        seconds: how long the page was in use since the last saving.

    Raises:
        Refused: a score that the rubric does not know; the review of the call is not going on; the assignment was ended.
        Stale: somebody, or another window, kept another state meanwhile; nothing is overwritten.

    Effects: the row. The same content again changes nothing but the time in use.
    """
    require(may_score(actor, assignment))
    if len(private) > PRIVATE_SIGNS:
        raise Refused(_("自己的笔记最多 %(most)s 个字。") % {"most": PRIVATE_SIGNS}, field="private")
    with audited():
        call = _in_review(assignment, Call.objects.all())
        read = read_filled(call.content.rubric, filled, _language())
        Sheet.objects.get_or_create(assignment=assignment)
        held = Sheet.objects.select_for_update().get(pk=assignment.pk)
        held.seconds += max(0, min(seconds, SECONDS_AT_ONCE))
        if (held.filled or read_filled(call.content.rubric, {}), held.private) == (read, private):
            held.save(update_fields=["seconds"])
            return held
        if held.revision != revision:
            raise Stale(held)
        held.filled, held.private, held.revision, held.changed_at = read, private, revision + 1, timezone.now()
        held.save()
        tell_kept(assignment, held.changed_at)
    return held


def submit(*, actor: Actor, assignment: Assignment, signed_as: str, reason: str = "") -> SubmittedSheet:
    """Submit the sheet as it is kept. It can never be changed; another one, with its reason, may take its place.

    Raises:
        Refused: a criterion without a score; no name signed; the same as was submitted; a second one without a reason; the
            review of the call is not going on, or what stands on the sheets is final; the assignment was ended.

    Effects: the row; `scoring.submit` with its digest.
    """
    require(may_score(actor, assignment))
    if not signed_as.strip():
        raise Refused(_("请签上姓名。"), field="signed_as")
    with audited():
        # The call first, as whoever makes a ranking final or ends an assignment does: what they checked stays true.
        call = _in_review(assignment, Call.objects.select_for_update())
        held = Assignment.objects.select_for_update().get(pk=assignment.pk)
        for act in _submitting:
            act(held)
        sheet = Sheet.objects.filter(assignment=held).first()
        rubric = call.content.rubric
        filled = read_filled(rubric, sheet.filled if sheet is not None else {}, _language())
        if missing := lacking(rubric, filled["scores"]):
            names = {criterion.id: criterion.name for criterion in rubric.criteria}
            told = "、".join((names[one].en if _language() == "en" else "") or names[one].zh for one in missing)
            raise Refused(_("还没有评分：%(names)s。") % {"names": told}, field=f"score-{missing[0]}")
        before = newest_sheet(held)
        if before is not None:
            _may_supersede(before, filled, reason)
        made = _submitted(held, rubric.model_dump(mode="json"), filled, signed_as.strip()[:150], before, reason.strip())
        made.total = weighted(rubric, filled["scores"])
        made.digest = digest_of(content_of(made))
        made.save()
        recount_for([held])
        record(
            actor=actor,
            action="scoring.submit",
            of=made,
            payload={"digest": made.digest, "index": made.index, "reason": made.reason},
        )
    return made


def content_of(sheet: SubmittedSheet) -> dict[str, Any]:
    """Everything that a submitted sheet says, as its digest is made of."""
    return {
        "assignment": str(sheet.assignment.uuid), "index": sheet.index, "scores": sheet.scores, "notes": sheet.notes,
        "moments": sheet.moments, "overall": sheet.overall, "rubric": sheet.rubric, "total": f"{sheet.total:f}",
        "signed_as": sheet.signed_as, "reason": sheet.reason,
    }  # fmt: skip


def _submitted(
    held: Assignment, rubric: dict[str, Any], filled: dict[str, Any], name: str, before: SubmittedSheet | None, reason: str
) -> SubmittedSheet:  # fmt: skip
    return SubmittedSheet(
        assignment=held, call_id=held.call_id, submission_id=held.submission_id, rubric=rubric, signed_as=name,
        index=1 if before is None else before.index + 1, supersedes=before, reason="" if before is None else reason[:1000],
        **filled,
    )  # fmt: skip


def _may_supersede(before: SubmittedSheet, filled: Mapping[str, Any], reason: str) -> None:
    if {name: getattr(before, name) for name in filled} == filled:
        raise Refused(_("和已经提交的评分表一样，没有改动。"))
    if not reason.strip():
        raise Refused(_("已经提交的评分表不能改。重新提交会取代它，请写明理由。"), field="reason")


def _in_review(assignment: Assignment, calls: QuerySet[Call]) -> Call:
    """The call; Refused when its review is not going on, or the assignment was ended after the page was opened."""
    call = calls.get(pk=assignment.call_id)
    if call.state != CallState.IN_REVIEW:
        raise Refused(_("征集现在是“%(state)s”，不能评分。") % {"state": call.get_state_display()})
    if not Assignment.objects.filter(pk=assignment.pk, ended_at=None).exists():
        raise Refused(_("这项评审已经取消，不能再填写或提交。"))
    return call


def _alias(call: int) -> int:
    """A number that no other copy of the call has: three digits while there is room, then one more."""
    used = set(BlindCopy.objects.filter(call=call).values_list("alias", flat=True))
    first = 100
    while sum(first <= one < first * 10 for one in used) > first * 4:
        first *= 10
    free = [one for one in range(first, first * 10) if one not in used]
    return secrets.choice(free)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def signer_of(actor: Actor) -> str:
    """The name under which the actor signs, until another is written."""
    return str(actor) if isinstance(actor, Account) else ""
