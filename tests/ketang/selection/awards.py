"""A call whose ranking is final, for the tests of what comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.selection.awarding.approving import approve
from ketang.selection.awarding.lists import make_list, put_proposal
from ketang.selection.awarding.models import AwardList
from ketang.selection.awarding.queries import digest_of
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ranking.models import Ranking


def in_review(call: Call, unit: Organisation, administrator: Account, title: str = "课") -> Submission:
    """A submission accepted for review whose check is done without errors."""
    manager = Account.objects.get(login="manager")
    made = intake.start(actor=manager, call=call, organisation=unit, title=title, category="P2(3)")
    intake.receive(actor=manager, submission=made, door=Door.WEB, name="课.zip", digest="0" * 64, size=1)
    Check.objects.filter(version=made.latest).update(state=CheckState.DONE, errors=0)
    intake.find_complete(actor=administrator, submission=made)
    intake.accept(actor=administrator, submission=made)
    return made


def with_fee(call: Call, **changes: object) -> None:
    """Change the call's fee as a file would."""
    file = dict(call.file)
    file["fee"] = {**file.get("fee", {}), **changes}
    Call.objects.filter(pk=call.pk).update(file=file)
    call.refresh_from_db()
    call.__dict__.pop("content", None)


def ranked(call: Call, submissions: Sequence[tuple[Submission, str]]) -> Ranking:
    """A final ranking of these with their adjusted scores, the best first."""
    rows = [
        {"submission": str(one.uuid), "place": place, "raw": score, "adjusted": score, "sheets": 3}
        for place, (one, score) in enumerate(submissions, start=1)
    ]
    return Ranking.objects.create(call=call, method="test/1", inputs="0" * 64, result={"rows": rows}, is_final=True)


def person(name: str = "教师乙") -> Organisation:
    """A person who supplies."""
    return Organisation.objects.create(kind=OrganisationKind.PERSON, name=name)


def colleague(administrator: Account, login: str = "second") -> Account:
    """Another clerk."""
    account = open_by_command(login=login, name=f"经办{login}").account
    appoint(actor=administrator, account=account, role=Role.CLERK)
    return account


def proposed(
    call: Call, unit: Organisation, administrator: Account, scores: Sequence[str] = ("9.5", "8.5", "7.0", "4.0")
) -> AwardList:
    """A list with the machine's proposal, one submission a score."""
    entered = [(in_review(call, unit, administrator, f"课程{n}"), score) for n, score in enumerate(scores, start=1)]
    ranked(call, entered)
    made = make_list(actor=administrator, call=call)
    put_proposal(award_list=made)
    made.refresh_from_db()
    return made


def approved(
    call: Call, unit: Organisation, administrator: Account, scores: Sequence[str] = ("9.5", "8.5", "7.0", "4.0")
) -> AwardList:
    """The same, approved by two."""
    made = proposed(call, unit, administrator, scores)
    second = Account.objects.filter(login="second").first() or colleague(administrator)
    for account in (administrator, second):
        approve(actor=account, award_list=made, digest=digest_of(made))
    return made


def told(award_list: AwardList) -> list[tuple[int, str, Decimal | None, int | None]]:
    """Each row: place, outcome, amount, place of reserve."""
    rows = award_list.rows.order_by("place").values_list("place", "outcome", "amount", "reserve_place")
    return list(rows)
