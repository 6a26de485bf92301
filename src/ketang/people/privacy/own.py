"""The share of `people` itself: account, addresses, memberships, roles, consents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.consent.models import Consent
from ketang.people.invitation.models import Invitation
from ketang.people.organisation.models import Membership, Organisation, OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.people.role.models import Appointment
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.naming import actor_key
from ketang.platform.audit.queries import history


def export(account: Account) -> Mapping[str, Any]:
    """Everything `people` knows of the account; secrets (password, seeds) are no data about a person and stay out."""
    memberships = Membership.objects.filter(account=account).select_related("organisation")
    consents = Consent.objects.filter(account=account).select_related("text")
    acts = AuditEntry.objects.filter(actor=actor_key(account))
    return {
        "account": {
            "uuid": account.uuid, "login": account.login, "name": account.name, "email": account.email,
            "joined_at": account.joined_at, "last_login": account.last_login,
        },
        "addresses": list(EmailAddress.objects.filter(user=account).values("email", "verified", "primary")),
        "second_factors": list(Authenticator.objects.filter(user=account).values("type", "created_at", "last_used_at")),
        "memberships": [
            {
                "organisation": row.organisation.name, "credit_code": row.organisation.credit_code, "manages": row.manages,
                "joined_at": row.joined_at, "left_at": row.left_at,
            }
            for row in memberships
        ],
        "appointments": list(Appointment.objects.filter(account=account).values("role", "appointed_at", "ended_at")),
        "consents": [
            {
                "purpose": row.text.purpose, "language": row.text.language, "text": row.text.text, "digest": row.text_id,
                "given_at": row.given_at, "withdrawn_at": row.withdrawn_at,
            }
            for row in consents
        ],
        "acts": [_act(entry) for entry in acts],
        "done_to_me": [_act(entry) for entry in history(account)],
    }  # fmt: skip


def _act(entry: AuditEntry) -> dict[str, Any]:
    return {"number": entry.number, "at": entry.at, "action": entry.action, "details": entry.details}


def erase(account: Account) -> Sequence[Kept]:
    """The account can no longer sign in and names nobody; memberships and roles end; what a person registered is renamed."""
    now = timezone.now()
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    own = Organisation.objects.filter(kind=OrganisationKind.PERSON, memberships__account=account)
    Organisation.objects.filter(pk__in=own.values("pk")).update(name=str(_("已注销")))
    Membership.current.filter(account=account).update(left_at=now)
    Appointment.objects.filter(account=account, ended_at=None).update(ended_at=now)
    Consent.objects.filter(account=account, withdrawn_at=None).update(withdrawn_at=now)
    Invitation.objects.filter(accepted_by=account).update(email="")
    account.login, account.email, account.name = f"erased-{account.uuid}", "", ""
    account.is_active, account.erased_at, account.known_roles = False, now, None
    account.set_unusable_password()
    account.save()
    return [Kept(_("操作记录的时间、操作和编号（不含姓名和内容）"), _("操作记录须完整，供核查。"))]


SHARE = Share(applet="people", export=export, erase=erase)
