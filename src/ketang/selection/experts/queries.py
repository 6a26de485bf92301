"""Reading the pool, panels and conflicts. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ketang.people.account.models import Account
from ketang.people.role.queries import Actor
from ketang.platform.listing import Listing
from ketang.platform.workbook import Head, Kind, Value
from ketang.selection.calls.models import Call, in_language
from ketang.selection.experts.details import CHOSEN, searched
from ketang.selection.experts.models import Conflict, Expert, PanelSeat
from ketang.selection.intake.models import Submission

CALLS = 20
"""The latest calls, whose categories are offered as fields."""


def expert_of(actor: Actor) -> Expert | None:
    """The row of the pool that is the actor's own."""
    if not isinstance(actor, Account):
        return None
    return Expert.objects.filter(account=actor, left_at=None).first()


def seats_of(call: Call) -> QuerySet[PanelSeat]:
    """Who sits on the panel of a call now, in the order of taking seats."""
    return PanelSeat.objects.filter(call=call, left_at=None).select_related("expert").order_by("id")


def seat_of(actor: Actor, call: Call) -> PanelSeat | None:
    """The actor's own seat on the panel of a call, as long as it is taken."""
    if not isinstance(actor, Account):
        return None
    found = PanelSeat.objects.filter(call=call, left_at=None, expert__account=actor, expert__left_at=None)
    return found.select_related("expert", "call").first()


def own_seats(actor: Actor) -> QuerySet[PanelSeat]:
    """The actor's own seats that are taken, the latest first."""
    if not isinstance(actor, Account):
        return PanelSeat.objects.none()
    found = PanelSeat.objects.filter(left_at=None, expert__account=actor, expert__left_at=None)
    return found.select_related("expert", "call").order_by("-id")


def every_seat() -> QuerySet[PanelSeat]:
    """Every seat, with expert and call."""
    return PanelSeat.objects.select_related("expert", "call")


def known_categories() -> list[tuple[str, str]]:
    """Categories of the latest calls: id and name, in the order of the newest call that has them."""
    found: dict[str, str] = {}
    for file in Call.objects.order_by("-id").values_list("file", flat=True)[:CALLS]:
        for one in file.get("categories", ()):
            found.setdefault(one["id"], in_language(one["name"]))
    return list(found.items())


def experts(*, words: str = "", category: str = "", standing: str = "") -> QuerySet[Expert]:
    """Experts of the pool, the newest first.

    Args:
        words: all of which stand in name, unit, title, address, number or occupations.
        category: that they know.
        standing: `in`, `away` today, `left`; every one of them without.
    """
    found = Expert.objects.order_by("-id")
    for word in searched(words).split():
        found = found.filter(found_by__contains=word)
    if category:
        found = found.filter(found_by__contains=f"{CHOSEN}{category}{CHOSEN}")
    away = Q(available_from__gt=date.today()) | Q(available_until__lt=date.today())
    if standing == "left":
        return found.exclude(left_at=None)
    if standing == "away":
        return found.filter(away, left_at=None)
    return found.filter(left_at=None) if standing == "in" else found


def list_of_experts(*, words: str = "", category: str = "", standing: str = "") -> Listing[Expert]:
    """The same to be read in pages, each with `sits`: on how many panels now."""
    shown = Expert.objects.select_related("account").annotate(sits=Count("seats", filter=Q(seats__left_at=None)))
    return Listing(experts(words=words, category=category, standing=standing), shown)


def seatable(call: Call, *, words: str = "", category: str = "") -> Listing[Expert]:
    """Experts in the pool who have no seat on the panel of a call."""
    sits = PanelSeat.objects.filter(call=call, left_at=None, expert=OuterRef("pk"))
    rows = experts(words=words, category=category, standing="in").filter(~Exists(sits))
    return Listing(rows, Expert.objects.all())


def list_of_seats(call: Call) -> Listing[PanelSeat]:
    """The panel to be read in pages, with `assigned` and `scored` for each member."""
    shown = _counted(PanelSeat.objects.filter(call=call), call)
    return Listing(PanelSeat.objects.filter(call=call, left_at=None).order_by("id"), shown)


def left_seats(call: Call) -> QuerySet[PanelSeat]:
    """Seats that were left, the latest first, with `scored`: how many packages they scored whose assignment stands."""
    found = PanelSeat.objects.filter(call=call).exclude(left_at=None)
    return _counted(found, call).order_by("-left_at", "-id")


def _counted(seats: QuerySet[PanelSeat], call: Call) -> QuerySet[PanelSeat]:
    """With `assigned` and `scored` of each expert in the call."""
    of_call = FilteredRelation("expert__counts", condition=Q(expert__counts__call=call))
    return seats.select_related("expert").annotate(
        of_call=of_call, assigned=Coalesce(F("of_call__assigned"), 0), scored=Coalesce(F("of_call__sheets"), 0)
    )


def conflicts_of_call(call: Call) -> QuerySet[Conflict]:
    """Standing conflicts of a call."""
    return Conflict.objects.filter(submission__call=call, lifted_at=None)


def list_of_conflicts(call: Call) -> Listing[Conflict]:
    """Standing conflicts of members of the panel, the latest first, to be read in pages."""
    sits = PanelSeat.objects.filter(call=call, left_at=None, expert=OuterRef("expert"))
    rows = conflicts_of_call(call).filter(Exists(sits)).order_by("-id")
    return Listing(rows, Conflict.objects.select_related("expert", "submission__organisation"))


def conflicts_of(submission: Submission) -> QuerySet[Conflict]:
    """Every conflict with a submission, lifted ones too."""
    return Conflict.objects.filter(submission=submission).select_related("expert", "said_by").order_by("id")


def heads() -> list[Head]:
    """Columns of the pool as a workbook; the same as those of the template."""
    from ketang.selection.experts.columns import Field

    widths = {Field.UNIT: 30, Field.MAIL: 28, Field.CATEGORIES: 24, Field.OCCUPATIONS: 28, Field.RELATIONS: 28}
    return [Head(str(one.label), Kind.CODE if one == Field.PHONE else Kind.OWN, widths.get(one, 16)) for one in Field]


def rows(chosen: QuerySet[Expert]) -> Iterator[Sequence[Value]]:
    """The rows of the workbook."""
    for one in chosen.iterator(500):
        listed = ("、".join(one.categories), "、".join(one.occupations), "、".join(one.relations))
        days = (str(one.available_from or ""), str(one.available_until or ""))
        yield (one.name, one.unit, one.title, one.mail, one.phone, *listed, str(one.load_limit), *days, one.note)
