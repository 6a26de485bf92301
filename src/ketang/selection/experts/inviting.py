"""An expert of the pool comes to an account: by a link that leaves by mail, or is shown once."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.invitation.actions import invite_to_role, revoke_invitation
from ketang.people.invitation.models import Invitation, InvitationState
from ketang.people.invitation.queries import token_of
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.models import Letter
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.answering.words import in_both
from ketang.selection.experts.models import Expert
from ketang.selection.experts.permissions import may_keep_experts

MARK = "[[expert-invitation]]"
"""Stands in the kept text of a letter where the link stands in the letter that leaves."""
_KEY = "expert-invitation:"


def invite(*, actor: Actor, expert: Expert, by_mail: bool) -> str:
    """Give an expert a link by which they come to an account, or link the one they have.

    Args:
        by_mail: it leaves by mail; otherwise it is shown once.

    Returns:
        The link's address, empty where it leaves by mail.

    Raises:
        Refused: the expert left or has an account; no address, or nothing leaves this instance.

    Effects: the invitation, the one before revoked; a letter; `experts.invite`.
    """
    require(may_keep_experts(actor))
    if by_mail and not (expert.mail and can_send()):
        raise Refused(_("没有邮箱，或者系统没有设置发信服务器。请改用“显示链接”。"))
    with audited():
        held = Expert.objects.select_for_update(of=("self",)).select_related("invitation").get(pk=expert.pk)
        if held.left_at is not None or held.account_id is not None:
            raise Refused(_("这位专家已经出库，或者已经有账号。"))
        if held.invitation is not None and held.invitation.state == InvitationState.OPEN:
            revoke_invitation(actor=actor, invitation=held.invitation)
        sent = invite_to_role(actor=actor, role=Role.EXPERT, email=held.mail, by_letter=by_mail)
        held.invitation = sent.invitation
        held.save(update_fields=["invitation"])
        record(actor=actor, action="experts.invite", of=held, payload={"by_mail": by_mail})
        if by_mail:
            _write(held, sent.invitation)
    expert.refresh_from_db()
    return "" if by_mail else _address(sent.token)


def address_in(letter: Letter) -> str:
    """The address that stands in a letter as it leaves; empty when the invitation does not work any more."""
    key = letter.key.removeprefix(_KEY)
    found = Invitation.objects.filter(uuid=key).first() if key != letter.key else None
    return _address(token_of(found)) if found is not None and found.state == InvitationState.OPEN else ""


def link_account(invitation: Invitation, account: Account) -> None:
    """An accepted invitation of an expert makes the account theirs.

    Raises:
        Refused: the account is another expert's.

    Effects: the row; `experts.link_account`.
    """
    held = Expert.objects.select_for_update().filter(invitation=invitation).first()
    if held is None:
        return
    if Expert.objects.filter(account=account).exclude(pk=held.pk).exists():
        raise Refused(_("这个账号已经是另一位专家的，请用自己的账号登录后再接受。"))
    held.account = account
    held.save(update_fields=["account"])
    record(actor=account, action="experts.link_account", of=held)


def _write(expert: Expert, invitation: Invitation) -> None:
    text = in_both(
        lambda: "\n".join(
            [
                _("%(name)s：") % {"name": expert.name}, "",
                _("邀请您作为评审专家参加网络课程资源的评审。请打开下面的链接，注册或登录后接受邀请："), MARK, "",
                _("链接在 %(until)s 以前有效，只能用一次，请不要转发。") % {"until": f"{invitation.expires_at:%Y-%m-%d}"},
            ]
        )
    )  # fmt: skip
    with override("zh-hans"):
        subject = _("评审专家邀请")
    post(actor=SYSTEM, key=f"{_KEY}{invitation.uuid}", recipient=expert.mail, subject=subject, text=text)


def _address(token: str) -> str:
    return f"{settings.LETTER_ORIGIN}{reverse('invitation', args=[token])}"
