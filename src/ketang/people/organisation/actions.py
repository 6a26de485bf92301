"""Registering units and persons, and what their members do among themselves."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kebao.identity import credit_code as credit_codes
from ketang.people.account.models import Account
from ketang.people.organisation.models import RECOMMENDING, Membership, Organisation, OrganisationKind
from ketang.people.organisation.queries import SUPPLYING
from ketang.people.permissions import (
    may_manage_organisation,
    may_register_centre,
    may_register_organisation,
    may_register_recommender,
    may_register_supplier,
    require,
)
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused


def register_organisation(*, actor: Actor, kind: OrganisationKind, name: str, credit_code: str = "") -> Organisation:
    """A supplier registers: a unit with its credit code, or a person in their own name.

    Effects: the organisation; the actor's membership as its manager; audit `people.register_organisation`.
    Refused: an empty name, a wrong credit code, a code already registered, a second registration as a person.
    """
    require(may_register_organisation(actor))
    if kind not in SUPPLYING:
        raise Refused(_("推荐单位和培训中心由主办单位登记。"), field="kind")
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    with audited():
        standing = Membership.current.filter(account=actor, organisation__kind=OrganisationKind.PERSON)
        if kind == OrganisationKind.PERSON and standing.exists():
            raise Refused(_("您已经以个人身份登记过。"), field="kind")
        organisation = _create(actor, kind, name, credit_code)
        _join(actor, organisation, manages=True)
    return organisation


def register_recommender(*, actor: Actor, kind: OrganisationKind, name: str, credit_code: str = "") -> Organisation:
    """The office registers a recommending body; its people come by invitation.

    Effects: the organisation; audit `people.register_organisation`.
    """
    require(may_register_recommender(actor))
    if kind not in RECOMMENDING:
        raise Refused(_("请选择推荐单位的种类。"), field="kind")
    with audited():
        return _create(actor, kind, name, credit_code)


def register_centre(*, actor: Actor, name: str) -> Organisation:
    """The office registers a training centre; its people come by invitation.

    Effects: the organisation; audit `people.register_organisation`. Refused: an empty name.
    """
    require(may_register_centre(actor))
    with audited():
        return _create(actor, OrganisationKind.CENTRE, name, "")


def register_supplier(*, actor: Actor, kind: OrganisationKind, name: str) -> Organisation:
    """The office registers a supplier whose package came by mail or parcel; it has no members yet, and its credit code is not known.

    Effects: the organisation; audit `people.register_organisation`.
    """
    require(may_register_supplier(actor))
    if kind not in SUPPLYING:
        raise Refused(_("推荐单位和培训中心不能作为报送者，请选择单位或个人。"), field="kind")
    name = " ".join(name.split())
    if not name:
        raise Refused(_("请填写名称。"), field="supplier")
    with audited():
        made = Organisation.objects.create(kind=kind, name=name)
        record(
            actor=actor, action="people.register_organisation", of=made,
            payload={"kind": kind, "name": name, "credit_code": ""},
        )  # fmt: skip
    return made


def _create(actor: Actor, kind: OrganisationKind, name: str, credit_code: str) -> Organisation:
    name, code = " ".join(name.split()), _clean_code(kind, credit_code)
    if not name:
        raise Refused(_("请填写名称。"), field="name")
    if code and Organisation.objects.filter(credit_code=code).exists():
        raise Refused(_("这个单位已经登记过，请让其管理员邀请您加入。"), field="credit_code")
    organisation = Organisation.objects.create(kind=kind, name=name, credit_code=code)
    record(
        actor=actor, action="people.register_organisation", of=organisation,
        payload={"kind": kind, "name": name, "credit_code": code},
    )  # fmt: skip
    return organisation


def _clean_code(kind: OrganisationKind, code: str) -> str:
    """The code as it is kept; a unit must have one, a person has none, a recommending body may."""
    typed = "".join(code.split()).upper()
    if kind == OrganisationKind.PERSON:
        return ""
    if not typed and kind not in SUPPLYING:
        return ""
    if fault := credit_codes.fault(typed):
        raise Refused(fault.en if get_language() == "en" else fault.zh, field="credit_code")
    return typed


def add_member(
    *, invited_by: Actor | None, account: Account, organisation: Organisation, manages: bool = False
) -> Membership:
    """Make the account a member, as an accepted invitation says. Effects: a current membership; audit `people.join`."""
    with audited():
        return _join(account, organisation, manages=manages, invited_by=invited_by)


def _join(
    account: Account, organisation: Organisation, *, manages: bool, invited_by: Actor | None = None
) -> Membership:
    if organisation.kind == OrganisationKind.PERSON and Membership.current.filter(organisation=organisation).exists():
        raise Refused(_("以个人身份登记的报送者不能再加成员。"))
    found, new = Membership.current.get_or_create(
        account=account, organisation=organisation, defaults={"manages": manages}
    )
    if new:
        by = str(invited_by.uuid) if isinstance(invited_by, Account) else ""
        record(
            actor=account, action="people.join", of=organisation,
            payload={"account": str(account.uuid), "manages": manages, "invited_by": by},
        )  # fmt: skip
    account.known_roles = None
    return found


def remove_member(*, actor: Actor, account: Account, organisation: Organisation) -> None:
    """End a membership; everybody may leave. Effects: `left_at` is now; audit `people.leave`. The last manager stays."""
    require(actor == account or may_manage_organisation(actor, organisation))
    with audited():
        standing = Membership.current.select_for_update().filter(organisation=organisation)
        others = standing.exclude(account=account)
        if others.exists() and not others.filter(manages=True).exists():
            raise Refused(_("这是最后一位管理员，请先让另一位成员管理。"))
        if standing.filter(account=account).update(left_at=timezone.now()):
            record(actor=actor, action="people.leave", of=organisation, payload={"account": str(account.uuid)})
    account.known_roles = None


def set_manager(*, actor: Actor, account: Account, organisation: Organisation, manages: bool) -> None:
    """Let a member manage, or no longer. Effects: the membership's mark; audit `people.set_manager`. The last manager stays."""
    require(may_manage_organisation(actor, organisation))
    with audited():
        standing = Membership.current.select_for_update().filter(organisation=organisation)
        if not manages and not standing.exclude(account=account).filter(manages=True).exists():
            raise Refused(_("这是最后一位管理员，请先让另一位成员管理。"))
        if not standing.filter(account=account).update(manages=manages):
            raise Refused(_("这个账号不是成员。"))
        record(
            actor=actor, action="people.set_manager", of=organisation,
            payload={"account": str(account.uuid), "manages": manages},
        )  # fmt: skip
