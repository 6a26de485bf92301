"""Giving out a person's data, and erasing it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.permissions import may_erase, may_export, require
from ketang.people.privacy.registry import Kept, shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holders, holds
from ketang.platform.audit.actions import audited, erase_payload, record
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.naming import actor_key, key_of
from ketang.platform.refusal import Refused


def export_personal_data(*, actor: Actor, account: Account) -> bytes:
    """A zip with one JSON file a subject, by applet. Effects: audit `people.export`."""
    require(may_export(actor, account))
    whole = io.BytesIO()
    with audited(), zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        record(actor=actor, action="people.export", of=account)
        for share in shares():
            for name, content in share.export(account).items():
                text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                archive.writestr(f"{share.applet}/{name}.json", text)
    return whole.getvalue()


def erase_account(*, actor: Actor, account: Account, reason: str) -> Sequence[Kept]:
    """Close an account and erase the person's data; what must be kept is returned with its ground.

    Effects: every applet erases its share; the contents of audit rows about the account or by it are erased, the rows stay;
    audit `people.erase`. Refused: the last administrator.
    """
    require(may_erase(actor, account))
    kept: list[Kept] = []
    with audited():
        if holds(account, Role.ADMINISTRATOR) and not holders(Role.ADMINISTRATOR).exclude(pk=account.pk).exists():
            raise Refused(_("这是最后一位系统管理员，请先任命另一位。"))
        for share in shares():
            if share.first is not None:
                share.first(account)
        for share in shares():
            kept += share.erase(account)
        theirs = Q(object_kind=account._meta.label_lower, object_key=key_of(account)) | Q(actor=actor_key(account))
        for number in AuditEntry.objects.filter(theirs, payload__isnull=False).values_list("number", flat=True):
            erase_payload(number=number, actor=actor, reason=reason)
        record(actor=actor, action="people.erase", of=account)
    return kept
