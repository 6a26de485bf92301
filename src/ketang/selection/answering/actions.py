"""Writing answers. As a mail is taken it is answered once, or it is written down why not; further answers are the office's."""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.audit.naming import VISITOR
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.models import Letter
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.answering import words
from ketang.selection.answering.links import MARK, make_link
from ketang.selection.answering.models import AUTOMATIC, Answer, AnswerKind, Unanswered, UploadLink
from ketang.selection.calls.models import Call, CallState
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.selection.ledger.permissions import may_keep_ledger
from ketang.selection.mail.models import Mail, MailArrival

log = logging.getLogger(__name__)

LACKING = frozenset({"links", "nothing", "oversize", "unreadable"})
"""Contents of a mail that is answered by a request."""
WAITS_FOR_SENDER = LACKING - {"nothing"}
"""Where nothing is left to do for the office until the sender has answered. A mail without anything may be a question."""
_REPLY = re.compile(r"^\s*(?:回复|答复|re)\s*[:：]", re.IGNORECASE)
_ID = re.compile(r"[!-;=?-~]{1,250}")


def answer_taken(mail: Mail) -> None:
    """Answer a mail that was just taken, inside its transaction.

    Effects: one `Answer`, with a letter (`outbox.post`) or the reason why there is none; for a request an upload link, and
    the arrivals are `answered` where it is the sender's turn; `answering.answer`. A fault of ours is logged and keeps no mail out.
    """
    try:
        with audited():
            _answer(mail)
    except (OSError, DatabaseError):
        raise
    except Exception:
        log.exception("the mail %s was not answered", mail.uuid)


def _answer(mail: Mail) -> None:
    kind = AnswerKind.REQUEST if mail.contents in LACKING else AnswerKind.RECEIPT
    why = _why_not(mail) or ("" if not _too_many(mail.answer_to) else Unanswered.TOO_MANY)
    if why:
        Answer.objects.create(mail=mail, kind=kind, unanswered=why)
        return
    arrivals = [one.arrival for one in mail.arrivals.select_related("arrival__call").order_by("pk")]
    if kind == AnswerKind.RECEIPT:
        text = words.in_both(lambda: words.receipt_of(mail, arrivals))
        _write(mail, kind, text, key=f"mail:{mail.uuid}")
        return
    link = make_link(mail, arrivals[0])
    text = words.in_both(lambda: words.request_of(mail, arrivals[0], MARK, link.expires_at))
    _write(mail, kind, text, key=f"mail:{mail.uuid}", link=link)
    if mail.contents in WAITS_FOR_SENDER:
        for arrival in arrivals:
            ledger.say_answered(actor=SYSTEM, arrival=arrival, reason=arrival.reason)


def send_receipt(arrival: Arrival) -> None:
    """Send the formal receipt for what came by mail and was entered, inside that transaction. Effects: as `answer_taken`."""
    brought = MailArrival.objects.select_related("mail").filter(arrival=arrival).first()
    receipt = arrival.receipt
    if brought is None or receipt is None:
        return
    why = _why_not(brought.mail)
    if why:
        Answer.objects.create(mail=brought.mail, kind=AnswerKind.FORMAL, unanswered=why)
        return
    text = words.in_both(lambda: words.formal_of(receipt))
    _write(brought.mail, AnswerKind.FORMAL, text, key=f"receipt:{receipt.number}")


def answer_by_hand(*, actor: Actor, arrival: Arrival, text: str, with_link: bool, reason: str = "") -> Answer:
    """The office answers the mail of an arrival in its own words.

    Args:
        with_link: put a fresh upload link below the words.
        reason: why, for the office itself.

    Raises:
        Refused: it came by no mail; no words; the mail is automatic, our own or without an address; nothing leaves this instance.

    Effects: a letter (`outbox.post`); with a link its row, and an arrival that waited is `answered`; `answering.answer`.
    """
    require(may_keep_ledger(actor))
    if not text.strip():
        raise Refused(_("请写明要答复的话。"), field="text")
    brought = MailArrival.objects.select_related("mail").filter(arrival=arrival).first()
    if brought is None:
        raise Refused(_("这一件不是邮件带来的，没有可以答复的地址。"))
    why = _why_not(brought.mail)
    if why:
        raise Refused(str(Unanswered(why).label))
    with audited():
        link = make_link(brought.mail, arrival) if with_link else None
        whole = text.strip() + "\n"
        if link is not None:
            expires_at = link.expires_at
            whole += "\n" + words.in_both(lambda: words.link_words(arrival, MARK, expires_at))
        by = actor if isinstance(actor, Account) else None
        key = f"by-hand:{uuid4()}"
        made = _write(brought.mail, AnswerKind.BY_HAND, whole, key=key, link=link, by=by, reason=reason)
        if link is not None and arrival.state == ArrivalState.UNCLAIMED:
            ledger.say_answered(actor=actor, arrival=arrival, reason=reason or _("已请报送者补交。"))
    return made


def hand_in(*, link: UploadLink, name: str, digest: str, size: int, at: datetime) -> Arrival:
    """Take what was uploaded by a link; its bytes are kept already. From there it goes the way of every arrival.

    Args:
        at: when its last byte was here.

    Raises:
        Refused: the link was used, or its time was over by then.

    Effects: an arrival of the same mail, into which the one that lacked it is merged if it still waits; the link is used;
    `ledger.register`, `ledger.merge`, `answering.hand_in`.
    """
    with override("zh-hans"):  # read by the office, whatever the sender's language
        came, brought = _("报送者用上传链接补交，请核对后归入申报。"), _("报送者已用上传链接补交。")
    with audited():
        held = UploadLink.objects.select_for_update().get(pk=link.pk)
        if held.used_at is not None:
            raise Refused(_("这个链接已经用过了。"))
        if held.expires_at <= at:
            raise Refused(_("这个链接已经过期。"))
        first = Arrival.objects.get(pk=held.arrival_id)
        made = ledger.register(
            actor=SYSTEM, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=at, call=first.call, sender=first.sender,
            supplier=first.supplier, title=first.title, name=name, digest=digest, size=size,
            reason=came,
        )  # fmt: skip
        MailArrival.objects.create(mail_id=held.mail_id, arrival=made)
        if first.may_become(ArrivalState.MERGED) and not first.merged.exists():
            ledger.merge(actor=SYSTEM, arrival=first, into=made, reason=brought)
        held.used_at, held.brought = at, made
        held.save(update_fields=["used_at", "brought"])
        record(actor=VISITOR, action="answering.hand_in", of=held, payload={"number": made.number, "digest": digest})
    link.refresh_from_db()
    return made


def own_addresses() -> frozenset[str]:
    """Addresses that are ours, in lower case: what comes from them is never answered."""
    calls = Call.objects.exclude(state=CallState.DRAFT)
    named = [settings.DEFAULT_FROM_EMAIL, str(settings.SITE["email"]), *(call.content.contact.mail for call in calls)]
    if "://" in settings.IMAP:
        named.append(mailbox_login(settings.IMAP))
    return frozenset(address.casefold() for one in named if (address := parseaddr(one)[1]))


def mailbox_login(address: str) -> str:
    """The login in the address of a mailbox; most are the mailbox's own address."""
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(address).username or "")


def _why_not(mail: Mail) -> Unanswered | None:
    if mail.automatic:
        return Unanswered.AUTOMATIC
    if not mail.answer_to:
        return Unanswered.NO_ADDRESS
    if {mail.answer_to, mail.sender_address.casefold()} & own_addresses():
        return Unanswered.OWN
    return None if can_send() else Unanswered.CANNOT_SEND


def _too_many(address: str) -> bool:
    since = timezone.now() - timedelta(days=1)
    sent = Answer.objects.filter(mail__answer_to=address, kind__in=AUTOMATIC, made_at__gt=since).exclude(letter=None)
    return sent.count() >= int(settings.MAIL_ANSWERS_DAILY)


def _write(
    mail: Mail,
    kind: AnswerKind,
    text: str,
    *,
    key: str,
    link: UploadLink | None = None,
    by: Account | None = None,
    reason: str = "",
) -> Answer:
    """The letter and its row. Without a letter where the address turns out to be none."""
    try:
        letter: Letter | None = post(
            actor=by or SYSTEM, key=key, recipient=mail.answer_to, subject=_subject(mail.subject), text=text,
            headers=_headers(mail, by_hand=by is not None),
        )  # fmt: skip
    except Refused:
        if by is not None:
            raise
        letter = None
    if link is not None:
        link.letter = letter
        link.save(update_fields=["letter"])
    made = Answer.objects.create(
        mail=mail, kind=kind, letter=letter, unanswered="" if letter else Unanswered.NO_ADDRESS, made_by=by
    )
    record(actor=by or SYSTEM, action="answering.answer", of=made, payload={"kind": kind, "reason": reason})
    return made


def _subject(subject: str) -> str:
    bare = " ".join(subject.split())[:200]
    return bare if _REPLY.match(bare) else f"回复：{bare}"


def _headers(mail: Mail, *, by_hand: bool) -> dict[str, str]:
    """Headers of an answer (RFC 5322, section 3.6.4); a machine's says what it is (RFC 3834)."""
    made = {} if by_hand else {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    if _ID.fullmatch(mail.message_id):
        chain = [one for one in mail.references if _ID.fullmatch(one) and one != mail.message_id]
        made["In-Reply-To"] = f"<{mail.message_id}>"
        made["References"] = " ".join(f"<{one}>" for one in (*chain, mail.message_id))
    contact = mail.call.content.contact.mail if mail.call is not None else ""
    return {**made, "Reply-To": contact} if "@" in contact else made
