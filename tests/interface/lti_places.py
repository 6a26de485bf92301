"""Another learning platform of the suite's instance: a guest of it with a mark that was refused, and launches that stay open for decades."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

GO, KNOWN, NOWHERE, CHOOSE = "go" * 16, "known" * 6, "nowhere" * 4, "choose" * 5
"""Secrets of addresses."""
MOMENT = datetime(2026, 3, 6, 2, 30, tzinfo=UTC)


def platform(people: Any) -> str:
    """It, with somebody who came and whose mark was refused. That somebody signs in as `guest`."""
    from interface.places import _course
    from ketang.classroom.lti.models import Grade, Guest, Platform, ResourceLink
    from ketang.people.account.actions import open_by_command

    if (standing := Platform.objects.first()) is not None:
        return str(standing.uuid)
    made = Platform.objects.create(
        name="示例职业学院网络课堂", issuer="https://lms.example.org", client_id="kT3x9", deployments=["1"],
        auth_url="https://lms.example.org/mod/lti/auth.php", token_url="https://lms.example.org/mod/lti/token.php",
        keys_url="https://lms.example.org/mod/lti/certs.php", made_at=MOMENT, tries=3, again_at=datetime(2099, 1, 1, tzinfo=UTC),
        trouble="503 Service Unavailable",
    )  # fmt: skip
    people["guest"] = open_by_command(login="lti-7fq2", name="示例学员庚").account
    guest = Guest.objects.create(platform=made, sub="4711", account=people["guest"], made_at=MOMENT)
    line = "https://lms.example.org/mod/lti/services.php/2/lineitems/9/lineitem"
    link = ResourceLink.objects.create(platform=made, deployment="1", link="31", course=_course(people), lineitem=line)
    Grade.objects.create(guest=guest, link=link, points=Decimal("82.50"), at=MOMENT, refused="403 grades are locked")
    return str(made.uuid)


def lti_go(people: Any) -> str:
    """The address of a first launch."""
    return _launch(people, GO, sub="5011", name="示例学员辛", learns=True, link="31", lineitem="")


def lti_known(people: Any) -> str:
    """The address of a launch of somebody known."""
    return _launch(people, KNOWN, sub="4711", name="示例学员庚", learns=True, link="31", lineitem="")


def lti_nowhere(people: Any) -> str:
    """The address of a launch for which nobody has chosen a course."""
    return _launch(people, NOWHERE, sub="5011", name="", learns=True, link="32", lineitem="")


def lti_choose(people: Any) -> str:
    """The address of a teacher who chooses, with one course on the list."""
    from interface.places import _course
    from ketang.classroom.lti.models import Launch

    asked = {"deep_link_return_url": "https://lms.example.org/mod/lti/contentitem_return.php", "accept_multiple": True}
    ticket = _launch(people, CHOOSE, choosing=True, settings=asked)
    Launch.objects.filter(message__choosing=True).update(chosen=[str(_course(people).uuid)])
    return ticket


def _launch(people: Any, ticket: str, **message: Any) -> str:
    from ketang.classroom.lti.models import Launch, Platform

    def digest(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    Launch.objects.create(
        platform=Platform.objects.get(uuid=platform(people)), state=digest(f"state {ticket}"), browser=digest(f"browser {ticket}"),
        nonce=ticket, ticket=digest(ticket), message={"deployment": "1", "course": "", **message},
        made_at=datetime(2099, 1, 1, tzinfo=UTC), used_at=MOMENT,
    )  # fmt: skip
    return ticket
