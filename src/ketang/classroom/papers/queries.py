"""Printings of a class, and what was entered of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ketang.classroom.exams.models import Attempt, Marking, Paper, QuestionKind
from ketang.classroom.exams.queries import marking_of, open_papers
from ketang.classroom.groups.models import Group
from ketang.classroom.groups.queries import enrolments_of
from ketang.classroom.papers.models import Keyed, Printing, Sheet
from ketang.classroom.papers.reading import Box
from ketang.people.account.models import Account


def papers_for(group: Group) -> list[Paper]:
    """Papers that a class may sit: open ones of its courses, by course and number."""
    courses = group.courses.select_related("current").order_by("title", "pk")
    return [paper for course in courses for paper in open_papers(course)]


def printings_of(group: Group) -> QuerySet[Printing]:
    """Printings of a class, the latest first, with how many sheets they have, were entered and wait for a check."""
    return _counted(Printing.objects.filter(group=group))


def waiting_printings() -> QuerySet[Printing]:
    """Printings of every class with entries that nobody has checked yet, for the office."""
    open_entries = Keyed.objects.filter(undone_at=None, checked_at=None).values("printing")
    return _counted(Printing.objects.select_related("group__centre").filter(pk__in=open_entries))


def _counted(found: QuerySet[Printing]) -> QuerySet[Printing]:
    stands = Q(keyed__undone_at=None, keyed__isnull=False)
    counts = {
        "sheet_count": Count("sheets", distinct=True),
        "entered": Count("keyed", filter=stands, distinct=True),
        "waiting": Count("keyed", filter=stands & Q(keyed__checked_at=None), distinct=True),
    }
    return found.select_related("paper__edition__course").annotate(**counts).order_by("-made_at", "-pk")


def boxes_of(paper: Paper) -> list[Box]:
    """The questions of a paper as a sheet asks them."""
    places = paper.places.select_related("question").order_by("order")
    return [Box(one.order, one.question.letters, one.question.kind == QuestionKind.MULTIPLE) for one in places]


@dataclass(frozen=True, slots=True)
class Row:
    """A learner of a printing: the sheet with their name, and what was entered."""

    account: Account
    sheet: Sheet | None
    keyed: Keyed | None

    @property
    def attempt(self) -> Attempt | None:
        """What the check made of it."""
        return self.keyed.attempt if self.keyed is not None else None

    @property
    def marking(self) -> Marking | None:
        """Its marks."""
        return marking_of(self.attempt) if self.attempt is not None else None


def rows_of(printing: Printing) -> list[Row]:
    """Learners of its class, by name, and whoever left it after their sheet was entered. Four queries, however many."""
    sheets = {one.account_id: one for one in printing.sheets.all() if one.account_id is not None}
    kept = Keyed.objects.filter(printing=printing, undone_at=None)
    kept = kept.select_related(
        "account", "sheet", "entered_by", "checked_by", "attempt__paper", "printing__group__centre"
    )
    keyed = {one.account_id: one for one in kept.prefetch_related("attempt__markings")}
    accounts = {one.account_id: one.account for one in enrolments_of(printing.group)}
    accounts |= {pk: one.account for pk, one in keyed.items() if pk not in accounts}
    return [Row(account, sheets.get(pk), keyed.get(pk)) for pk, account in accounts.items()]


def undone_of(printing: Printing) -> Sequence[Keyed]:
    """Entries that were taken back, the latest first."""
    found = Keyed.objects.filter(printing=printing, undone_at__isnull=False)
    return list(found.select_related("account", "sheet", "undone_by").order_by("-undone_at"))
