"""Fills an instance with submissions as the product's own models hold them, in a process of its own: `python rows.py COUNT`.

The rows are synthetic and say so (示例). One supplier has a tenth of them, so that a list of many is measured; the rest is
spread over as many suppliers as a call of that size would have. Prints JSON: cookies of a supplier, of a clerk and of the
people who send at once, and the call's address.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import timedelta
from typing import Any

TOPICS = (
    "老年人饮水照护",
    "失能老人照护",
    "病人康复照护",
    "居家照护",
    "婴儿照护",
    "盲人按摩",
    "小儿按摩",
    "足部按摩",
    "颈肩按摩",
    "西式面点",
)
"""By tens; of a hundred rows, too, half and two fifths are found, which is more than a page: pages of all sizes are full."""
STATES = ("submitted",) * 6 + ("incomplete",) * 3 + ("complete",)
"""By hundreds, so that each stands with each topic."""
PARTS = ("入门", "基础", "实操", "安全", "提高", "案例")
BATCH = 2000
PEOPLE = 16
"""People of as many units, who send at once."""
LEAST_OWN = 45
"""Submissions of the measured supplier at least: two full pages of them, and some."""


def main() -> None:
    """Fill up to the count that is asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketang.settings")
    import django

    django.setup()
    from django.db import connection

    from interface.places import session_of

    people = _people()
    _fill(int(sys.argv[1]), people)
    with connection.cursor() as cursor:  # what PostgreSQL's autovacuum does within a minute of such a change
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    sessions = {name: session_of(people[name]) for name in ("supplier", "clerk")}
    own = [session_of(account) for account in people["many"]]
    print(json.dumps({"sessions": sessions, "people": own, "slug": people["call"].slug}))


def _people() -> dict[str, Any]:
    """The call, a supplier and a clerk; made at the first filling."""
    from datetime import datetime

    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from ketang.people.account.actions import open_by_command
    from ketang.people.account.models import Account
    from ketang.people.organisation.actions import register_organisation
    from ketang.people.organisation.models import Organisation, OrganisationKind
    from ketang.people.role.actions import appoint, appoint_first_administrator
    from ketang.people.role.models import Role
    from ketang.selection.calls.actions import create, publish
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call
    from ketang.selection.calls.shipped import shipped_call
    from ketang_accounts import credit_code

    if Call.objects.exists():
        found = {name: Account.objects.get(login=f"bench-{name}") for name in ("supplier", "clerk")}
        many = [Account.objects.get(login=f"bench-person-{n}") for n in range(PEOPLE)]
        unit = Organisation.objects.get(credit_code=credit_code(1))
        return {**found, "many": many, "call": Call.objects.get(), "unit": unit}
    administrator = open_by_command(login="bench-administrator", name="管理员").account
    appoint_first_administrator(account=administrator)
    clerk = open_by_command(login="bench-clerk", name="经办员").account
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    TOTP.activate(clerk, generate_totp_secret())
    supplier = open_by_command(login="bench-supplier", name="报送人").account
    unit = register_organisation(
        actor=supplier, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )
    many = [open_by_command(login=f"bench-person-{n}", name=f"报送人{n}").account for n in range(PEOPLE)]
    for n, person in enumerate(many):
        register_organisation(
            actor=person, kind=OrganisationKind.UNIT, name=f"示例{n}号培训学校", credit_code=credit_code(2 + n)
        )
    file = read_call(shipped_call("tianjin-2023")).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    call = publish(call=create(file=file, actor=clerk), actor=clerk)
    return {"supplier": supplier, "clerk": clerk, "many": many, "unit": unit, "call": call}


def _fill(wanted: int, people: dict[str, Any]) -> None:
    from ketang.people.organisation.models import Organisation, OrganisationKind
    from ketang.selection.intake.models import Submission

    begun = Submission.objects.count()
    if begun >= wanted:
        return
    others = [
        Organisation(kind=OrganisationKind.UNIT, name=f"示例第{n}职业培训中心", credit_code=f"BENCH{n:013d}")
        for n in range(begun, begun + max(5, (wanted - begun) // 20))
    ]
    Organisation.objects.bulk_create(others, BATCH)
    chance = random.Random(wanted)
    own = max(0, max(LEAST_OWN, wanted // 10) - Submission.objects.filter(organisation=people["unit"]).count())
    mine = set(chance.sample(range(begun, wanted), min(own, wanted - begun)))
    for start in range(begun, wanted, BATCH):
        numbers = range(start, min(start + BATCH, wanted))
        _batch([(n, people["unit"] if n in mine else chance.choice(others)) for n in numbers], people["call"], chance)


def _batch(numbered: list[tuple[int, Any]], call: Any, chance: random.Random) -> None:
    """Submissions with version, receipt, check and what is searched, as `intake.actions.receive` leaves them."""
    from django.db import transaction
    from django.utils import timezone

    from ketang.selection.checking.models import Check, CheckState
    from ketang.selection.intake.models import Counter, Door, Passage, Receipt, Submission, Version

    began = timezone.now() - timedelta(days=300)
    with transaction.atomic():
        rows = Submission.objects.bulk_create(
            Submission(
                call=call, organisation=unit, number=f"{call.slug.upper()}-{n + 1:04d}", state=STATES[n // 10 % 10],
                title=f"{TOPICS[n % 10]}{chance.choice(PARTS)} {n % 977}", category="P2(3)",
                created_at=began + timedelta(seconds=n * 60), changed_at=began + timedelta(seconds=n * 60 + 40),
                submitted_at=began + timedelta(seconds=n * 60 + 30),
            )
            for n, unit in numbered
        )  # fmt: skip
        versions = Version.objects.bulk_create(
            Version(submission=row, index=1, door=Door.WEB, name="课程包.zip", digest=f"{n:064x}", size=n,
                    received_at=row.submitted_at)
            for row, (n, _unit) in zip(rows, numbered, strict=True)
        )  # fmt: skip
        for row, version in zip(rows, versions, strict=True):
            row.latest = version
        Submission.objects.bulk_update(rows, ["latest"], 500)
        Receipt.objects.bulk_create(
            Receipt(number=f"{call.slug.upper()}-R{n + 1:05d}", version=version, issued_at=version.received_at)
            for version, (n, _unit) in zip(versions, numbered, strict=True)
        )
        Check.objects.bulk_create(
            Check(version=version, name=version.name, digest=version.digest, state=CheckState.DONE, verdict="passed")
            for version in versions
        )
        Passage.objects.bulk_create(Passage(submission=row, text=Passage.text_of(row)) for row in rows)
        last = numbered[-1][0] + 1
        Counter.objects.update_or_create(call=call, defaults={"submissions": last, "receipts": last})


if __name__ == "__main__":
    main()
