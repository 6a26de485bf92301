"""Counting what was studied with a package, by the same function as what is studied on line. `docs/decisions/0059-offline.md` says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Edition, Lesson
from ketang.classroom.learning import attention
from ketang.classroom.learning.actions import Known, keep_done, locked_claims
from ketang.classroom.learning.crediting import FASTEST, SLOWEST, Done, Entry, Read, Watched, credited
from ketang.classroom.learning.facts import facts_of
from ketang.classroom.learning.intervals import measure, union, within
from ketang.classroom.learning.models import HowFinished, Progress, Study
from ketang.classroom.learning.tickets import Ticket as PageTicket
from ketang.classroom.learning.tickets import now_ms
from ketang.classroom.offline.models import BroughtBack
from ketang.classroom.offline.records import Record, Studied
from ketang.classroom.offline.tickets import GOOD_DAYS, GOOD_MS, NotATicket, Ticket, TooOld, read_ticket
from ketang.people.account.models import Account
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a lesson: milliseconds that count anew, that were counted before, and that did not fit into the time."""

    title: str
    new: int
    known: int = 0
    beyond: int = 0


def bring_back(*, account: Account, brought: Record, by: Account | None = None, now: int | None = None) -> BroughtBack:
    """Count a record for an account: what is new, and no more than the time since the package was given out.

    Args:
        account: whose learning it is.
        brought: as it was read from the file.
        by: who acts for them, if somebody does.
        now: milliseconds of the server's clock.

    Raises:
        Refused: the ticket is none of ours, another's or too old; the record was counted for another account; the account is closed.

    Effects: rows of progress and of the record; `learning.bring_back`.
    """
    moment = now_ms() if now is None else now
    ticket = _ticket(brought, account, moment)
    edition = Edition.objects.filter(pk=ticket.edition).first()
    if edition is None:
        raise Refused(_("这门课已经不在了，学习记录不能再计入。"))
    with audited():
        claims = locked_claims(account.pk)
        row = _row(brought, account, edition, ticket)
        ledger = _ledger(account, ticket, claims, moment)
        before = _work(ledger)
        told: list[Told] = []
        for studied in brought.lessons:
            one, ledger = _lesson(account, edition, row, ticket, studied, ledger, moment)
            told.append(one)
        work = _work(ledger) - before
        row.work_ms += work
        row.counted_ms += sum(one.new for one in told)
        row.told = [[one.title, one.new, one.known, one.beyond] for one in told]
        row.brought_at = timezone.now()
        row.save()
        _bind(account, claims, ledger, ticket.begun, work, moment)
        record(
            actor=by or account, action="learning.bring_back", of=account,
            payload={"course": str(edition.course_id), "seconds": sum(one.new for one in told) // 1000},
        )  # fmt: skip
    return row


def _ticket(brought: Record, account: Account, now: int) -> Ticket:
    try:
        ticket = read_ticket(brought.ticket, now=now)
    except TooOld:
        raise Refused(_("这个离线课程包是一年多以前下载的，学习记录不能再计入。请重新下载。")) from None
    except NotATicket:
        raise Refused(_("这份学习记录不是本站的离线课程保存的，或者被改动过，没有计入。")) from None
    if ticket.begun > now:
        raise Refused(_("这份学习记录的下载时间比现在还晚，没有计入。"))
    if ticket.account not in (0, account.pk):
        raise Refused(_("这个离线课程包是用另一个账号下载的。请用那个账号登录，再带回学习记录。"))
    return ticket


def _row(brought: Record, account: Account, edition: Edition, ticket: Ticket) -> BroughtBack:
    """That of the record; begun when it comes for the first time."""
    own = {"account": account, "course_id": edition.course_id, "begun_ms": ticket.begun}
    row, _fresh = BroughtBack.objects.get_or_create(record=brought.record, defaults=own)
    if row.account_id != account.pk:
        raise Refused(_("这份学习记录已经计入另一个账号。"))
    if (row.course_id, row.begun_ms) != (edition.course_id, ticket.begun):
        raise Refused(_("这份学习记录被改动过，没有计入。"))
    return row


def _ledger(account: Account, ticket: Ticket, claims: attention.Claims, now: int) -> attention.Claims:
    """All work that lies since packages were given out, as claims: what was brought back before, and what was done on line.

    What was done on line in the last half day is known by the moment; before that, what counts of the lessons that were studied
    since is the most that it can have been.
    """
    rows = list(BroughtBack.objects.filter(account=account, begun_ms__gte=now - GOOD_MS, work_ms__gt=0))
    found: dict[int, int] = {}
    for row in rows:
        found[row.begun_ms] = found.get(row.begun_ms, 0) + row.work_ms
    releases = sorted({*found, ticket.begun}, reverse=True)
    later = 0
    for release in releases:
        online = max(later, _online(account, release, rows, claims, now))
        found[release] = found.get(release, 0) + online - later
        later = online
    return tuple(sorted((release, work) for release, work in found.items() if work))


def _online(account: Account, since: int, rows: Sequence[BroughtBack], claims: attention.Claims, now: int) -> int:
    """The most that was done on line since then."""
    if since >= now - attention.OFFLINE_MS:
        return attention.least_since(_without_brought(claims, rows), since)
    at = datetime.fromtimestamp(since / 1000, UTC)
    studied = Progress.objects.filter(account=account, studied_at__gte=at).aggregate(all=Sum("counted_ms"))["all"] or 0
    return max(0, studied - sum(row.counted_ms for row in rows if row.brought_at >= at))


def _without_brought(claims: attention.Claims, rows: Sequence[BroughtBack]) -> attention.Claims:
    """Claims of the last half day without those that bringing back has put among them (`_bind`), the latest first."""
    left = {row.pk: row.work_ms for row in rows}
    found = []
    for release, amount in reversed(claims):
        for row in rows:
            taken = min(amount, left[row.pk]) if row.begun_ms >= release else 0
            amount -= taken
            left[row.pk] -= taken
        if amount:
            found.append((release, amount))
    return tuple(reversed(found))


def _lesson(
    account: Account, edition: Edition, row: BroughtBack, ticket: Ticket, studied: Studied, ledger: attention.Claims, now: int
) -> tuple[Told, attention.Claims]:  # fmt: skip
    """Count one lesson."""
    lesson = Lesson.objects.filter(edition=edition, thread=studied.thread).first()
    if lesson is None:
        return Told("", 0), ledger
    facts = facts_of(lesson)
    held = Progress.objects.filter(account=account, course=edition.course_id, thread=lesson.thread).first()
    before = Done(union(held.watched), held.read_ms) if held else Done()
    entries, read = _entries(row, ticket, studied)
    done, ledger = credited(
        before, ledger, entries, length=facts.length, begun=ticket.begun, now=now, reach=GOOD_MS
    )  # fmt: skip
    whole = union(before.watched, within(union(pair[:2] for pair in studied.watched), 0, facts.length))
    wanted = Done(whole, before.read + read).counted(facts.length)
    was, counted = measure(before.counted(facts.length)), measure(done.counted(facts.length))
    row.read[str(lesson.thread)] = max(studied.read, row.read.get(str(lesson.thread), 0))
    if done != before or (studied.done and held is None):
        place = PageTicket(account.pk, lesson.pk, lesson.thread, ticket.begun)
        keep_done(place, Known(edition.course_id, facts), held, done, entries, now)
    if studied.done:
        unfinished = Progress.objects.filter(
            account=account, course=edition.course_id, thread=lesson.thread, finished_at=None
        )
        unfinished.update(finished_at=timezone.now(), finished_how=HowFinished.SAID)
    new, beyond = counted - was, max(0, measure(wanted) - counted)
    all_of_it = measure(within(union(pair[:2] for pair in studied.watched), 0, facts.length)) + studied.read
    return Told(lesson.title, new, max(0, all_of_it - new - beyond), beyond), ledger


def _entries(row: BroughtBack, ticket: Ticket, studied: Studied) -> tuple[list[Entry], int]:
    """What the record tells as entries, and the time with the text that it did not tell before."""
    found: list[Entry] = [
        Watched(number, ticket.begun, start, end, min(max(rate, SLOWEST), FASTEST))
        for number, (start, end, rate) in enumerate(studied.watched, start=1) if start < end
    ]  # fmt: skip
    read = max(0, studied.read - row.read.get(str(studied.thread), 0))
    if read:
        found.append(Read(len(studied.watched) + 1, ticket.begun, read))
    return found, read


def _bind(
    account: Account, claims: attention.Claims, ledger: attention.Claims, begun: int, work: int, now: int
) -> None:  # fmt: skip
    """What was done off line takes its share of the last half day from what pages may still report: the part that cannot have been earlier."""
    horizon = max(begun, now - attention.OFFLINE_MS)
    since = sum(amount for release, amount in ledger if release >= begun)
    bound = attention.least_since(claims, horizon)
    share = min(work, since - bound - (horizon - begun))
    if share > 0:
        kept = attention.accept(claims, since=horizon, work=share, now=now)
        Study.objects.filter(pk=account.pk).update(claims=[list(claim) for claim in kept])


def _work(ledger: attention.Claims) -> int:
    return sum(work for _release, work in ledger)


def forget_brought() -> int:
    """Records of packages that are too old to bring anything more. Gives how many. Effects: the rows are gone."""
    old = now_ms() - int(timedelta(days=GOOD_DAYS + 1).total_seconds() * 1000)
    gone, _by_kind = BroughtBack.objects.filter(begun_ms__lt=old).delete()
    return gone
