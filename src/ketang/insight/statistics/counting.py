"""How many packages came and what became of them, by category, district, kind of supplier and call. One query for all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import Count, FilteredRelation, Q
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import CourseState
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.calls.callfile import Region
from ketang.selection.calls.models import Call, in_language
from ketang.selection.intake.models import SubmissionState
from ketang.selection.tallying.districts import OUTSIDE
from ketang.selection.tallying.models import SupplierKind
from ketang.selection.tallying.queries import arrived

COMPLETE = frozenset({SubmissionState.COMPLETE, SubmissionState.ACCEPTED})
"""What is in review was complete before."""
GONE = frozenset({SubmissionState.WITHDRAWN, SubmissionState.REFUSED})
_STANDING = Q(decisions__undone_at=None, decisions__confirmed_at__isnull=False)
"""Decisions behind which two people stand."""
OTHER = ""
"""Of categories: none of the call's."""


def percent(share: Decimal | None) -> str:
    """A share as it is read, one decimal, half up; a dash for none."""
    return "—" if share is None else f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


class Group(NamedTuple):
    """So many packages that are alike in everything that is counted. District and kind are None where no tally was made yet."""

    call: int
    category: str
    district: str | None
    kind: str | None
    state: str
    outcome: str | None
    course: str | None
    packages: int


class Awarded(NamedTuple):
    """One selected package: yuan, and its hours of 45 minutes where its check counted some. It counts once it is confirmed."""

    call: int
    category: str
    district: str | None
    kind: str | None
    amount: Decimal
    hours: Decimal | None
    is_confirmed: bool


@dataclass(slots=True)
class Counts:
    """Packages by what became of them, and the fees awarded in yuan."""

    received: int = 0
    complete: int = 0
    accepted: int = 0
    awarded: int = 0
    published: int = 0
    gone: int = 0
    amount: Decimal = field(default=Decimal("0.00"))

    def take(self, group: Group) -> None:
        """Count a group."""
        self.received += group.packages
        self.complete += group.packages if group.state in COMPLETE else 0
        self.accepted += group.packages if group.state == SubmissionState.ACCEPTED else 0
        self.awarded += group.packages if group.outcome == Outcome.SELECTED else 0
        self.published += group.packages if group.course == CourseState.PUBLISHED else 0
        self.gone += group.packages if group.state in GONE else 0

    @property
    def share(self) -> Decimal | None:
        """Awarded of received, 0 to 1; None where nothing was received."""
        return Decimal(self.awarded) / self.received if self.received else None

    @property
    def percent(self) -> str:
        """The same as it is read."""
        return percent(self.share)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its words and what is counted in it. `code` stands before the words where the call has one."""

    words: str
    counts: Counts
    code: str = ""


def groups(calls: Sequence[Call]) -> list[Group]:
    """Everything that was received in these calls; one query."""
    found = (
        arrived()
        .filter(call__in=calls)
        .annotate(standing=FilteredRelation("decisions", condition=_STANDING))
        .order_by()
        .values_list(
            "call_id", "category", "tally__district", "tally__supplier_kind", "state", "standing__outcome",
            "standing__course__state",
        )
        .annotate(count=Count("pk"))
    )  # fmt: skip
    return [Group(*row) for row in found]


def awards(calls: Sequence[Call]) -> list[Awarded]:
    """Every package that is selected in these calls, those not confirmed too; one query."""
    found = Decision.objects.filter(submission__call__in=calls, undone_at=None, outcome=Outcome.SELECTED).order_by("pk")
    of = found.values_list(
        "submission__call_id", "submission__category", "submission__tally__district",
        "submission__tally__supplier_kind", "amount", "submission__tally__hours", "confirmed_at",
    )  # fmt: skip
    return [
        Awarded(call, category, district, kind, amount or Decimal(0), hours, confirmed_at is not None)
        for call, category, district, kind, amount, hours, confirmed_at in of
    ]


def counted(
    of: Callable[[Group | Awarded], Hashable], found: Iterable[Group], given: Iterable[Awarded]
) -> dict[Hashable, Counts]:
    """Counts by what `of` tells of each."""
    made: dict[Hashable, Counts] = {}
    for group in found:
        made.setdefault(of(group), Counts()).take(group)
    for one in given:
        made.setdefault(of(one), Counts()).amount += one.amount
    return made


class Category(NamedTuple):
    """A category as calls name it: two of the same id but other words are two."""

    id: str
    name: str


class Categories:
    """The categories of several calls, each once, in the order of the calls that have them."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._known = {
            (call.pk, one["id"]): Category(one["id"], in_language(one["name"]))
            for call in calls
            for one in call.file.get("categories", ())
        }
        self.in_order = sorted(dict.fromkeys(self._known.values()), key=lambda one: one.id)

    def of(self, one: Group | Awarded) -> Category:
        """The category of what was counted; that without words for what its call does not name."""
        return self._known.get((one.call, one.category), Category(OTHER, ""))


def by_category(calls: Sequence[Call], found: Iterable[Group], given: Iterable[Awarded]) -> list[Row]:
    """The calls' categories, those with nothing in them too, then what names none of them."""
    known = Categories(calls)
    made = counted(known.of, found, given)
    rows = [Row(one.name, made.get(one, Counts()), one.id) for one in known.in_order]
    other = made.get(Category(OTHER, ""))
    return rows + ([Row(_("其他或没有写"), other)] if other is not None else [])


def by_district(region: Region | None, found: Iterable[Group], given: Iterable[Awarded]) -> list[Row]:
    """Every district of the region, then elsewhere, then unknown."""
    made = counted(lambda one: one.district or "", found, given)
    districts = region.districts if region is not None else ()
    rows = [Row(in_language(one.name.model_dump()), made.pop(one.id, Counts())) for one in districts]
    if OUTSIDE in made:
        rows.append(Row(_("外地"), made.pop(OUTSIDE)))
    left = Counts()  # what tallies said of other districts, until they are made anew, is unknown, too
    for one in made.values():
        _add(left, one)
    return rows + ([Row(_("看不出在哪个区"), left)] if made else [])


def by_kind(found: Iterable[Group], given: Iterable[Awarded]) -> list[Row]:
    """Every kind of supplier that is there."""
    made = counted(lambda one: one.kind or SupplierKind.UNKNOWN, found, given)
    return [Row(str(kind.label), made[kind]) for kind in SupplierKind if kind in made]


def _add(to: Counts, other: Counts) -> None:
    for name in ("received", "complete", "accepted", "awarded", "published", "gone", "amount"):
        setattr(to, name, getattr(to, name) + getattr(other, name))


def whole(found: Iterable[Group], given: Iterable[Awarded]) -> Counts:
    """Everything together."""
    return counted(lambda _one: None, found, given).get(None, Counts())
