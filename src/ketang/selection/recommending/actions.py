"""The office's part: registering recommending bodies, giving and ending their links; and opening a link."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_recommender
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.answering.words import in_both
from ketang.selection.calls.models import Call
from ketang.selection.recommending.links import MARK, address_of, make_link, new_key
from ketang.selection.recommending.models import Recommender, RecommenderLink
from ketang.selection.recommending.permissions import may_keep_recommenders
from ketang.selection.recommending.words import link_words

AGAIN_DAILY = 3
"""New links that a body may send itself in 24 hours."""


def register(
    *, actor: Actor, call: Call, kind: OrganisationKind, name: str, mail: str = "", phone: str = ""
) -> Recommender:
    """Register a recommending body for a call; one of that kind and name is known from call to call.

    Raises:
        Refused: no name or kind; registered for this call already; an address that is none.

    Effects: the row; those of `register_recommender` where the body was not known; `recommending.register`.
    """
    require(may_keep_recommenders(actor))
    mail, phone = _contact(mail, phone)
    name = " ".join(name.split())
    try:
        with audited():
            known = Organisation.objects.filter(kind=kind, name=name).order_by("pk").first()
            body = known or register_recommender(actor=actor, kind=kind, name=name)
            with transaction.atomic():
                made = Recommender.objects.create(
                    call=call, organisation=body, mail=mail, phone=phone,
                    registered_by=actor if isinstance(actor, Account) else None,
                )  # fmt: skip
            record(actor=actor, action="recommending.register", of=made, payload={"organisation": str(body.uuid)})
    except IntegrityError:
        raise Refused(_("“%(name)s”已经登记为这个征集的推荐单位。") % {"name": name}, field="name") from None
    return made


def change_contact(*, actor: Actor, recommender: Recommender, mail: str, phone: str) -> None:
    """Change mail and telephone.

    Raises:
        Refused: an address that is none.

    Effects: the row; `recommending.change_contact` (without both, which are personal) when something changed. A link that was
    sent to another address has ended: who reads the old box shall not act any more.
    """
    require(may_keep_recommenders(actor))
    mail, phone = _contact(mail, phone)
    with audited():
        held = _held(recommender)
        if (held.mail, held.phone) == (mail, phone):
            return
        other = held.mail != mail
        held.mail, held.phone = mail, phone
        held.save(update_fields=["mail", "phone"])
        if other:
            held.links.filter(ended_at=None).exclude(letter=None).update(ended_at=timezone.now())
        record(actor=actor, action="recommending.change_contact", of=held, payload={"mail_changed": other})
    recommender.refresh_from_db()


def send_link(*, actor: Actor, recommender: Recommender) -> RecommenderLink:
    """Send a fresh link to the body's address.

    Raises:
        Refused: it has no address; nothing leaves this instance.

    Effects: the link, the one before ended; a letter (`outbox.post`); `recommending.send_link`.
    """
    require(may_keep_recommenders(actor))
    if not recommender.mail:
        raise Refused(_("还没有登记联系邮箱。请先填邮箱，或者改用“显示链接”。"))
    if not can_send():
        raise Refused(_("系统没有设置发信服务器，信发不出去。请改用“显示链接”，当面或通过电话交给对方。"))
    with audited():
        return _send(_held(recommender), actor)


def show_link(*, actor: Actor, recommender: Recommender) -> str:
    """A fresh link to be handed over by hand. Returns its address, which cannot be shown again.

    Effects: the link, the one before ended; `recommending.show_link`.
    """
    require(may_keep_recommenders(actor))
    with audited():
        link, token = make_link(_held(recommender), actor if isinstance(actor, Account) else None)
        record(actor=actor, action="recommending.show_link", of=recommender, payload={"link": str(link.uuid)})
    return address_of(token)


def end_link(*, actor: Actor, recommender: Recommender) -> None:
    """End the link that works. Effects: its row; `recommending.end_link`. Nothing without one."""
    require(may_keep_recommenders(actor))
    with audited():
        held = _held(recommender)
        if held.links.filter(ended_at=None).update(ended_at=timezone.now()):
            record(actor=actor, action="recommending.end_link", of=held)


def open_link(*, link: RecommenderLink) -> str:
    """A browser opens a link for the first time, by a button: programs that look at links in mails press none.

    Returns:
        The key that the browser keeps; without it the link opens nothing any more.

    Raises:
        Refused: it was opened already, has ended or run out.

    Effects: the row; `recommending.open_link` by the body.
    """
    with audited():
        held = RecommenderLink.objects.select_for_update().get(pk=link.pk)
        if held.holder or not held.works:
            raise Refused(_("这个链接不能用了。"))
        key, held.holder = new_key()
        held.opened_at = timezone.now()
        held.save(update_fields=["holder", "opened_at"])
        record(
            actor=link.recommender,
            action="recommending.open_link",
            of=link.recommender,
            payload={"link": str(held.uuid)},
        )
    return key


def send_again(*, link: RecommenderLink) -> bool:
    """Whoever has a link that is used up or has run out has a new one sent to the address that is registered, and nowhere else.

    Returns:
        Whether one was sent. It is not for a link that the office ended, without an address, or the fourth time in a day: the
        page says the same in any case.

    Effects: those of `send_link`, by the body.
    """
    with audited():
        held = _held(link.recommender)
        newest = held.links.order_by("-id").first()
        is_ended = newest is None or newest.ended_at is not None
        since = timezone.now() - timedelta(days=1)
        lately = held.links.filter(made_at__gt=since, made_by=None).count()
        if is_ended or not held.mail or not can_send() or lately >= AGAIN_DAILY:
            return False
        _send(held, held)
    return True


def _send(held: Recommender, actor: Actor | Recommender) -> RecommenderLink:
    link, _token = make_link(held, actor if isinstance(actor, Account) else None)
    text = in_both(lambda: link_words(link, MARK))
    with override("zh-hans"):
        subject = _("%(title)s：推荐单位的链接") % {"title": held.call.title}
    link.letter = post(actor=SYSTEM, key=f"recommender:{link.uuid}", recipient=held.mail, subject=subject, text=text)
    link.save(update_fields=["letter"])
    record(actor=actor, action="recommending.send_link", of=held, payload={"link": str(link.uuid)})
    return link


def _held(recommender: Recommender) -> Recommender:
    """The row, locked: one after another writes to what is a body's."""
    found = Recommender.objects.select_for_update(of=("self",)).select_related("organisation", "call")
    return found.get(pk=recommender.pk)


def _contact(mail: str, phone: str) -> tuple[str, str]:
    mail, phone = mail.strip(), " ".join(phone.split())
    try:
        if mail:
            validate_email(mail)
    except ValidationError:
        raise Refused(_("邮箱地址写错了，请照 name@example.com 的样子填写。"), field="mail") from None
    if len(phone) > 40:
        raise Refused(_("电话最多 40 个字。"), field="phone")
    return mail, phone
