"""What happened since a learner agreed, as statements that wait to be sent. Each row is told once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.models import Certificate
from ketang.classroom.exams.models import Marking
from ketang.classroom.exchange.models import Statement
from ketang.classroom.exchange.queries import consents
from ketang.classroom.exchange.statements import CERTIFICATE, EARNED, KINDS, Score, Thing, statement
from ketang.classroom.learning.models import Progress

MOST = 200
"""Of each kind in one go."""


def collect() -> int:
    """Write statements of what is new. Gives how many. Effects: rows."""
    return sum(_told(name, *kind) for name, kind in _KINDS.items())


def _told(name: str, model: type[Model], when: str, account: str, tell: Callable[[Any, str], dict[str, Any]]) -> int:
    made = 0
    for row in _new(name, model, when, account):
        source = f"{name}:{row.pk}"
        body = tell(row, source)
        owner = row.attempt.account_id if isinstance(row, Marking) else row.account_id
        _one, is_new = Statement.objects.get_or_create(
            source=source, defaults={"account_id": owner, "body": body, "uuid": body["id"]}
        )
        made += is_new
    return made


def _new(name: str, model: type[Model], when: str, account: str) -> Sequence[Any]:
    """Rows since their learner's consent that no statement tells of."""
    source = Concat(Value(f"{name}:"), Cast(OuterRef("pk"), CharField()))
    agreed = consents().filter(account=OuterRef(account), given_at__lte=OuterRef(when))
    found: QuerySet[Any] = model._default_manager.filter(
        Exists(agreed), ~Exists(Statement.objects.filter(source=source))
    )
    return list(found.select_related(*_RELATED[name]).order_by(F(when), "pk")[:MOST])


_RELATED = {
    "marking": ("attempt__account", "attempt__paper", "attempt__course"), "certificate": ("account", "course"),
    "progress": ("account", "course", "lesson"),
}  # fmt: skip


def _course(course: Course) -> Thing:
    return Thing(f"{settings.LETTER_ORIGIN}/courses/{course.uuid}", f"{KINDS}course", course.title)


def _marking(row: Marking, source: str) -> dict[str, Any]:
    attempt = row.attempt
    paper = Thing(
        f"{settings.LETTER_ORIGIN}/learn/papers/{attempt.paper.uuid}", f"{KINDS}assessment", attempt.paper.title
    )
    return statement(
        origin=settings.LETTER_ORIGIN, source=source, learner=attempt.account.uuid, verb="passed" if row.passed else "failed",
        of=paper, inside=_course(attempt.course), at=row.at, score=Score(row.total, attempt.paper.total, row.passed),
        used_ms=attempt.used_ms, registration=attempt.uuid,
    )  # fmt: skip


def _certificate(row: Certificate, source: str) -> dict[str, Any]:
    assert row.account is not None  # noqa: S101 - asked for by consent of the account
    thing = Thing(f"{settings.LETTER_ORIGIN}/certificates/?number={row.number}", CERTIFICATE, row.title)
    return statement(
        origin=settings.LETTER_ORIGIN, source=source, learner=row.account.uuid, verb=EARNED, of=thing,
        inside=_course(row.course), at=row.issued_at,
    )  # fmt: skip


def _progress(row: Progress, source: str) -> dict[str, Any]:
    assert row.finished_at is not None  # noqa: S101 - it is later than the consent
    name = row.lesson.title if row.lesson is not None else row.course.title
    lesson = Thing(f"{settings.LETTER_ORIGIN}/courses/{row.course.uuid}#{row.thread}", f"{KINDS}lesson", name)
    return statement(
        origin=settings.LETTER_ORIGIN, source=source, learner=row.account.uuid, verb="completed", of=lesson,
        inside=_course(row.course), at=row.finished_at, used_ms=row.counted_ms,
    )  # fmt: skip


_KINDS: dict[str, tuple[type[Model], str, str, Callable[[Any, str], dict[str, Any]]]] = {
    "marking": (Marking, "at", "attempt__account", _marking),
    "progress": (Progress, "finished_at", "account", _progress),
    "certificate": (Certificate, "issued_at", "account", _certificate),
}
