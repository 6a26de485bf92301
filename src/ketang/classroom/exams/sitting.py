"""Sitting a paper: begin, keep answers, pause, hand in. An answer is acknowledged once it is stored, and counts once however often it is sent."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.exams import timing
from ketang.classroom.exams.answers import Line, latest, stands
from ketang.classroom.exams.marks import mark_anew
from ketang.classroom.exams.models import Attempt, Cause, Entry, How, Paper, Pause, Place, Question
from ketang.classroom.exams.permissions import may_sit
from ketang.classroom.learning.writing import written
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused

OVER = _("这次考试已经交卷，答案不能再改。")
PAUSED = _("考试暂停着，请先按“继续考试”。")


def begin(
    *, account: Account, paper: Paper, one_at_a_time: bool, extra_per_cent: int = 0, by: Account | None = None
) -> Attempt:
    """Begin a paper, or go on with it where it was begun and not handed in.

    Args:
        account: who sits it.
        paper: an open one of what a course shows now.
        one_at_a_time: one question a page, or all at once.
        extra_per_cent: by how much a time limit is longer, by the learner's own setting.
        by: who acts for them, if somebody does.

    Raises:
        Refused: another paper of the course was begun and not handed in.

    Effects: the attempt; `exams.begin`.
    """
    require(may_sit(account, paper))
    course = paper.edition.course
    with audited():
        standing = _active(account, course.pk)
        if standing is None:
            try:
                with transaction.atomic():
                    standing = Attempt.objects.create(
                        account=account, course=course, paper=paper, seed=secrets.token_hex(16), one_at_a_time=one_at_a_time,
                        limit_ms=timing.limit_with(paper.limit_seconds, extra_per_cent), extra_per_cent=extra_per_cent,
                    )  # fmt: skip
            except IntegrityError:  # another page was quicker
                standing = _active(account, course.pk)
                assert standing is not None  # noqa: S101 - the database has just said so
            else:
                payload = {"paper": str(paper.uuid), "extra_per_cent": extra_per_cent}
                record(actor=by or account, action="exams.begin", of=standing, payload=payload)
        if standing.paper_id != paper.pk:
            words = _("您还有一套“%(title)s”没有交卷，先做完那一套。") % {"title": standing.paper.title}
            raise Refused(words)
    return standing


def _active(account: Account, course: int) -> Attempt | None:
    return Attempt.objects.select_related("paper").filter(account=account, course=course, submitted_at=None).first()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a page is told.

    Attributes:
        n: the newest of its own lines that is stored.
        last: number of the newest line of the log.
        left: milliseconds to the end; None without a limit.
        news: lines of the log after what the page knew that are not its own, or did not stand: place's order, letters, flag.
        is_over, is_paused: how the attempt stands.
    """

    n: int
    last: int
    left: int | None
    is_over: bool
    is_paused: bool
    news: Sequence[tuple[int, Sequence[str], bool]] = field(default_factory=tuple)


def keep(
    *,
    attempt: uuid.UUID,
    account: Account,
    device: uuid.UUID,
    lines: Sequence[Line],
    seen: int,
    by: Account | None = None,
    now: datetime | None = None,
) -> Kept:
    """Store what a page says. What it has said before is not stored again; none of its lines is passed over.

    Args:
        attempt: its identity.
        account: whose it is.
        device: the page's identity.
        lines: in the order of their numbers; those that it has not been told are stored. None of them: the page says that it is there.
        seen: number of the newest line of the log that the page knows.
        by: who acts for the learner.
        now: the server's moment.

    Raises:
        Refused: there is no such attempt; a question or letter that its paper does not have.

    Effects: entries; when it was heard; an attempt whose time is over is handed in (`exams.submit`).
    """
    moment = timezone.now() if now is None else now
    return written(lambda: _keep(attempt, account, device, lines, seen, by, moment))


def _keep(
    attempt: uuid.UUID,
    account: Account,
    device: uuid.UUID,
    lines: Sequence[Line],
    seen: int,
    by: Account | None,
    now: datetime,
) -> Kept:
    held = locked(attempt, account)
    clock = clock_of(held, now) if held.is_over else _listen(held, now)
    mine = held.entries.filter(device=device).aggregate(n=Max("n"))["n"] or 0
    new = [line for line in lines if line.n > mine]
    stored, before, all_stand = mine, held.last, True
    if new and not held.is_over and held.paused_at is None:
        stored, all_stand = new[-1].n, _store(held, device, new, by, now)
    changed = ["heard_at"] * (held.heard_at == now) + ["last"] * (held.last != before)
    if changed:
        held.save(update_fields=changed)
    # Most pages know all there is, and all they say stands: there is nothing to be asked for them.
    news = [] if before <= seen and all_stand else _news(held, device, seen)
    return Kept(stored, held.last, clock.left, held.is_over, held.paused_at is not None, news)


def _store(attempt: Attempt, device: uuid.UUID, lines: Sequence[Line], by: Account | None, now: datetime) -> bool:
    """Put lines into the log of a locked attempt, whose `last` is still to be saved. Whether all of them stand."""
    wanted = {line.order for line in lines}
    rows = Place.objects.filter(paper=attempt.paper_id, order__in=wanted).order_by()
    places = {
        order: (key, Question(kind=kind, options=options))
        for key, order, kind, options in rows.values_list("pk", "order", "question__kind", "question__options")
    }
    known: dict[int, Entry] = {}
    if any(line.base < attempt.last for line in lines):
        known = latest(attempt.entries.filter(place__order__in=wanted).order_by("number"))
    made = []
    for line in lines:
        place, question = places.get(line.order, (0, None))
        if question is None or not set(line.chosen) <= set(question.letters):
            raise Refused(_("答案里有这套试卷没有的题或选项。"))
        attempt.last += 1
        entry = Entry(
            attempt=attempt, number=attempt.last, place_id=place, device=device, n=line.n, chosen=list(line.chosen),
            flagged=line.flagged, stands=stands(line, device, known.get(place)), by=by, at=now,
        )  # fmt: skip
        if entry.stands:
            known[place] = entry
        made.append(entry)
    Entry.objects.bulk_create(made)
    return all(entry.stands for entry in made)


def _news(attempt: Attempt, device: uuid.UUID, seen: int) -> list[tuple[int, Sequence[str], bool]]:
    """What counts now of the questions that changed by other pages, or where the page's own line did not stand."""
    if attempt.last <= seen:
        return []
    after = list(attempt.entries.filter(number__gt=seen).values_list("place", "device", "stands"))
    moved = {place for place, of, stood in after if of != device or not stood}
    if not moved:
        return []
    now = latest(attempt.entries.filter(place__in=moved).select_related("place").order_by("number"))
    return [(entry.place.order, entry.chosen, entry.flagged) for entry in now.values()]


def keep_form(
    *, attempt: Attempt, chosen: Mapping[int, tuple[Sequence[str], bool]], seen: int, by: Account | None = None
) -> Kept:
    """Store a form that was sent without a script: questions that stand otherwise than the page showed them.

    Args:
        attempt: of the learner.
        chosen: letters and flag by the question's order.
        seen: number of the newest line of the log that the page showed.
        by: who acts for the learner.

    Raises:
        Refused: as `keep`; handed in or paused meanwhile.

    Effects: as `keep`.
    """

    def work() -> Kept:
        held = locked(attempt.uuid, attempt.account)
        log = list(held.entries.select_related("place").order_by("number"))
        showed = {entry.place.order: entry for entry in latest(log, seen).values()}
        counts = {entry.place.order: entry for entry in latest(log).values()}
        lines: list[Line] = []
        for order, (letters, flagged) in sorted(chosen.items()):
            told = (sorted(set(letters)), flagged)
            if told in (_told(showed.get(order)), _told(counts.get(order))):
                continue
            lines.append(Line(len(lines) + 1, order, held.last, tuple(told[0]), flagged))
        kept = _keep(held.uuid, attempt.account, uuid.uuid4(), lines, held.last, by, timezone.now())
        if lines and (kept.is_over or kept.is_paused):
            raise Refused(OVER if kept.is_over else PAUSED)
        return kept

    return written(work)


def _told(entry: Entry | None) -> tuple[list[str], bool]:
    return ([], False) if entry is None else (list(entry.chosen), entry.flagged)


def locked(attempt: uuid.UUID, account: Account) -> Attempt:
    """The attempt, its row locked. Refused: somebody else's, or none."""
    found = Attempt.objects.select_for_update().filter(uuid=attempt, account=account).order_by().first()
    if found is None:
        raise Refused(_("没有这次考试。"))
    return found


def clock_of(attempt: Attempt, now: datetime | None = None) -> timing.Clock:
    """Its clock at a moment."""
    if attempt.used_ms is not None:
        return timing.Clock(attempt.used_ms, None if attempt.limit_ms is None else attempt.limit_ms - attempt.used_ms)
    pauses = [timing.Pause(_ms(one.start_at), _ms(one.end_at), one.is_cut) for one in attempt.pauses.all()]
    return timing.read(
        begun=_ms(attempt.begun_at), heard=_ms(attempt.heard_at), now=_ms(now or timezone.now()),
        limit=attempt.limit_ms, pauses=pauses, paused=_ms(attempt.paused_at) if attempt.paused_at else None,
    )  # fmt: skip


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def hear(attempt: Attempt, now: datetime) -> timing.Clock:
    """A page of a locked attempt speaks: a silence before becomes a pause; time that is over hands it in.

    Effects: the pause; `heard_at`; as `_end`.
    """
    clock = _listen(attempt, now)
    if attempt.heard_at == now:
        attempt.save(update_fields=["heard_at"])
    return clock


def _listen(attempt: Attempt, now: datetime) -> timing.Clock:
    """As `hear`; `heard_at` is still to be saved."""
    clock = clock_of(attempt, now)
    if attempt.paused_at is not None:
        return clock
    if clock.cut is not None:
        Pause.objects.create(
            attempt=attempt, start_at=attempt.heard_at, is_cut=True,
            end_at=attempt.heard_at + timedelta(milliseconds=clock.cut.end - clock.cut.start),
        )  # fmt: skip
    if attempt.limit_ms is not None:
        attempt.heard_at = now
    if clock.is_over:
        _end(attempt, How.TIME, now, SYSTEM)
        return clock_of(attempt, now)
    return clock


def pause(*, attempt: uuid.UUID, account: Account, paused: bool, by: Account | None = None) -> Attempt:
    """Pause it, or go on. Effects: `paused_at`, or the pause; `exams.pause` or `exams.resume`. Nothing where it stands so already."""
    now = timezone.now()
    with audited():
        held = locked(attempt, account)
        if not held.is_over:
            hear(held, now)
        if held.is_over or (held.paused_at is not None) == paused:
            return held
        if held.paused_at is not None:
            Pause.objects.create(attempt=held, start_at=held.paused_at, end_at=now)
        held.paused_at, held.heard_at = (now if paused else None), now
        held.save(update_fields=["paused_at", "heard_at"])
        record(actor=by or account, action="exams.pause" if paused else "exams.resume", of=held)
    return held


def submit(*, attempt: uuid.UUID, account: Account, by: Account | None = None) -> Attempt:
    """Hand it in; it is marked at once. Said twice, it counts once. Effects: the attempt, its marks; `exams.submit`."""
    now = timezone.now()
    with audited():
        held = locked(attempt, account)
        if not held.is_over:
            hear(held, now)
        if not held.is_over:
            _end(held, How.SAID, now, by or account)
    return held


def _end(attempt: Attempt, how: How, now: datetime, actor: Any) -> None:
    with audited():
        clock = clock_of(attempt, now)
        attempt.used_ms = min(clock.used, attempt.limit_ms) if attempt.limit_ms is not None else clock.used
        if attempt.paused_at is not None:
            Pause.objects.create(attempt=attempt, start_at=attempt.paused_at, end_at=now)
        attempt.paused_at, attempt.submitted_at, attempt.submitted_how = None, now, how
        attempt.save(update_fields=["used_ms", "paused_at", "submitted_at", "submitted_how"])
        marking = mark_anew(attempt, Cause.SUBMITTED)
        payload = {"how": how.value, "answered": len(latest(attempt.entries.all())), "total": str(marking.total)}
        record(actor=actor, action="exams.submit", of=attempt, payload=payload)


def close_overdue(now: datetime | None = None) -> int:
    """Hand in what nobody came back to though its time is over. Gives how many. Effects: as `submit`, each by itself.

    Whose time may be over is read without a lock: a full hall's answers do not wait while a thousand clocks are looked at.
    """
    moment, ended = timezone.now() if now is None else now, 0
    waiting = Attempt.objects.filter(submitted_at=None, paused_at=None, limit_ms__isnull=False)
    begun = waiting.values_list("pk", "begun_at", "limit_ms")
    gone = [
        pk for pk, at, limit in begun.iterator() if limit is not None and _ms(moment) - _ms(at) > limit + timing.GRACE
    ]
    for first in range(0, len(gone), 500):
        for seen in waiting.filter(pk__in=gone[first : first + 500]).prefetch_related("pauses"):
            if clock_of(seen, moment).is_over:
                ended += _closed(seen.pk, moment)
    return ended


def _closed(pk: int, moment: datetime) -> bool:
    with audited():
        held = Attempt.objects.select_for_update(of=("self",)).select_related("paper").get(pk=pk)
        if held.is_over or held.paused_at is not None or not clock_of(held, moment).is_over:
            return False
        hear(held, moment)
    return held.is_over
