"""A launch from the platform's click to the course: begun, answered, gone on with, entered."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from ketang.classroom.catalogue.models import Course
from ketang.classroom.lti.addresses import is_loopback, is_secure
from ketang.classroom.lti.models import (
    CHOOSING_HOURS,
    LAUNCH_MINUTES,
    LOGIN_BEGINS,
    Grade,
    Guest,
    Launch,
    Platform,
    ResourceLink,
)
from ketang.classroom.lti.queries import consent_text, guest_of, ours
from ketang.classroom.lti.refusing import NotLetIn, Why
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent, withdraw_consent
from ketang.people.consent.models import Purpose
from ketang.people.role.models import Role
from ketang.people.role.queries import roles_of
from ketang.platform.audit.actions import audited, record

ASKED = ("iss", "client_id", "login_hint", "lti_message_hint", "target_link_uri", "lti_deployment_id")
LONGEST_ID = 255
LOGIN_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Started:
    """A launch that began: where the browser goes, and the cookie by which it is known again."""

    address: str
    cookie: str
    secret: str


def begin(told: Mapping[str, str]) -> Started:
    """Answer a platform's login. Raises NotLetIn. Effects: the launch."""
    from ketang.classroom.lti import library

    begun = library.begin({name: told.get(name, "") for name in ASKED}, ours().launch)
    secret = secrets.token_urlsafe(32)
    made = Launch.objects.create(
        platform=begun.platform, state=_digest(begun.state), browser=_digest(secret), nonce=begun.nonce
    )
    return Started(begun.address, cookie_of(made), secret)


def cookie_of(launch: Launch) -> str:
    """The name of its cookie: each tab has its own."""
    return f"lti-{launch.uuid.hex[:16]}"


def platform_of(told: Mapping[str, str]) -> Platform | None:
    """Whose request this seems to be, to let its pages frame our words; nothing is believed of it."""
    launch = Launch.objects.filter(state=_digest(told.get("state", ""))).select_related("platform").first()
    if launch is not None:
        return launch.platform
    return Platform.objects.filter(issuer=told.get("iss", "")).first()


def accept(told: Mapping[str, str]) -> tuple[Launch, str]:
    """What the platform brings back for a launch: checked, and kept for the minutes until it is gone on with. Gives the secret of its address.

    A state is used up by the first that brings it, whatever comes of it. Raises NotLetIn. Effects: the launch.
    """
    from ketang.classroom.lti import library

    since = timezone.now() - timedelta(minutes=LAUNCH_MINUTES)
    found = Launch.objects.filter(state=_digest(told.get("state", "")), used_at=None, made_at__gte=since)
    if not found.update(used_at=timezone.now()):
        raise NotLetIn(Why.STATE)
    launch = Launch.objects.select_related("platform").get(state=_digest(told["state"]))
    if told.get("error"):
        raise NotLetIn(Why.PLATFORM, f"{told['error']} {told.get('error_description', '')}".strip(), status=403)
    signed = library.read(launch, told)
    _vet_storable(signed.claims)
    message = _choosing(signed) if signed.chooses else _opening(launch.platform, signed)
    ticket = secrets.token_urlsafe(32)
    launch.message, launch.ticket = message, _digest(ticket)
    launch.save(update_fields=["message", "ticket"])
    return launch, ticket


def opened(ticket: str, *, choosing: bool) -> Launch:
    """The launch of an address. Raises NotLetIn: there is none, it is over, or its time is."""
    launch = Launch.objects.select_related("platform").filter(ticket=_digest(ticket), done_at=None).first()
    if launch is None or launch.is_late or bool(launch.message.get("choosing")) != choosing:
        raise NotLetIn(Why.STATE)
    if not launch.platform.is_on:
        raise NotLetIn(Why.OFF, status=403)
    return launch


def is_same_browser(launch: Launch, secret: str) -> bool:
    """Whether the browser is the one in which the launch began."""
    return hmac.compare_digest(launch.browser, _digest(secret))


def course_of(launch: Launch) -> Course | None:
    """The course that is to be opened, whether it is public or not; None where nobody has chosen one."""
    asked = launch.message.get("course", "")
    if asked:
        return Course.objects.filter(uuid=asked).first()
    link = ResourceLink.objects.filter(**_link(launch)).select_related("course").first()
    return link.course if link is not None else None


def vet(account: Account) -> None:
    """Whether a platform may let somebody in as this account. Raises NotLetIn: it is closed, or works here too: a platform gives no such rights."""
    if not account.is_active:
        raise NotLetIn(Why.ACCOUNT, status=403)
    if roles_of(account) != frozenset({Role.LEARNER}):
        raise NotLetIn(Why.WORKS, status=403)


def enter(launch: Launch, *, language: str, agreed: bool = False) -> Account:
    """Come in: with the account of this person in this platform, which is made the first time. The launch is over.

    `agreed`: marks may go back to the platform from now on; what was agreed before stands.

    Raises:
        NotLetIn: the launch is over, or the account is closed or works here.

    Effects: account and guest, where they are new; the place in the platform; the consent; `lti.come`, `lti.enter`.
    """
    with audited():
        mine = Launch.objects.select_for_update().select_related("platform").get(pk=launch.pk)
        course = course_of(mine)
        if mine.done_at is not None or course is None:
            raise NotLetIn(Why.STATE)
        guest = guest_of(mine.platform, mine.message["sub"]) or _come(mine)
        vet(guest.account)
        link = _placed(mine, course)
        if mine.message["learns"]:
            Grade.objects.get_or_create(guest=guest, link=link)
        if agreed:
            text = consent_text(mine.platform)
            give_consent(account=guest.account, purpose=Purpose.PLATFORM, language=language, text=text)
        mine.message, mine.done_at = {}, timezone.now()
        mine.save(update_fields=["message", "done_at"])
        payload = {"platform": str(mine.platform.uuid), "course": str(course.uuid)}
        record(actor=guest.account, action="lti.enter", of=guest.account, payload=payload)
    return guest.account


def agree(*, account: Account, language: str, agreed: bool) -> None:
    """Say whether one's marks go back to the platform one came from. Taking it back leaves what waits unsent.

    Effects: the consent; rows; `people.give_consent` or `people.withdraw_consent`.
    """
    guest = Guest.objects.select_related("platform").get(account=account)
    with audited():
        if agreed:
            text = consent_text(guest.platform)
            give_consent(account=account, purpose=Purpose.PLATFORM, language=language, text=text)
        else:
            withdraw_consent(account=account, purpose=Purpose.PLATFORM)
            Grade.objects.filter(guest=guest, waits=True).update(waits=False, seen=0)


def forget() -> int:
    """Launches whose time is over go. Gives how many. Effects: rows."""
    before = timezone.now() - timedelta(hours=CHOOSING_HOURS)
    return Launch.objects.filter(made_at__lt=before).delete()[0]


def _come(launch: Launch) -> Guest:
    try:
        with transaction.atomic():
            account = Account(login=_login(), name=launch.message.get("name", ""))
            account.set_unusable_password()
            account.save()
            guest = Guest.objects.create(platform=launch.platform, sub=launch.message["sub"], account=account)
    except IntegrityError:  # two tabs at once: the other's stands
        found = guest_of(launch.platform, launch.message["sub"])
        if found is None:
            raise
        return found
    record(actor=account, action="lti.come", of=account, payload={"platform": str(launch.platform.uuid)})
    return guest


def _login() -> str:
    return LOGIN_BEGINS + get_random_string(LOGIN_SIGNS, "0123456789abcdefghjkmnpqrstuvwxyz")


def _placed(launch: Launch, course: Course) -> ResourceLink:
    """The place as this launch tells of it; marks for another course or another line are told anew."""
    line = launch.message["lineitem"]
    link, new = ResourceLink.objects.select_for_update().get_or_create(
        **_link(launch), defaults={"course": course, "lineitem": line}
    )
    if not new and (link.course_id != course.pk or link.lineitem != line):
        if link.course_id != course.pk:
            link.grades.update(seen=0)
        if line and link.lineitem != line:
            link.grades.filter(points__isnull=False).update(waits=True, refused="")
        link.course, link.lineitem = course, line
        link.save()
    return link


def _link(launch: Launch) -> dict[str, Any]:
    message = launch.message
    return {"platform": launch.platform, "deployment": message["deployment"], "link": message["link"]}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _opening(platform: Platform, signed: Any) -> dict[str, Any]:
    from ketang.classroom.lti.library import CLAIM, ENDPOINT, SCORES

    claims = signed.claims
    link, sub = str(claims[f"{CLAIM}resource_link"]["id"]), str(claims["sub"])
    if len(link) > LONGEST_ID or len(sub) > LONGEST_ID:
        raise NotLetIn(Why.MESSAGE, "sub, resource_link")
    endpoint = _object(claims.get(ENDPOINT))
    line = str(endpoint.get("lineitem") or "") if SCORES in (endpoint.get("scope") or ()) else ""
    return {
        "sub": sub, "name": _name(claims), "learns": signed.learns, "link": link,
        "deployment": str(claims[f"{CLAIM}deployment_id"]),
        "course": _asked_course(claims), "lineitem": line if _may_be_called(platform, line) else "",
    }  # fmt: skip


def _choosing(signed: Any) -> dict[str, Any]:
    from ketang.classroom.lti.library import CLAIM, DEEP_LINKING

    if not signed.teaches:
        raise NotLetIn(Why.ROLE, status=403)
    settings = signed.claims[DEEP_LINKING]
    if not is_secure(str(settings.get("deep_link_return_url") or "")):
        raise NotLetIn(Why.RETURN, str(settings.get("deep_link_return_url")))
    return {"choosing": True, "deployment": str(signed.claims[f"{CLAIM}deployment_id"]), "settings": settings}


def _vet_storable(claims: Mapping[str, Any]) -> None:
    """Words that no database keeps are no message."""
    try:
        told = json.dumps(claims, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotLetIn(Why.MESSAGE, "not Unicode") from None
    if b"\\u0000" in told:
        raise NotLetIn(Why.MESSAGE, "NUL")


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(claims: Mapping[str, Any]) -> str:
    name = claims.get("name") or " ".join(str(claims.get(one) or "") for one in ("given_name", "family_name"))
    return " ".join(str(name).split())[:100]


def _may_be_called(platform: Platform, address: str) -> bool:
    """Marks go over https; to this very machine only for a platform that is on it."""
    return 0 < len(address) <= 1000 and is_secure(address) and (
        not is_loopback(address) or is_loopback(platform.token_url)
    )  # fmt: skip


def _asked_course(claims: Mapping[str, Any]) -> str:
    """The course that was chosen for the place, else the one whose address stands there."""
    from ketang.classroom.lti.library import CLAIM

    custom = _object(claims.get(f"{CLAIM}custom"))
    address = str(claims.get(f"{CLAIM}target_link_uri") or "")
    of_address = address.split("/courses/")[1].split("/")[0].split("?")[0] if "/courses/" in address else ""
    for asked in (str(custom.get("course") or ""), of_address):
        try:
            return str(UUID(asked))
        except ValueError:
            continue
    return ""
