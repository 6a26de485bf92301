"""Certificates of the suite's instance: one that stands and one that was revoked, of the learner; one of somebody in the class."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any


def certificate(people: Any) -> str:
    """One that stands."""
    return str(_certificates(people)[0].uuid)


def certificate_revoked(people: Any) -> str:
    """One that was revoked."""
    return str(_certificates(people)[1].uuid)


def _certificates(people: Any) -> list[Any]:
    from django.utils import timezone

    from interface.places import _course, _group
    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.certificates.models import Certificate, Terms

    if not Certificate.objects.exists():
        course, learner = _course(people), people["learner"]
        Terms.objects.create(
            course=course, every_lesson=False, exam=False, hours=Decimal("0.5"), set_by=people["clerk"]
        )
        kinds = Course.objects.get(title="面点制作入门")
        other = _group(people).enrolments.get(account__name="示例学员甲").account
        said = {
            "issuer": "示例市残疾人联合会",
            "hours": Decimal("1.5"),
            "by_class": {"ethics": "0.5", "practice": "1.0"},
        }
        rows = (
            (kinds, learner, "ZS2026000001", "abcd-efgh"), (course, learner, "ZS2026000002", "bcde-fghj"),
            (course, other, "ZS2026000003", "cdef-ghjk"),
        )  # fmt: skip
        for of, account, number, code in rows:
            Certificate.objects.create(
                number=number, code=code, course=of, account=account, holder=account.name, title=of.title,
                supplier=of.supplier, issued_by=people["centre"], **said,
            )  # fmt: skip
        Certificate.objects.filter(number="ZS2026000002").update(
            revoked_at=timezone.now() + timedelta(seconds=1), revoked_by=people["clerk"], revoked_because="由别人代学"
        )
    return list(Certificate.objects.order_by("number"))


def certificate_doubtful(people: Any) -> str:
    """One of somebody whose exam a corrected key took the pass from; they sign in as `examinee`, and have not seen it yet."""
    from interface.places import _course, _papers
    from ketang.classroom.certificates.models import Certificate
    from ketang.classroom.exams.models import Appeal, Attempt, Marking
    from ketang.people.account.actions import open_by_command

    _certificates(people)
    course, paper = _course(people), _papers(people).get(number=1)
    examinee = people["examinee"] = open_by_command(login="examinee-1", name="示例考生").account
    at = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
    attempt = Attempt.objects.create(
        account=examinee, course=course, paper=paper, seed="zwei", begun_at=at, submitted_at=at, submitted_how="said", used_ms=60_000
    )  # fmt: skip
    places = [place.pk for place in paper.places.order_by("order")]
    keys = {str(question): 1 for question in paper.places.values_list("question", flat=True)}
    for number, cause, points in ((1, "said", (40, 0, 20)), (2, "key", (0, 0, 20))):
        worth = {str(place): f"{one}.00" for place, one in zip(places, points, strict=True)}
        Marking.objects.create(
            attempt=attempt, number=number, cause=cause, total=sum(points), passed=sum(points) >= 60, points=worth, keys=keys,
            at=at + timedelta(days=number),
        )  # fmt: skip
    Appeal.objects.create(
        attempt=attempt, place_id=places[1], words="图看不清。", asked_at=at, due_on="2026-03-27", ruling="rejected",
        answer="图是清楚的，可以放大看。", answered_at=at + timedelta(days=3),
    )  # fmt: skip
    made = Certificate.objects.create(
        number="ZS2026000004", code="defg-hjkm", course=course, account=examinee, holder=examinee.name, title=course.title,
        supplier=course.supplier, hours="0.5", by_class={"practice": "0.5"}, has_passed=True, issued_by=examinee,
    )  # fmt: skip
    return str(made.uuid)
