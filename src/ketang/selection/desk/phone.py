"""Telephone notes: written once, found again, and followed up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.desk.models import PhoneNote, PhonePassage
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import Arrival


def write_note(
    *,
    actor: Actor,
    key: UUID,
    caller: str,
    words: str,
    phone: str = "",
    supplier: str = "",
    submission: Submission | None = None,
    arrival: Arrival | None = None,
    follow_on: date | None = None,
) -> PhoneNote:
    """Note a call. The same key again gives what was noted before.

    Raises:
        Refused: without a caller or words; a day of follow-up that is over.

    Effects: the row, found by the search; `desk.note_call`, without what was said, which is personal.
    """
    require(may_work_desk(actor))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    if not caller.strip():
        raise Refused(_("请写明来电人。"), field="caller")
    if not words.strip():
        raise Refused(_("请写下说了什么。"), field="words")
    if follow_on is not None and follow_on < timezone.localdate():
        raise Refused(_("跟进日期不能早于今天。"), field="follow_on")
    with audited():
        try:
            with transaction.atomic():
                made = PhoneNote.objects.create(
                    key=key, caller=caller.strip()[:100], phone=phone.strip()[:40], supplier=supplier.strip()[:200],
                    submission=submission, arrival=arrival, words=words.strip()[:2000], follow_on=follow_on, noted_by=actor,
                )  # fmt: skip
        except IntegrityError:
            return PhoneNote.objects.get(key=key)
        PhonePassage.objects.create(note=made, text=PhonePassage.text_of(made))
        record(actor=actor, action="desk.note_call", of=made)
    return made


def follow_up(*, actor: Actor, note: PhoneNote) -> None:
    """Say that the follow-up was done; once is enough. Effects: the row; `desk.follow_up`."""
    require(may_work_desk(actor))
    with audited():
        if PhoneNote.objects.filter(pk=note.pk, followed_at=None).update(followed_at=timezone.now()):
            record(actor=actor, action="desk.follow_up", of=note)
    note.refresh_from_db()
