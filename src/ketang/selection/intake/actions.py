"""Writing submissions. Every door calls `receive`; nothing else makes a version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call, CallState
from ketang.selection.intake.draft import Draft
from ketang.selection.intake.models import (
    WITHDRAWN_KEPT,
    Counter,
    Door,
    Lateness,
    Passage,
    Receipt,
    Submission,
    SubmissionState,
    Version,
)
from ketang.selection.intake.permissions import may_edit_submission, may_handle_arrivals, may_submit_for
from ketang.selection.intake.queries import before_opening
from ketang.selection.intake.weighing import answers_in_time, paper_lateness, weigh

TAKES = (CallState.PUBLISHED, CallState.CLOSED)
"""States of a call in which packages are taken; what comes too late is marked."""

_received: list[Callable[[Version], object]] = []


def on_received(act: Callable[[Version], object]) -> None:
    """Have `act` called for each new version, inside the transaction that made it: how checking begins without being known here."""
    if act not in _received:
        _received.append(act)


_given: list[Callable[[Receipt, Actor], None]] = []


def on_receipt(act: Callable[[Receipt, Actor], None]) -> None:
    """Have `act` called for each new receipt, inside the transaction that gave it: how the ledger hears of it."""
    if act not in _given:
        _given.append(act)


_moved: list[Callable[[Submission], None]] = []


def on_moved(act: Callable[[Submission], None]) -> None:
    """Have `act` called whenever a submission came into a state, inside the transaction."""
    if act not in _moved:
        _moved.append(act)


_leaving_review: list[Callable[[Submission], None]] = []


def before_leaving_review(act: Callable[[Submission], None]) -> None:
    """Have `act` called before a submission in review is withdrawn or refused, inside the transaction; it may refuse. So intake need not know of decisions."""
    if act not in _leaving_review:
        _leaving_review.append(act)


def start(*, actor: Actor, call: Call, organisation: Organisation, title: str, category: str) -> Submission:
    """Begin a draft.

    Raises:
        Refused: the call takes nothing any more or, with the time when it does, yet; an empty title, a category that the call does not have.

    Effects: the row; `intake.start`.
    """
    require(may_submit_for(actor, organisation))
    title, category = _described(call, title, category)
    if call.state != CallState.PUBLISHED:
        raise Refused(_("这个征集现在不接收申报。"))
    refuse_before_opening(call)
    with audited():
        made = Submission.objects.create(
            call=call,
            organisation=organisation,
            created_by=actor if isinstance(actor, Account) else None,
            title=title,
            category=category,
        )
        record(actor=actor, action="intake.start", of=made, payload={"title": title, "category": category})
    return made


def refuse_before_opening(call: Call, at: datetime | None = None) -> None:
    """Tell a supplier who is too early when the call opens.

    Args:
        at: the moment that counts; now without one.

    Raises:
        Refused: the call is to come; the words say from when it takes submissions.
    """
    if (words := before_opening(call, at)) is not None:
        raise Refused(words)


def open_for(*, actor: Actor, call: Call, organisation: Organisation, title: str, category: str) -> Submission:
    """The office begins a submission for a supplier whose package came by another door than the web.

    Raises:
        Refused: the call takes nothing any more; a body that recommends; an empty title, a category that the call does not have.

    Effects: the row; `intake.open_for`.
    """
    require(may_handle_arrivals(actor))
    title, category = _described(call, title, category)
    if call.state not in TAKES:
        raise Refused(_("这个征集现在不接收申报。"))
    if organisation.recommends:
        raise Refused(_("推荐单位不能作为报送者，请选择课程的供应单位。"), field="organisation")
    with audited():
        made = Submission.objects.create(call=call, organisation=organisation, title=title, category=category)
        record(actor=actor, action="intake.open_for", of=made, payload={"title": title, "category": category})
    return made


def describe(*, actor: Actor, submission: Submission, title: str, category: str) -> None:
    """Change title and category.

    Effects: the row and what is searched of it; `intake.describe` when something changed.
    """
    require(may_edit_submission(actor, submission))
    title, category = _described(submission.call, title, category)
    with audited():
        held = _held(submission)
        if (held.title, held.category) == (title, category):
            return
        held.title, held.category, held.changed_at = title, category, timezone.now()
        held.save(update_fields=["title", "category", "changed_at"])
        if held.number:
            _make_searchable(held)
        record(actor=actor, action="intake.describe", of=held, payload={"title": title, "category": category})
    submission.refresh_from_db()


def save_draft(*, actor: Actor, submission: Submission, draft: Draft) -> None:
    """Keep what was filled in. It may be incomplete: a draft is saved as it is.

    Effects: the row; `intake.save_draft` (without the content, which is personal) when something changed.
    """
    require(may_edit_submission(actor, submission))
    content = draft.model_dump(mode="json")
    with audited():
        held = _held(submission)
        if held.draft == content:
            return
        held.draft, held.changed_at = content, timezone.now()
        held.save(update_fields=["draft", "changed_at"])
        record(actor=actor, action="intake.save_draft", of=held)
    submission.refresh_from_db()


def receive(
    *,
    actor: Actor,
    submission: Submission,
    door: Door,
    name: str,
    digest: str,
    size: int,
    received_at: datetime | None = None,
) -> Receipt:
    """Take a package that is already kept under its digest. The same bytes as the version that counts get a new receipt for it.

    Args:
        actor: who hands it in: a member of the supplier, or the office for the other doors.
        submission: what it belongs to.
        door: how it came.
        name: of the file, as it was sent.
        digest: SHA-256 in hex of its bytes.
        size: bytes.
        received_at: when its last byte was here; now, unless it came before it was registered.

    Raises:
        Refused: the call or the submission takes nothing any more; by the web, the call has not opened.

    Effects: number of the submission (first time), found by the office from then on; version and receipt; state `submitted`; all its copies are
    weighed against the deadline; `intake.receive`; whoever asked by `on_received` is called with a new version.
    """
    require(may_edit_submission(actor, submission) if door == Door.WEB else may_handle_arrivals(actor))
    at = received_at or timezone.now()
    with audited():
        held = _held(submission)
        call = Call.objects.get(pk=held.call_id)
        if not held.takes_versions:
            raise Refused(_("这份申报现在是“%(state)s”，不能再提交。") % {"state": held.get_state_display()})
        if call.state not in TAKES:
            raise Refused(_("这个征集现在不接收申报。"))
        if door == Door.WEB:
            refuse_before_opening(call, at)
        counter = _counter(call)
        _give_number(held, call, counter)
        counter.receipts += 1
        counter.save()
        said = Lateness.IN_MENDING if answers_in_time(held, at) else Lateness.IN_TIME
        version, is_new = _version(held, door, name, digest, size, at, said)
        receipt = Receipt.objects.create(
            number=f"{call.slug.upper()}-R{counter.receipts:05d}", version=version, issued_at=at
        )
        held.changed_at, held.submitted_at = timezone.now(), held.submitted_at or at
        held.state, held.reason = SubmissionState.SUBMITTED, ""
        held.save()
        weigh(held, call)
        version.refresh_from_db()
        _make_searchable(held)
        record(
            actor=actor, action="intake.receive", of=held,
            payload={"number": held.number, "receipt": receipt.number, "door": door, "version": version.index,
                     "digest": digest, "lateness": version.lateness},
        )  # fmt: skip
        for tell in _given:
            tell(receipt, actor)
        for moved in _moved:
            moved(held)
        if is_new:
            for act in _received:
                act(version)
    submission.refresh_from_db()
    return receipt


def receive_paper(*, actor: Actor, submission: Submission, counts_at: datetime) -> Lateness:
    """A paper copy is here. Where it comes first, the submission has arrived by it.

    Args:
        counts_at: the moment that is held against the deadline: of hand delivery, or the end of the postmark's day.

    Returns:
        How this copy stands to the deadline.

    Raises:
        Refused: the call or the submission takes nothing any more.

    Effects: a first copy gives the number, state `submitted`; all copies are weighed against the deadline; `intake.receive_paper`.
    """
    require(may_handle_arrivals(actor))
    with audited():
        held = _held(submission)
        call = Call.objects.get(pk=held.call_id)
        if held.state in (SubmissionState.WITHDRAWN, SubmissionState.REFUSED):
            raise Refused(_("这份申报现在是“%(state)s”，不能再收材料。") % {"state": held.get_state_display()})
        if call.state not in TAKES:
            raise Refused(_("这个征集现在不接收申报。"))
        is_first, answers = held.state == SubmissionState.DRAFT, answers_in_time(held, counts_at)
        if is_first:
            counter = _counter(call)
            _give_number(held, call, counter)
            counter.save()
            held.state, held.submitted_at = SubmissionState.SUBMITTED, counts_at
            held.changed_at = timezone.now()
        if held.paper_at is None or counts_at < held.paper_at:
            held.paper_at, held.paper_lateness = counts_at, Lateness.IN_MENDING if answers else ""
        held.save()
        weigh(held, call)
        said = paper_lateness(held, call, counts_at, Lateness.IN_MENDING if answers else "")
        if is_first:
            _make_searchable(held)
            for moved in _moved:
                moved(held)
        payload = {"number": held.number, "lateness": said}
        record(actor=actor, action="intake.receive_paper", of=held, payload=payload)
    submission.refresh_from_db()
    return said


def paper_taken_back(*, submission: Submission, paper_at: datetime | None) -> None:
    """A paper copy was not of this submission after all. Within the transaction that says so.

    Args:
        paper_at: when the first of those that remain was here, by the time that counts; None without any.

    Effects: the copies that remain are weighed.
    """
    held = _held(submission)
    held.paper_at = paper_at
    held.save(update_fields=["paper_at"])
    weigh(held, Call.objects.get(pk=held.call_id))


def withdraw(*, actor: Actor, submission: Submission, reason: str) -> None:
    """The supplier takes the submission back, alone until it is in review; then the office does, on a written request.

    Raises:
        Refused: in review, by the supplier; without a reason, by the office; something that stands was built on it (a decision).

    Effects: state `withdrawn`; `intake.withdraw` with the reason; 30 days later its single files go, by the job `intake.let_files_go`.
    """
    own = may_edit_submission(actor, submission)
    require(own or may_handle_arrivals(actor))
    if not own and not reason.strip():
        raise Refused(_("请写明报送者的书面请求。"), field="reason")
    with audited():
        _hold_call(submission)
        held = _held(submission)
        if own and held.state == SubmissionState.ACCEPTED:
            raise Refused(_in_review(held))
        _move(actor, submission, SubmissionState.WITHDRAWN, "intake.withdraw", reason)
        come_for_files(WITHDRAWN_KEPT)


def _in_review(held: Submission) -> str:
    """Why the supplier cannot withdraw alone, and whom to ask."""
    contact = held.call.content.contact
    ways = "、".join(way for way in (contact.mail, contact.phone, contact.address) if way)
    told = _("这份申报已进入评审，不能自行撤回。要撤回，请以书面形式联系主办单位")
    return told + (_("：%(ways)s。") % {"ways": ways} if ways else _("。"))


def find_complete(*, actor: Actor, submission: Submission) -> None:
    """The office finds nothing missing."""
    require(may_handle_arrivals(actor))
    _move(actor, submission, SubmissionState.COMPLETE, "intake.complete", "")


def find_incomplete(*, actor: Actor, submission: Submission, reason: str, until: datetime | None = None) -> None:
    """The office asks for what is missing.

    Args:
        reason: what, in words.
        until: the last moment for it; what comes until then is not late. None without a date: whatever comes is not.
    """
    require(may_handle_arrivals(actor))
    if not reason.strip():
        raise Refused(_("请写明要补正什么。"), field="reason")
    with audited():
        Submission.objects.filter(pk=submission.pk).update(mend_until=until)
        _move(actor, submission, SubmissionState.INCOMPLETE, "intake.incomplete", reason)


def take_back_request(*, actor: Actor, submission: Submission) -> None:
    """What the office asked for need not come any more: the submission is as it was before. Effects: state `submitted`; `intake.take_back_request`."""
    require(may_handle_arrivals(actor))
    with audited():
        Submission.objects.filter(pk=submission.pk).update(mend_until=None)
        _move(actor, submission, SubmissionState.SUBMITTED, "intake.take_back_request", "")


def accept(*, actor: Actor, submission: Submission) -> None:
    """Into review.

    Raises:
        Refused: it is late, and nobody accepted that.
    """
    require(may_handle_arrivals(actor))
    with audited():
        _hold_call(submission)
        if _held(submission).is_late:
            raise Refused(_("这份申报逾期。要让它进入评审，请先写明理由，同意接收。"))
        _move(actor, submission, SubmissionState.ACCEPTED, "intake.accept", "")


def refuse(*, actor: Actor, submission: Submission, reason: str) -> None:
    """Not taken, with the reason that the supplier reads."""
    require(may_handle_arrivals(actor))
    if not reason.strip():
        raise Refused(_("请写明不予受理的理由。"), field="reason")
    with audited():
        _hold_call(submission)
        _move(actor, submission, SubmissionState.REFUSED, "intake.refuse", reason)


def _move(actor: Actor, submission: Submission, state: SubmissionState, action: str, reason: str) -> None:
    with audited():
        held = _held(submission)
        if not held.may_become(state):
            words = {"now": held.get_state_display(), "then": state.label}
            raise Refused(_("这份申报现在是“%(now)s”，不能改为“%(then)s”。") % words)
        if held.state == SubmissionState.ACCEPTED:
            for act in _leaving_review:
                act(held)
        held.state, held.reason, held.changed_at = state, reason.strip(), timezone.now()
        held.save(update_fields=["state", "reason", "changed_at"])
        if held.number:
            _make_searchable(held)
        for moved in _moved:
            moved(held)
        record(actor=actor, action=action, of=held, payload={"reason": reason.strip()} if reason else None)
    submission.refresh_from_db()


def weigh_call(call: Call) -> None:
    """Have every copy of a call weighed anew, because its deadline moved. Effects: the job `intake.weigh_call`."""
    enqueue("intake.weigh_call", call=str(call.uuid))


def come_for_files(after: timedelta) -> None:
    """Have files let go when their time is over.

    Effects: the job `intake.let_files_go`, due then.
    """
    enqueue("intake.let_files_go", not_before=timezone.now() + after)


def _hold_call(submission: Submission) -> None:
    """Before a submission comes into review or leaves it: who assigns and decides holds its call, too, and takes it first."""
    Call.objects.select_for_update().get(pk=submission.call_id)


def _held(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _make_searchable(held: Submission) -> None:
    Passage.objects.update_or_create(submission=held, defaults={"text": Passage.text_of(held)})


def _counter(call: Call) -> Counter:
    Counter.objects.get_or_create(call=call)
    return Counter.objects.select_for_update().get(call=call)


def _give_number(held: Submission, call: Call, counter: Counter) -> None:
    if not held.number:
        counter.submissions += 1
        held.number = f"{call.slug.upper()}-{counter.submissions:04d}"


def _version(
    held: Submission, door: Door, name: str, digest: str, size: int, at: datetime, said: Lateness
) -> tuple[Version, bool]:
    last = held.versions.order_by("-index").first()
    if last is not None and last.digest == digest and last.form == held.draft:
        return last, False
    fields: dict[str, Any] = {"door": door, "name": name[-255:], "digest": digest, "size": size}
    index = last.index + 1 if last is not None else 1
    made = Version.objects.create(
        submission=held, index=index, received_at=at, lateness=said, form=held.draft, **fields
    )
    return made, True


def _described(call: Call, title: str, category: str) -> tuple[str, str]:
    title = " ".join(title.split())
    if not title:
        raise Refused(_("请填写课程名称。"), field="title")
    if len(title) > 200:
        raise Refused(_("课程名称最多 200 个字。"), field="title")
    if category not in {known.id for known in call.content.categories}:
        raise Refused(_("请选择这个征集的一个类别。"), field="category")
    return title, category
