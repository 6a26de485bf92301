"""The list of a recommending body: what comes onto it, off it and back. Nothing that a supplier typed is typed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kebao.text.package_name import parse_package_name
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.intake.actions import TAKES
from ketang.selection.intake.models import Door, Submission, Version
from ketang.selection.intake.queries import receipt_by_paper
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.selection.recommending.models import Listed, Origin, RecommendationRow, Recommender
from ketang.selection.recommending.progress import can_be_recommended

MOST = 500
"""Packages on one body's list: more than a city's bureau sends in."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What became of a forwarded file.

    Attributes:
        listed: where it stands on the list.
        known: whether the very same file was here before, so that nothing was stored or registered a second time.
        by_supplier: whether it was here as a version of a submission.
    """

    listed: Listed
    known: bool
    by_supplier: bool


def add_by_receipt(*, recommender: Recommender, number: str, code: str) -> Listed:
    """Put the submission of a receipt on the list. Number and code both stand on the paper that the supplier has.

    Raises:
        Refused: in the same words for a number that is none, a wrong code and a receipt of another call; taken back or refused.

    Effects: the row, or the one that stood there; `recommending.add` by the body.
    """
    receipt = receipt_by_paper(number, code)
    if receipt is None or receipt.version.submission.call_id != recommender.call_id:
        raise Refused(_("没有找到。请对照回执检查编号和查询码，两样都要一致。"), field="number")
    submission = receipt.version.submission
    if not can_be_recommended(submission):
        raise Refused(_("这份申报已撤回或不予受理，不能推荐。"), field="number")
    with audited():
        return _add(_held(recommender), Origin.RECEIPT, submission=submission)


def forward(*, recommender: Recommender, name: str, digest: str, size: int, at: datetime) -> Forwarded:
    """Take a package that the body passes on; its bytes are kept already. From there it goes the way of every arrival.

    Args:
        at: when its last byte was here.

    Raises:
        Refused: the call takes nothing any more; the list is full.

    Effects: the row. The same file as a version of this call, or as something that waits in its ledger, is joined to that; else an
    arrival by the door of recommenders (`ledger.register`), named by the file's name, and the job `recommending.read`;
    `recommending.forward` by the body.
    """
    with audited():
        held = _held(recommender)
        call = Call.objects.select_for_update().get(pk=held.call_id)  # two bodies at once never register one file twice
        version = _version_of(call, digest)
        if version is not None:
            listed = _add(held, Origin.FORWARDED, submission=version.submission, digest=digest)
            return Forwarded(listed, known=True, by_supplier=True)
        arrival = _waiting_for(call, digest)
        if arrival is not None:
            listed = _add(held, Origin.FORWARDED, submission=arrival.submission, arrival=arrival, digest=digest)
            return Forwarded(listed, known=True, by_supplier=False)
        if call.state not in TAKES:
            raise Refused(_("这个征集现在不接收申报。"))
        arrival = _registered(held, call, name, digest, size, at)
        listed = _add(held, Origin.FORWARDED, arrival=arrival, digest=digest)
        enqueue("recommending.read", key=f"recommending.read:{arrival.uuid}", arrival=str(arrival.uuid))
    return Forwarded(listed, known=False, by_supplier=False)


def remove(*, recommender: Recommender, listed: Listed) -> None:
    """Take a package off the list; it can be put back.

    Raises:
        Refused: it stands on a letter that was issued.

    Effects: the row; `recommending.remove` by the body. The submission or arrival is not touched.
    """
    with audited():
        held = _held(recommender)
        one = _own(held, listed)
        _not_on_a_letter(one)
        if one.removed_at is None:
            one.removed_at = timezone.now()
            one.save(update_fields=["removed_at"])
            record(actor=held, action="recommending.remove", of=held, payload={"listed": str(one.uuid)})


def put_back(*, recommender: Recommender, listed: Listed) -> None:
    """Undo a removal. Effects: the row; `recommending.put_back` by the body. Nothing when the package is on the list again."""
    with audited():
        held = _held(recommender)
        one = _own(held, listed)
        if one.removed_at is None or _standing(held, one.submission, one.arrival) is not None:
            return
        one.removed_at = None
        one.save(update_fields=["removed_at"])
        record(actor=held, action="recommending.put_back", of=held, payload={"listed": str(one.uuid)})


def join_entered(arrival: Arrival) -> None:
    """The office has said to which submission a forwarded file belongs, inside that transaction.

    Effects: the rows of the arrival, and of what was merged into it, are of that submission; one whose body has the submission
    on its list already goes off it, unless it stands on a letter.
    """
    of = arrival.submission
    if of is None:
        return
    rows = Listed.objects.select_for_update().filter(submission=None, removed_at=None)
    for one in rows.filter(arrival__in=[arrival.pk, *arrival.merged.values_list("pk", flat=True)]):
        other = _standing(one.recommender, of, None)
        if other is None:
            one.submission = of
            one.save(update_fields=["submission"])
        elif not _is_on_a_letter(one):
            one.removed_at = timezone.now()
            one.save(update_fields=["removed_at"])


def _add(
    held: Recommender,
    origin: Origin,
    *,
    submission: Submission | None = None,
    arrival: Arrival | None = None,
    digest: str = "",
) -> Listed:
    standing = _standing(held, submission, arrival)
    if standing is not None:
        return standing
    if held.listed.filter(removed_at=None).count() >= MOST:
        raise Refused(_("名单上最多 %(most)s 件。请先就已有的课程包出具推荐函。") % {"most": MOST})
    made = Listed.objects.create(recommender=held, submission=submission, arrival=arrival, origin=origin)
    number = submission.number if submission is not None else arrival.number if arrival is not None else ""
    action = "recommending.forward" if origin == Origin.FORWARDED else "recommending.add"
    record(actor=held, action=action, of=held, payload={"number": number, **({"digest": digest} if digest else {})})
    return made


def _standing(held: Recommender, submission: Submission | None, arrival: Arrival | None) -> Listed | None:
    """The row by which a package is on the list now."""
    on_it = held.listed.filter(removed_at=None)
    if submission is not None and (found := on_it.filter(submission=submission).first()) is not None:
        return found
    return on_it.filter(arrival=arrival).first() if arrival is not None else None


def _version_of(call: Call, digest: str) -> Version | None:
    """The version that came as these bytes, of a submission that can be recommended; the newest of several."""
    found = Version.objects.filter(digest=digest, submission__call=call).select_related("submission").order_by("-id")
    return next((one for one in found if can_be_recommended(one.submission)), None)


def _waiting_for(call: Call, digest: str) -> Arrival | None:
    """What waits in the ledger as these bytes, the whole where it is a part."""
    found = Arrival.objects.filter(call=call, digest=digest, submission=None).select_related("merged_into__submission")
    one = found.exclude(state=ArrivalState.SET_ASIDE).order_by("id").first()
    return one.merged_into or one if one is not None else None


def _registered(held: Recommender, call: Call, name: str, digest: str, size: int, at: datetime) -> Arrival:
    named = parse_package_name(name)
    with override("zh-hans"):  # read by the office, whatever the body's language
        reason = _("推荐单位转交，请核对后归入申报。")
    return ledger.register(
        actor=SYSTEM, door=Door.RECOMMENDER, medium=Medium.ELECTRONIC, received_at=at, call=call,
        sender=held.organisation.name, supplier=named.unit if named is not None else "",
        title=named.title if named is not None else "", name=name, digest=digest, size=size, reason=reason,
    )  # fmt: skip


def _held(recommender: Recommender) -> Recommender:
    """The row, locked: one after another writes to what is a body's."""
    found = Recommender.objects.select_for_update(of=("self",)).select_related("organisation", "call")
    return found.get(pk=recommender.pk)


def _own(held: Recommender, listed: Listed) -> Listed:
    return Listed.objects.select_related("submission", "arrival").get(pk=listed.pk, recommender=held)


def _is_on_a_letter(listed: Listed) -> bool:
    return RecommendationRow.objects.filter(listed=listed, recommendation__withdrawn_at=None).exists()


def _not_on_a_letter(listed: Listed) -> None:
    if _is_on_a_letter(listed):
        raise Refused(_("这一件已经在推荐函上，不能移除。要更正，请先撤回推荐函。"))
