"""Certificates of the suite's instance: one that stands and one that was revoked, of the learner; one of somebody in the class."""

from __future__ import annotations

from datetime import timedelta
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
