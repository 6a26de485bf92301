"""Writing the ledger. Whatever arrives is registered first, whatever it is; what it belongs to is said afterwards, and can be said anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Min, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_supplier
from ketang.people.organisation.models import RECOMMENDING, Organisation, OrganisationKind
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Receipt, Submission
from ketang.selection.ledger.holdings import keep_holding
from ketang.selection.ledger.marks import LATE_MARK
from ketang.selection.ledger.models import Arrival, ArrivalPassage, ArrivalState, LedgerCounter, Medium
from ketang.selection.ledger.permissions import may_keep_ledger, may_see_ledger
from ketang.selection.ledger.timing import keep_lateness

Registrar = Actor | str
"""An account of the office, or `SYSTEM` for what came in by itself."""

_entered: list[Callable[[Arrival], None]] = []


def on_entered(act: Callable[[Arrival], None]) -> None:
    """Have `act` called when an arrival was entered, inside the transaction: how a receipt is sent without being known here."""
    if act not in _entered:
        _entered.append(act)


def register(
    *,
    actor: Registrar,
    door: Door,
    medium: Medium,
    received_at: datetime,
    counts_at: datetime | None = None,
    call: Call | None = None,
    sender: str = "",
    supplier: str = "",
    title: str = "",
    name: str = "",
    digest: str = "",
    size: int | None = None,
    reason: str = "",
) -> Arrival:
    """Write down that something arrived; it waits to be claimed.

    Args:
        actor: an account of the office, or `SYSTEM`.
        received_at: when it was here; `counts_at` as in `Arrival`, the same where it is not given.
        sender, supplier, title: what stands on it; longer words are cut.
        name, digest, size: of the file, which is kept already.
        reason: why it waits.

    Effects: the row with its number, found by the search; `ledger.register`.
    """
    require(actor == SYSTEM or (not isinstance(actor, str) and may_keep_ledger(actor)))
    with audited():
        made = _made(
            actor, door=door, medium=medium, received_at=received_at, counts_at=counts_at or received_at, call=call,
            sender=sender[:320], supplier=supplier[:200], title=title[:400], name=name[-255:], digest=digest, size=size,
            reason=reason[:1000],
        )  # fmt: skip
        record(actor=actor, action="ledger.register", of=made, payload={"number": made.number, "door": door})
    return made


def wait_turn() -> None:
    """Have nobody else register until the surrounding transaction ends, so that what is there already can be asked for and stays true."""
    _counter()


def enter_receipt(receipt: Receipt, actor: Actor) -> None:
    """What came by the web is entered at once, by its receipt; what came by another door is there already.

    Effects: the row; nothing is recorded beside `intake.receive`. What is here is counted anew as the submission moves.
    """
    version = receipt.version
    if version.door != Door.WEB:
        return
    of = version.submission
    _made(
        actor, state=ArrivalState.ENTERED, door=Door.WEB, medium=Medium.ELECTRONIC, received_at=receipt.issued_at,
        counts_at=receipt.issued_at, call=of.call, submission=of, receipt=receipt, supplier=of.organisation.name,
        title=of.title, name=version.name, digest=version.digest, size=version.size, lateness=version.lateness,
    )  # fmt: skip
    keep_lateness(of, of.call)


def enter(*, actor: Actor, arrival: Arrival, submission: Submission, reason: str = "") -> None:
    """Say to which submission an arrival belongs. A kept file becomes its next version; paper is its paper copy.

    Raises:
        Refused: it was dealt with already; the submission or its call takes nothing any more; electronic without a file.

    Effects: a version and receipt (`intake.receive`), or the paper copy (`intake.receive_paper`); state `entered`; `ledger.enter`;
    whoever asked by `on_entered` is called.
    """
    require(may_keep_ledger(actor))
    with audited():
        held = _held(arrival, ArrivalState.ENTERED)
        if held.medium == Medium.PAPER:
            held.lateness = intake.receive_paper(actor=actor, submission=submission, counts_at=held.counts_at)
        elif not held.digest or held.size is None:
            raise Refused(_("这一件没有文件，不能归入申报。请联系寄件人补交，或者写明它不是申报材料。"))
        else:
            held.receipt = intake.receive(
                actor=actor, submission=submission, door=Door(held.door), name=held.name, digest=held.digest,
                size=held.size, received_at=held.counts_at,
            )  # fmt: skip
            held.lateness = held.receipt.version.lateness
        held.submission, held.call, held.reason = submission, submission.call, reason.strip()[:1000]
        _become(held, ArrivalState.ENTERED)
        keep_holding(submission)
        keep_lateness(submission, submission.call)
        record(
            actor=actor, action="ledger.enter", of=held,
            payload={"submission": submission.number, "reason": held.reason},
        )  # fmt: skip
        for act in _entered:
            act(held)
    arrival.refresh_from_db()


def claim(
    *,
    actor: Actor,
    arrival: Arrival,
    call: Call,
    supplier: str,
    kind: str,
    title: str,
    category: str,
    reason: str = "",
) -> Submission:
    """Open a submission for an arrival whose supplier has none, and enter it there, all at once or not at all.

    Args:
        supplier: full name; a supplier of that name is taken, else one is registered of this `kind`.

    Raises:
        Refused: as `enter` and `intake.open_for`; several suppliers of that name.

    Effects: those of `register_supplier`, where there was none, `intake.open_for` and `enter`.
    """
    require(may_keep_ledger(actor))
    name = " ".join(supplier.split())
    with audited():
        known = list(Organisation.objects.filter(name=name).exclude(kind__in=RECOMMENDING)[:2])
        if len(known) > 1:
            raise Refused(_("有几个供应单位都叫这个名称，请先用受理编号归入其中一个的申报。"), field="supplier")
        by = known[0] if known else register_supplier(actor=actor, kind=OrganisationKind(kind), name=name)
        submission = intake.open_for(actor=actor, call=call, organisation=by, title=title, category=category)
        enter(actor=actor, arrival=arrival, submission=submission, reason=reason)
    return submission


def merge(*, actor: Registrar, arrival: Arrival, into: Arrival, reason: str) -> None:
    """Say that an arrival is a part, or another copy, of another one.

    Raises:
        Refused: dealt with already; the other is itself a part; without a reason.

    Effects: state `merged`; `ledger.merge`.
    """
    require(actor == SYSTEM or (not isinstance(actor, str) and may_keep_ledger(actor)))
    _ask_reason(reason)
    with audited():
        held = _held(arrival, ArrivalState.MERGED)
        if into.pk == held.pk or into.state == ArrivalState.MERGED or held.merged.exists():
            raise Refused(_("不能并入这一件：请选择另外的、没有并入别处的一件。"), field="into")
        held.merged_into, held.reason = into, reason.strip()[:1000]
        _become(held, ArrivalState.MERGED)
        record(actor=actor, action="ledger.merge", of=held, payload={"into": into.number, "reason": held.reason})
    arrival.refresh_from_db()


def change_file(*, actor: Registrar, arrival: Arrival, name: str, digest: str, size: int, reason: str) -> None:
    """Say which file an arrival is: what it was put together of was joined, or taken apart. The bytes are kept already.

    Raises:
        Refused: it is not waiting any more.

    Effects: the row and what is searched of it; `ledger.change_file`.
    """
    require(actor == SYSTEM or (not isinstance(actor, str) and may_keep_ledger(actor)))
    with audited():
        held = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if held.state not in (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED):
            raise Refused(_("这一件现在是“%(now)s”，不能再改文件。") % {"now": held.get_state_display()})
        held.name, held.digest, held.size, held.reason = name[-255:], digest, size, reason.strip()[:1000]
        held.save(update_fields=["name", "digest", "size", "reason"])
        ArrivalPassage.objects.filter(arrival=held).update(text=ArrivalPassage.text_of(held))
        record(actor=actor, action="ledger.change_file", of=held, payload={"digest": digest, "reason": held.reason})
    arrival.refresh_from_db()


def describe(*, actor: Registrar, arrival: Arrival, supplier: str, title: str) -> None:
    """Say what stands on an arrival, once its file was read; longer words are cut.

    Raises:
        Refused: it is not waiting any more.

    Effects: the row and what is searched of it; `ledger.describe` when something changed.
    """
    require(actor == SYSTEM or (not isinstance(actor, str) and may_keep_ledger(actor)))
    with audited():
        held = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if held.state not in (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED):
            raise Refused(_("这一件现在是“%(now)s”，不能再改。") % {"now": held.get_state_display()})
        if (held.supplier, held.title) == (supplier[:200], title[:400]):
            return
        held.supplier, held.title = supplier[:200], title[:400]
        held.save(update_fields=["supplier", "title"])
        ArrivalPassage.objects.filter(arrival=held).update(text=ArrivalPassage.text_of(held))
        record(actor=actor, action="ledger.describe", of=held)
    arrival.refresh_from_db()


def set_aside(*, actor: Actor, arrival: Arrival, reason: str) -> None:
    """Say that an arrival is nothing that belongs to a call. Effects: state `set-aside`; `ledger.set_aside`; it is kept all the same."""
    require(may_keep_ledger(actor))
    _ask_reason(reason)
    _settle(actor, arrival, ArrivalState.SET_ASIDE, "ledger.set_aside", reason)


def say_answered(*, actor: Registrar, arrival: Arrival, reason: str) -> None:
    """The sender was asked for what was missing. Effects: state `answered`; `ledger.answer`."""
    require(actor == SYSTEM or (not isinstance(actor, str) and may_keep_ledger(actor)))
    _settle(actor, arrival, ArrivalState.ANSWERED, "ledger.answer", reason)


def take_back(*, actor: Actor, arrival: Arrival, reason: str) -> None:
    """Let an arrival wait to be claimed again.

    Raises:
        Refused: it became a version, which stays; it waits already; without a reason.

    Effects: state `unclaimed`, without its submission; `ledger.take_back`.
    """
    require(may_keep_ledger(actor))
    _ask_reason(reason)
    with audited():
        held = _held(arrival, ArrivalState.UNCLAIMED)
        left, held.submission, held.merged_into, held.lateness = held.submission, None, None, ""
        held.reason = reason.strip()[:1000]
        _become(held, ArrivalState.UNCLAIMED)
        if left is not None:
            keep_holding(left)
            papers = left.arrivals.filter(state=ArrivalState.ENTERED, medium=Medium.PAPER)
            intake.paper_taken_back(submission=left, paper_at=papers.aggregate(first=Min("counts_at"))["first"])
        record(actor=actor, action="ledger.take_back", of=held, payload={"reason": held.reason})
    arrival.refresh_from_db()


def say_exported(
    *, actor: Actor, what: str, ending: str, columns: Sequence[str], chosen: Mapping[str, str], call: Call | None = None
) -> None:
    """A list leaves the house as a file. Effects: `ledger.export`, of the call or of who took it."""
    require(may_see_ledger(actor))
    of = call if call is not None else actor
    assert isinstance(of, Model)  # noqa: S101 - only accounts see the ledger
    with audited():
        payload = {"list": what, "file": ending, "columns": list(columns), "chosen": dict(chosen)}
        record(actor=actor, action="ledger.export", of=of, payload=payload)


def mark_anew(call: Call) -> None:
    """The deadline of a call has moved back: what waits and is not late any more is found so.

    Effects: passages of those that were marked late; what was entered is weighed, and marked, by its submission.
    """
    were_late = Arrival.objects.filter(
        call=call, counts_at__lte=call.closes_at, passage__text__contains=LATE_MARK
    ).exclude(state=ArrivalState.ENTERED)
    for arrival in were_late.select_related("submission__organisation", "receipt"):
        arrival.call = call
        ArrivalPassage.objects.filter(arrival=arrival).update(text=ArrivalPassage.text_of(arrival))


def _settle(actor: Registrar, arrival: Arrival, state: ArrivalState, action: str, reason: str) -> None:
    with audited():
        held = _held(arrival, state)
        held.reason = reason.strip()[:1000]
        _become(held, state)
        record(actor=actor, action=action, of=held, payload={"reason": held.reason})
    arrival.refresh_from_db()


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")


def _held(arrival: Arrival, state: ArrivalState) -> Arrival:
    """The row, locked. Refused when it may not come into the state."""
    # Of the row alone: PostgreSQL does not lock what may be absent.
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if not held.may_become(state):
        words = {"now": held.get_state_display(), "then": state.label}
        raise Refused(_("这一件现在是“%(now)s”，不能改为“%(then)s”。") % words)
    return held


def _become(held: Arrival, state: ArrivalState) -> None:
    held.state = state
    held.save()
    ArrivalPassage.objects.filter(arrival=held).update(text=ArrivalPassage.text_of(held))


def _made(actor: Registrar, **fields: Any) -> Arrival:
    by = actor if isinstance(actor, Account) else None
    made = Arrival.objects.create(number=_number(), registered_by=by, **fields)
    ArrivalPassage.objects.create(arrival=made, text=ArrivalPassage.text_of(made))
    return made


def _number() -> str:
    """The next number of the year in which it is registered, by the clock on the office's wall."""
    counter = _counter()
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"SJ{counter.year}-{counter.last:06d}"


def _counter() -> LedgerCounter:
    """This year's counter, locked."""
    year = timezone.localtime().year
    LedgerCounter.objects.get_or_create(year=year)
    return LedgerCounter.objects.select_for_update().get(year=year)
