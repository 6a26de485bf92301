"""Marks go back to platforms: the best of a course, of learners who agreed, the latest of them once.

A mark is written down with its time before it is sent, and is not changed by being sent: killed between the platform's answer and
the note, the same mark goes out again under the same time, which changes nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import Marking
from ketang.classroom.exams.queries import attempts_of, marking_of
from ketang.classroom.lti.models import Grade, Platform
from ketang.classroom.lti.queries import consents
from ketang.people.account.models import Account

MOST, PIECE = 200, 25
"""Marks that are looked at in one go; that are sent before the queue hears of it."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
"""How long a platform that was away is left alone: twice as long each time."""
Send = Callable[[str, Mapping[str, Any]], None]


def best(account: Account, course: Course) -> Decimal | None:
    """The best counted result of a course, of 100 with two places; None before the first. Corrected keys count."""
    marks = [(one.paper.total, marking_of(one)) for one in attempts_of(account, course) if one.is_over]
    shares = [marking.total / total for total, marking in marks if marking is not None]
    return (max(shares) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) if shares else None


def collect(platform: Platform) -> int:
    """Write down what is new for a platform. Gives how many marks were looked at. Effects: rows."""
    newest = (
        Marking.objects.filter(attempt__account=OuterRef("guest__account"), attempt__course=OuterRef("link__course"))
        .order_by("-pk").values("pk")[:1]
    )  # fmt: skip
    found = Grade.objects.filter(_told_to(platform)).annotate(newest=Subquery(newest)).filter(newest__gt=F("seen"))
    rows = list(found.order_by("pk").values_list("pk", "newest")[:MOST])
    for pk, marking in rows:
        _look(pk, marking)
    return len(rows)


def _look(pk: int, marking: int) -> None:
    with transaction.atomic():
        grade = (
            Grade.objects.select_for_update(of=("self",)).select_related("guest__account", "link__course").get(pk=pk)
        )
        points = best(grade.guest.account, grade.link.course)
        grade.seen = marking
        if points is not None and not (points == grade.points and (grade.waits or _stands(grade))):
            grade.points, grade.at, grade.waits, grade.refused = points, _later_than(grade.at), True, ""
        grade.save()


def _stands(grade: Grade) -> bool:
    """Whether the platform has what is written down, or has refused it."""
    return bool(grade.refused) or (grade.sent_at is not None and grade.at is not None and grade.sent_at >= grade.at)


def _later_than(before: datetime | None) -> datetime:
    now = timezone.now()
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # platforms keep thousandths
    return now if before is None else max(now, before + timedelta(milliseconds=1))


def _told_to(platform: Platform) -> Q:
    agreed = consents(platform).values("account")
    return Q(link__platform=platform, guest__account__in=agreed, guest__account__is_active=True) & ~Q(link__lineitem="")


def due() -> list[Platform]:
    """Platforms to which marks may go now."""
    return list(Platform.objects.filter(Q(again_at=None) | Q(again_at__lte=timezone.now()), is_on=True).order_by("pk"))


def work_on(platform: Platform, tell: Callable[..., None] = lambda **_progress: None) -> int:
    """Collect and send what is new for one platform. Gives how many marks are done with; a platform that is away is left for a while.

    Effects: rows. `tell` hears of each piece (`done=`).
    """
    from ketang.classroom.lti import sending

    while collect(platform) == MOST:
        tell(done=0)
    done = 0
    send: Send | None = None
    try:
        while waiting := _waiting(platform):
            send = send or sending.sender(platform)
            for grade in waiting:
                _send(send, grade)
            done += len(waiting)
            tell(done=done)
    except sending.Away as wrong:
        _leave(platform, str(wrong))
        return done
    if platform.tries:
        Platform.objects.filter(pk=platform.pk).update(tries=0, again_at=None, trouble="")
    return done


def _waiting(platform: Platform) -> list[Grade]:
    found = Grade.objects.filter(_told_to(platform), waits=True).select_related("guest", "link")
    return list(found.order_by("at", "pk")[:PIECE])


def _send(send: Send, grade: Grade) -> None:
    from ketang.classroom.lti.sending import Refusal

    assert grade.points is not None and grade.at is not None  # noqa: S101, PT018 - it waits
    at = grade.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    same = Grade.objects.filter(pk=grade.pk, at=grade.at, waits=True)  # one that was written anew meanwhile waits on
    try:
        send(grade.link.lineitem, {"user": grade.guest.sub, "points": float(grade.points), "at": at})
    except Refusal as refused:
        same.update(waits=False, refused=str(refused))
    else:
        same.update(waits=False, sent_at=timezone.now(), refused="")


def _leave(platform: Platform, words: str) -> None:
    wait = min(FIRST_WAIT * 2**platform.tries, LONGEST_WAIT) if platform.tries < 12 else LONGEST_WAIT
    Platform.objects.filter(pk=platform.pk).update(
        tries=F("tries") + 1, again_at=timezone.now() + wait, trouble=words[:500]
    )
