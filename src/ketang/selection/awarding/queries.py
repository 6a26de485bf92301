"""Reading decisions and lists of awards. Whoever calls asks `permissions` first."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from ketang.people.organisation.models import Organisation
from ketang.platform.listing import Listing
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.awarding.limits import Limits
from ketang.selection.awarding.models import AwardApproval, AwardList, AwardRow, Decision, Outcome
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission

CENT = Decimal("0.01")


def standing(submission: Submission) -> Decision | None:
    """The decision that stands."""
    found = Decision.objects.filter(submission=submission, undone_at=None)
    return found.select_related("decided_by", "confirmed_by", "version", "row").first()


def decisions() -> QuerySet[Decision]:
    """Every decision that stands, the newest first."""
    found = Decision.objects.filter(undone_at=None)
    return found.select_related("submission__organisation", "submission__call", "decided_by").order_by("-id")


def spent(call: Call, organisation: Organisation | None = None) -> Decimal:
    """Yuan of all standing decisions of a call, or of one supplier in it."""
    found = Decision.objects.filter(submission__call=call, outcome=Outcome.SELECTED, undone_at=None)
    if organisation is not None:
        found = found.filter(submission__organisation=organisation)
    return (found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)).quantize(CENT)


def list_of_call(call: Call) -> AwardList | None:
    """The call's list of awards."""
    return AwardList.objects.select_related("call", "ranking", "made_by").filter(call=call).first()


def lists() -> QuerySet[AwardList]:
    """Every list."""
    return AwardList.objects.select_related("call", "ranking", "made_by")


def key_of(award_list: AwardList) -> str:
    """The key under which one list is proposed at most once at a time."""
    return f"awarding.propose:{award_list.uuid}"


def is_going(award_list: AwardList) -> bool:
    """Whether a proposal for it is being worked out, or waits for a worker."""
    return Job.objects.filter(key=key_of(award_list), state__in=UNFINISHED).exists()


def rows_of(award_list: AwardList) -> QuerySet[AwardRow]:
    """What stands on a list, in the order of places."""
    shown = ("submission__organisation", "submission__call", "decision")
    return AwardRow.objects.filter(award_list=award_list).select_related(*shown).order_by("place", "id")


def listing_of(award_list: AwardList, outcome: str = "") -> Listing[AwardRow]:
    """The same to be read in pages; of one outcome only where one is named."""
    rows = AwardRow.objects.filter(award_list=award_list)
    if outcome:
        rows = rows.filter(outcome=outcome)
    shown = AwardRow.objects.select_related("submission__organisation", "decision")
    return Listing(rows.order_by("place", "id"), shown)


def rows() -> QuerySet[AwardRow]:
    """Every row of every list, with what its page shows."""
    return AwardRow.objects.select_related("award_list__call", "submission__organisation", "decision")


def counts_of(award_list: AwardList) -> dict[str, int]:
    """How many rows have which outcome."""
    found = AwardRow.objects.filter(award_list=award_list).order_by().values("outcome").annotate(count=Count("id"))
    return {outcome.value: 0 for outcome in Outcome} | {row["outcome"]: row["count"] for row in found}


def chosen_of(award_list: AwardList, *, but: AwardRow | None = None) -> list[tuple[int, Decimal]]:
    """Supplier and amount of each selected row, without one of them."""
    found = AwardRow.objects.filter(award_list=award_list, outcome=Outcome.SELECTED)
    if but is not None:
        found = found.exclude(pk=but.pk)
    return [
        (supplier, amount)
        for supplier, amount in found.order_by().values_list("submission__organisation_id", "amount")
        if amount is not None
    ]


def limits_of(award_list: AwardList) -> Limits:
    """Cap, scope and budget as the call has them now, with what decisions outside of the list have used."""
    call = award_list.call
    fee = call.content.fee
    outside = Decision.objects.filter(submission__call=call, outcome=Outcome.SELECTED, undone_at=None)
    outside = outside.exclude(submission__award_rows__award_list=award_list).order_by()
    used = outside.values("submission__organisation_id").annotate(sum=Sum("amount"))
    by_supplier = {row["submission__organisation_id"]: Decimal(row["sum"]).quantize(CENT) for row in used}
    return Limits(fee.cap, fee.scope, fee.budget, by_supplier)


def digest_of(award_list: AwardList) -> str:
    """SHA-256 of all that a list says and of the limits that it stands under: what somebody approves."""
    fields = ("submission__number", "outcome", "amount", "reserve_place", "reason", "despite", "withdrawn_because")
    found = AwardRow.objects.filter(award_list=award_list).order_by("place", "id").values_list(*fields)
    rows = [[None if value is None else str(value) for value in row] for row in found]
    fee = award_list.call.content.fee.model_dump(mode="json")
    said = {"call": award_list.call.slug, "fee": fee, "bands": award_list.bands, "rows": rows}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def approvals_of(award_list: AwardList) -> list[AwardApproval]:
    """Every approval, the latest last, voided ones too."""
    return list(award_list.approvals.select_related("approved_by").order_by("id"))
