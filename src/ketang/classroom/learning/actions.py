"""Counting what pages report. No entry in the audit log for each report: `docs/decisions/0052-progress.md` says why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.learning import attention
from ketang.classroom.learning.crediting import Done, Entry, Read, Watched, after, credited
from ketang.classroom.learning.facts import Facts, facts_of
from ketang.classroom.learning.intervals import measure, union
from ketang.classroom.learning.models import HowFinished, Progress, Sitting, Study
from ketang.classroom.learning.tickets import GOOD_DAYS, Ticket, now_ms
from ketang.classroom.learning.writing import written
from ketang.people.account.models import Account
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

FINISHED_PER_CENT = 90
"""Of a lesson's length: titles at the end and pauses between chapters need not be watched."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a page is told: the last of its numbers that is known, and what of the lesson counts by now, in milliseconds."""

    last: int
    counted: int


def report(*, ticket: Ticket, sitting: uuid.UUID, entries: Sequence[Entry], now: int | None = None) -> Reported:
    """Count what a page reports. What it has reported before, by whatever door, counts once.

    Args:
        ticket: of an account.
        sitting: the page's own identity.
        entries: in the order of their numbers.
        now: milliseconds of the server's clock.

    Raises:
        Refused: the account is closed, the lesson is gone, or the sitting is another account's.

    Effects: the rows of the account, the sitting and the lesson's progress.
    """
    moment = now_ms() if now is None else now
    known = known_of(ticket.lesson, ticket.thread)
    return written(lambda: _report(ticket, known, sitting, entries, moment))


@dataclass(frozen=True, slots=True)
class Known:
    """What counting asks of a lesson, which never changes once it is shown: its course's key, its length and stretches."""

    course: int
    facts: Facts


@lru_cache(maxsize=4096)
def known_of(lesson: int, thread: uuid.UUID) -> Known:
    """Of the ticket's lesson; Refused when it is gone."""
    wanted = ("counts_ms", "stretches", "edition", "edition__course_id")
    found = Lesson.objects.select_related("edition").only(*wanted).filter(pk=lesson, thread=thread).first()
    if found is None:
        raise Refused(_("这一课已经不在了。"))
    return Known(found.edition.course_id, facts_of(found))


def _report(ticket: Ticket, known: Known, sitting: uuid.UUID, entries: Sequence[Entry], now: int) -> Reported:
    claims = locked_claims(ticket.account)
    page, _fresh = Sitting.objects.get_or_create(uuid=sitting, defaults={"account_id": ticket.account})
    if page.account_id != ticket.account:
        raise Refused(_("这些学习记录已经计入另一个账号。"))
    new = after(entries, page.last)
    held = Progress.objects.filter(account=ticket.account, course=known.course, thread=ticket.thread).first()
    if not new:
        return Reported(page.last, held.counted_ms if held else 0)
    Sitting.objects.filter(pk=page.pk).update(last=new[-1].number)
    before = Done(union(held.watched), held.read_ms) if held else Done()
    done, left = credited(before, claims, new, length=known.facts.length, begun=ticket.begun, now=now)
    if left != claims:
        Study.objects.filter(pk=ticket.account).update(claims=[list(claim) for claim in left])
    counted = keep_done(ticket, known, held, done, new, now)
    return Reported(new[-1].number, counted)


def locked_claims(account: int) -> attention.Claims:
    """The account's claims, its row locked; made at the first report. Refused for an account that is closed."""
    found = Study.objects.select_for_update().filter(pk=account).values_list("claims", "account__is_active")
    row = found.first()
    if row is None and Account.objects.filter(pk=account).exists():
        Study.objects.get_or_create(account_id=account)
        row = found.first()
    if row is None or not row[1]:
        raise Refused(_("这个账号已经注销。"))
    return attention.read(row[0])


def keep_done(ticket: Ticket, known: Known, held: Progress | None, done: Done, new: Sequence[Entry], now: int) -> int:
    """Write what is done; gives what of it counts."""
    counted = done.counted(known.facts.length)
    at = datetime.fromtimestamp(now / 1000, UTC)
    row: dict[str, Any] = {
        "lesson_id": ticket.lesson, "watched": [list(span) for span in done.watched], "read_ms": done.read,
        "counted_ms": measure(counted), "by_class": known.facts.by_class(counted), "studied_at": at,
    }  # fmt: skip
    places = [entry.end for entry in new if isinstance(entry, Watched)]
    if places:
        row["place_ms"] = min(places[-1], known.facts.length)
    whole = known.facts.length and row["counted_ms"] * 100 >= known.facts.length * FINISHED_PER_CENT
    if whole and (held is None or held.finished_at is None):
        row |= {"finished_at": at, "finished_how": HowFinished.COUNTED}
    if held is not None:
        Progress.objects.filter(pk=held.pk).update(**row)
    else:
        Progress.objects.create(
            account_id=ticket.account, course_id=known.course, thread=ticket.thread, began_at=at, **row
        )
    return int(row["counted_ms"])


def finish(*, ticket: Ticket, by: Account | None = None, now: int | None = None) -> Progress:
    """Somebody says that they have studied a lesson to its end: by its transcript, with a screen reader, without scripts.

    What counts is the time since the page was opened, as far as it was not counted yet, up to the lesson's length. Said twice
    of one page, it counts once.

    Args:
        ticket: of the page, of an account.
        by: who acts for them, if somebody does.

    Raises:
        Refused: as `report`.

    Effects: the rows, as `report`; the lesson is finished; `learning.finish`, when somebody acts for them.
    """
    moment = now_ms() if now is None else now
    sitting = uuid.uuid5(_SAID, f"{ticket.account} {ticket.lesson} {ticket.begun}")
    entries = [Read(1, ticket.begun, max(0, moment - ticket.begun))]
    course = known_of(ticket.lesson, ticket.thread).course
    with audited():
        report(ticket=ticket, sitting=sitting, entries=entries, now=moment)
        found = Progress.objects.select_for_update().get(account=ticket.account, course=course, thread=ticket.thread)
        if found.finished_at is None:
            found.finished_at, found.finished_how = datetime.fromtimestamp(moment / 1000, UTC), HowFinished.SAID
            found.save(update_fields=["finished_at", "finished_how"])
        if by is not None:
            record(actor=by, action="learning.finish", of=found.account, payload={"lesson": str(ticket.thread)})
    return found


_SAID = uuid.UUID("6b1b1a54-5f0c-4f7e-9a3c-0d52c1a4be52")
"""Namespace of sittings of pages that say so themselves."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a browser kept of a page that a visitor had open."""

    ticket: Ticket
    sitting: uuid.UUID
    entries: Sequence[Entry]


def take_over(*, account: Account, kept: Sequence[Kept], now: int | None = None) -> int:
    """Count for an account what a browser kept before sign-in. What was counted for another account stays there.

    Gives so many milliseconds as count more now.

    Effects: as `report`; `learning.take_over` with the number of pages.
    """
    moment = now_ms() if now is None else now
    more = taken = 0
    with audited():
        for one in kept:
            theirs = replace(one.ticket, account=account.pk)
            before = _counted(account, one.ticket)
            try:
                with transaction.atomic():
                    more += report(ticket=theirs, sitting=one.sitting, entries=one.entries, now=moment).counted - before
            except Refused:
                continue
            taken += 1
        if taken:
            record(actor=account, action="learning.take_over", of=account, payload={"pages": taken})
    return more


def _counted(account: Account, ticket: Ticket) -> int:
    course = Lesson.objects.filter(pk=ticket.lesson).values_list("edition__course", flat=True).first()
    found = Progress.objects.filter(account=account, course=course, thread=ticket.thread)
    return found.values_list("counted_ms", flat=True).first() or 0


def forget_sittings() -> int:
    """Sittings whose tickets are no longer good. Gives how many. Effects: the rows are gone."""
    gone, _by_kind = Sitting.objects.filter(begun_at__lt=timezone.now() - timedelta(days=GOOD_DAYS + 1)).delete()
    return gone
