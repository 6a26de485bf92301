"""Counting what pages report. No entry in the audit log for each report: `docs/decisions/0052-progress.md` says why."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.learning import attention
from ketang.classroom.learning.crediting import Done, Entry, Read, Watched, after, credited
from ketang.classroom.learning.facts import facts_of
from ketang.classroom.learning.intervals import measure, union
from ketang.classroom.learning.models import HowFinished, Progress, Sitting, Study
from ketang.classroom.learning.tickets import GOOD_DAYS, Ticket, now_ms
from ketang.people.account.models import Account
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

FINISHED_PER_CENT = 90
"""Of a lesson's length: titles at the end and pauses between chapters need not be watched."""
_one_writer = Lock()


@dataclass(frozen=True, slots=True)
class Reported:
    """What a page is told: the last of its numbers that is known, and what of the lesson counts by now, in milliseconds."""

    last: int
    counted: int


@contextmanager
def _writing() -> Iterator[None]:
    """A transaction. SQLite lets one write at a time and makes others look again after a while: within a process they stand in line instead.

    Not within another transaction: whoever has one must not wait for who waits for it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _one_writer, transaction.atomic():
        yield


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
    lesson = _lesson(ticket)
    with _writing():
        study = _study(ticket.account)
        known, _fresh = Sitting.objects.get_or_create(uuid=sitting, defaults={"account_id": ticket.account})
        if known.account_id != ticket.account:
            raise Refused(_("这些学习记录已经计入另一个账号。"))
        new = after(entries, known.last)
        progress = Progress.objects.filter(
            account=ticket.account, course=lesson.edition.course_id, thread=lesson.thread
        )
        held = progress.first()
        if not new:
            return Reported(known.last, held.counted_ms if held else 0)
        known.last = new[-1].number
        known.save(update_fields=["last"])
        made = _count(study, lesson, held, new, begun=ticket.begun, now=moment)
    return Reported(known.last, made.counted_ms)


def _lesson(ticket: Ticket) -> Lesson:
    """The ticket's lesson with what counting asks of it; Refused when it is gone."""
    wanted = ("thread", "counts_ms", "stretches", "edition", "edition__course_id")
    found = Lesson.objects.select_related("edition").only(*wanted).filter(pk=ticket.lesson).first()
    if found is None:
        raise Refused(_("这一课已经不在了。"))
    return found


def _study(account: int) -> Study:
    """The account's row, locked; made at the first report. Refused for an account that is closed."""
    found = Study.objects.select_for_update(of=("self",)).select_related("account").filter(pk=account)
    held = found.first()
    if held is None and Account.objects.filter(pk=account).exists():
        Study.objects.get_or_create(account_id=account)
        held = found.first()
    if held is None or not held.account.is_active:
        raise Refused(_("这个账号已经注销。"))
    return held


def _count(
    study: Study, lesson: Lesson, held: Progress | None, new: Sequence[Entry], *, begun: int, now: int
) -> Progress:
    """Put what is new into the rows."""
    facts = facts_of(lesson)
    before = Done(union(held.watched), held.read_ms) if held else Done()
    claims = attention.read(study.claims)
    done, left = credited(before, claims, new, length=facts.length, begun=begun, now=now)
    if left != claims:
        study.claims = [list(claim) for claim in left]
        study.save(update_fields=["claims"])
    counted = done.counted(facts.length)
    at = datetime.fromtimestamp(now / 1000, UTC)
    made = held or Progress(account_id=study.pk, course_id=lesson.edition.course_id, thread=lesson.thread, began_at=at)
    made.lesson, made.watched, made.read_ms = lesson, [list(span) for span in done.watched], done.read
    made.counted_ms, made.by_class, made.studied_at = measure(counted), facts.by_class(counted), at
    places = [entry.end for entry in new if isinstance(entry, Watched)]
    if places:
        made.place_ms = min(places[-1], facts.length)
    if made.finished_at is None and facts.length and made.counted_ms * 100 >= facts.length * FINISHED_PER_CENT:
        made.finished_at, made.finished_how = at, HowFinished.COUNTED
    made.save()
    return made


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
    lesson = _lesson(ticket)
    with audited():
        report(ticket=ticket, sitting=sitting, entries=entries, now=moment)
        found = Progress.objects.select_for_update().get(
            account=ticket.account, course=lesson.edition.course_id, thread=lesson.thread
        )
        if found.finished_at is None:
            found.finished_at, found.finished_how = datetime.fromtimestamp(moment / 1000, UTC), HowFinished.SAID
            found.save(update_fields=["finished_at", "finished_how"])
        if by is not None:
            record(actor=by, action="learning.finish", of=found.account, payload={"lesson": str(lesson.thread)})
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
            theirs = Ticket(account.pk, one.ticket.lesson, one.ticket.begun)
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
    lesson = Lesson.objects.select_related("edition").filter(pk=ticket.lesson).first()
    if lesson is None:
        return 0
    found = Progress.objects.filter(account=account, course=lesson.edition.course_id, thread=lesson.thread)
    return found.values_list("counted_ms", flat=True).first() or 0


def forget_sittings() -> int:
    """Sittings whose tickets are no longer good. Gives how many. Effects: the rows are gone."""
    gone, _by_kind = Sitting.objects.filter(begun_at__lt=timezone.now() - timedelta(days=GOOD_DAYS + 1)).delete()
    return gone
