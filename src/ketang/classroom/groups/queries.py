"""Classes and how their learners come along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet, Sum

from ketang.classroom.catalogue.models import Course, CourseState
from ketang.classroom.groups.models import Announcement, Assistance, Enrolment, Group
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.queries import hours
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.organisation.queries import organisations_of


def centres_of(account: Account) -> QuerySet[Organisation]:
    """The centres for which somebody works."""
    return organisations_of(account).filter(kind=OrganisationKind.CENTRE)


def groups_of_many(centres: Sequence[Organisation]) -> dict[int, list[Group]]:
    """Classes of some centres by the centre's key, the latest first, with how many learn in each. One query."""
    learners = Count("enrolments", filter=Q(enrolments__left_at=None), distinct=True)
    found: dict[int, list[Group]] = {}
    for group in Group.objects.filter(centre__in=centres).annotate(learners=learners).order_by("-made_at", "-pk"):
        found.setdefault(group.centre_id, []).append(group)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner of a class, and what they have done of its courses."""

    enrolment: Enrolment
    counted_ms: int = 0
    finished: int = 0
    studied_at: datetime | None = None

    @property
    def account(self) -> Account:
        """Who."""
        return self.enrolment.account

    @property
    def hours(self) -> Decimal:
        """学时 in the class's courses."""
        return hours(self.counted_ms)


def standings(group: Group, enrolments: Sequence[Enrolment]) -> list[Standing]:
    """How learners of a class come along in its courses, and in no other. Two queries, however many."""
    accounts = [one.account_id for one in enrolments]
    courses = list(group.courses.values_list("pk", flat=True))
    done = Progress.objects.filter(account__in=accounts, course__in=courses).values("account").order_by("account")
    told = done.annotate(
        counted=Sum("counted_ms"), finished=Count("pk", filter=Q(finished_at__isnull=False)), last=Max("studied_at")
    )
    found = {row["account"]: (row["counted"], row["finished"], row["last"]) for row in told}
    return [Standing(one, *found.get(one.account_id, (0, 0, None))) for one in enrolments]


def enrolments_of(group: Group) -> QuerySet[Enrolment]:
    """Who is in a class, by name."""
    found = Enrolment.objects.filter(group=group, left_at=None).select_related("account")
    return found.order_by("account__name", "pk")


def groups_for(account: Account) -> QuerySet[Group]:
    """Classes that somebody is in, the latest first."""
    found = Group.objects.filter(enrolments__account=account, enrolments__left_at=None, closed_at=None)
    return found.select_related("centre").order_by("-made_at", "-pk")


def announcements_of(group: Group) -> QuerySet[Announcement]:
    """What a class was told and stands, the latest first."""
    return Announcement.objects.filter(group=group, withdrawn_at=None).order_by("-posted_at", "-pk")


def announcements_for(account: Account, most: int = 5) -> list[Announcement]:
    """What somebody's classes were told, the latest first."""
    groups = groups_for(account).order_by().values("pk")
    found = Announcement.objects.filter(group__in=groups, withdrawn_at=None).select_related("group__centre")
    return list(found.order_by("-posted_at", "-pk")[:most])


def courses_to_choose() -> QuerySet[Course]:
    """Courses that a class may learn, by name."""
    return Course.objects.filter(state=CourseState.PUBLISHED).order_by("title", "pk")


def helpers_of(learner: Account) -> QuerySet[Assistance]:
    """Who may act for somebody now."""
    return Assistance.objects.filter(learner=learner, ended_at=None).select_related("helper").order_by("began_at")


def helped_by(helper: Account) -> QuerySet[Assistance]:
    """For whom somebody may act now."""
    found = Assistance.objects.filter(helper=helper, ended_at=None, learner__is_active=True)
    return found.select_related("learner").order_by("learner__name", "pk")
