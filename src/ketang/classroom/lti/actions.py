"""What an administrator does: enter a platform, change it, switch it on and off, renew our key, have marks sent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ketang.classroom.lti import keys
from ketang.classroom.lti.addresses import LONGEST, is_secure
from ketang.classroom.lti.models import Grade, Platform
from ketang.classroom.lti.permissions import may_keep_platforms
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

MOST_DEPLOYMENTS = 200


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator copies from the other platform."""

    name: str
    issuer: str
    client_id: str
    deployments: Sequence[str]
    auth_url: str
    token_url: str
    keys_url: str


def add(*, actor: Actor, details: Details) -> Platform:
    """Enter a platform.

    Raises:
        Refused: an address that is none or not https, no name, no deployment, the same platform twice.

    Effects: the row; `lti.add_platform`.
    """
    require(may_keep_platforms(actor))
    told = _vetted(details)
    with audited():
        made = _saved(Platform(**told))
        record(actor=actor, action="lti.add_platform", of=made, payload=told)
    return made


def change(*, actor: Actor, platform: Platform, details: Details) -> Platform:
    """Change what is known of a platform; who it is stays once somebody came from it.

    Raises:
        Refused: as `add`; another issuer or client ID where accounts hang on it.

    Effects: the row; `lti.change_platform` with what it was before.
    """
    require(may_keep_platforms(actor))
    told = _vetted(details)
    with audited():
        row = Platform.objects.select_for_update().get(pk=platform.pk)
        before = {name: getattr(row, name) for name in told}
        if row.guests.exists():
            for name in ("issuer", "client_id"):
                if told[name] != before[name]:
                    raise Refused(
                        _("已经有学员从这个平台来，不能改成另一个平台。请另外新增一个，停用这一个。"), field=name
                    )
        for name, value in told.items():
            setattr(row, name, value)
        row.tries, row.again_at, row.trouble = 0, None, ""  # what was wrong may be right now
        _saved(row)
        record(actor=actor, action="lti.change_platform", of=row, payload={"before": before, "after": told})
    return row


def switch(*, actor: Actor, platform: Platform, is_on: bool) -> None:
    """Let people in from a platform, or no longer; marks are sent only while it is on. Effects: the row; `lti.switch_platform`."""
    require(may_keep_platforms(actor))
    with audited():
        if Platform.objects.filter(pk=platform.pk, is_on=not is_on).update(is_on=is_on):
            record(actor=actor, action="lti.switch_platform", of=platform, payload={"is_on": is_on})


def renew_key(*, actor: Actor) -> None:
    """Another key signs from now on. Effects: rows; `lti.renew_key`."""
    require(may_keep_platforms(actor))
    with audited():
        made = keys.renew()
        record(actor=actor, action="lti.renew_key", of=made, payload={"kid": made.kid})


def send_again(*, actor: Actor, platform: Platform) -> int:
    """Marks that the platform refused wait again, and a platform that was away is tried at once. Gives how many. Effects: rows; `lti.send_again`."""
    require(may_keep_platforms(actor))
    with audited():
        count = Grade.objects.filter(link__platform=platform).exclude(refused="").update(refused="", waits=True)
        Platform.objects.filter(pk=platform.pk).update(tries=0, again_at=None, trouble="")
        record(actor=actor, action="lti.send_again", of=platform, payload={"count": count})
    return count


def _saved(row: Platform) -> Platform:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("这个平台已经有了：平台标识和客户端编号都一样。"), field="client_id") from None
    return row


def _vetted(details: Details) -> Mapping[str, str | list[str]]:
    told = {name: value.strip() for name, value in asdict(details).items() if isinstance(value, str)}
    if not told["name"]:
        raise Refused(_("请填写名称，学员会看到它。"), field="name")
    if not told["client_id"]:
        raise Refused(_("请填写客户端编号。它由对方平台生成。"), field="client_id")
    for name in ("issuer", "auth_url", "token_url", "keys_url"):
        _vet_address(name, told[name])
    deployments = list(dict.fromkeys(line.strip() for line in details.deployments if line.strip()))
    if not deployments:
        raise Refused(_("请填写部署编号，每行一个。它由对方平台生成。"), field="deployments")
    if len(deployments) > MOST_DEPLOYMENTS or any(len(one) > 255 for one in deployments):
        raise Refused(_("部署编号太多或者太长。每行写一个。"), field="deployments")
    return told | {"deployments": deployments}


def _vet_address(name: str, address: str) -> None:
    if not address:
        raise Refused(_("请填写地址，从对方平台复制过来。"), field=name)
    if len(address) > LONGEST:
        raise Refused(_("地址太长，请检查是不是多复制了。"), field=name)
    if not is_secure(address):
        raise Refused(_("地址要以 https:// 开头，里面没有空格、密码和 #。请从对方平台完整复制。"), field=name)
