"""A review on either column: a call in review, packages with their bytes, a panel that has signed. Made by the product's actions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import making
from ketang_accounts import credit_code

if TYPE_CHECKING:
    from ketang.people.account.models import Account
    from ketang.people.organisation.models import Organisation
    from ketang.selection.assigning.models import Assignment
    from ketang.selection.calls.models import Call
    from ketang.selection.experts.models import PanelSeat
    from ketang.selection.intake.models import Submission
    from ketang.selection.scoring.models import SubmittedSheet

FILMS = 2
"""Of each tiny package."""


@dataclass(frozen=True)
class Review:
    """Everybody and everything of one call. `chief` and `second` are of the office; `members` are the experts' accounts."""

    chief: Account
    second: Account
    manager: Account
    unit: Organisation
    call: Call
    packages: list[Submission]
    members: list[Account]
    seats: list[PanelSeat]

    def scored(self, assignment: Assignment, score: str, reason: str = "", revision: int = 0) -> SubmittedSheet:
        """The assigned expert fills in one score for every criterion, and submits."""
        from ketang.selection.scoring.actions import save, submit

        expert = self.member_of(assignment)
        save(actor=expert, assignment=assignment, revision=revision, filled=self.filled(score))
        return submit(actor=expert, assignment=assignment, signed_as=expert.name, reason=reason)

    def member_of(self, assignment: Assignment) -> Account:
        """The account of the assigned expert."""
        return next(one for one in self.members if one.pk == assignment.expert.account_id)

    def filled(self, score: str, words: str = "") -> dict[str, Any]:
        """A sheet with that score for every criterion."""
        scores = {one.id: score for one in self.call.content.rubric.criteria}
        return {"scores": scores, "notes": {}, "moments": [], "overall": words}


def review(shipped_call: str, contents: Sequence[bytes], experts: int = 3) -> Review:
    """A call whose packages of these bytes were accepted, with a panel. No check runs: the review is what is tried."""
    from ketang.people.account.actions import open_by_command
    from ketang.people.organisation.actions import register_organisation
    from ketang.people.organisation.models import OrganisationKind
    from ketang.people.role.actions import appoint, appoint_first_administrator
    from ketang.people.role.models import Role
    from ketang.selection.calls import actions as calls
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.experts.actions import add
    from ketang.selection.experts.declaring import sign
    from ketang.selection.experts.details import Details
    from ketang.selection.experts.models import Expert
    from ketang.selection.experts.panel import seat

    chief = open_by_command(login="chief", name="管理员甲").account
    appoint_first_administrator(account=chief)
    manager = open_by_command(login="manager", name="报送人").account
    unit = register_organisation(
        actor=manager, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )
    second = open_by_command(login="second", name="经办乙").account
    appoint(actor=chief, account=second, role=Role.CLERK)
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    call = calls.publish(call=calls.create(file=file, actor=chief), actor=chief)
    packages = [sent(call, unit, manager, number, content) for number, content in enumerate(contents, start=1)]
    calls.close(call=call, actor=chief)
    call = calls.start_review(call=call, actor=chief)
    for one in packages:
        accepted(chief, one)
    members = []
    for number in range(1, experts + 1):
        member = open_by_command(login=f"expert-{number}", name=f"评审{number}").account
        appoint(actor=chief, account=member, role=Role.EXPERT)
        made = add(actor=chief, details=Details(name=member.name, unit=f"示例研究所{number}"))
        Expert.objects.filter(pk=made.pk).update(account=member)
        members.append(member)
    chosen = [str(one.uuid) for one in Expert.objects.order_by("id")]
    seats = seat(actor=chief, call=call, experts=chosen)
    for one, member in zip(seats, members, strict=True):
        one.expert.refresh_from_db()
        sign(actor=member, seat=one, signed_as=member.name, relations=())
    return Review(chief, second, manager, unit, call, packages, members, seats)


def sent(call: Call, unit: Organisation, manager: Account, number: int, content: bytes) -> Submission:
    """A package that came in."""
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.intake import actions as intake
    from ketang.selection.intake.models import Door

    draft = intake.start(actor=manager, call=call, organisation=unit, title=f"示例课程{number}", category="P2(3)")
    stored = put_bytes(content)
    intake.receive(
        actor=manager, submission=draft, door=Door.WEB, name=f"{making.NAME}.zip", digest=stored.digest, size=stored.size
    )  # fmt: skip
    return draft


def accepted(chief: Account, submission: Submission) -> None:
    """In review, as if its check had found nothing; the check's own work is taken out of the queue."""
    from ketang.platform.queue.models import Job, JobGroup
    from ketang.selection.checking.models import Check, CheckState
    from ketang.selection.intake import actions as intake

    Job.objects.filter(name__startswith="checking.").delete()
    JobGroup.objects.filter(join_name__startswith="checking.").delete()
    Check.objects.filter(version__submission=submission).update(state=CheckState.DONE, errors=0)
    intake.find_complete(actor=chief, submission=submission)
    intake.accept(actor=chief, submission=submission)
    submission.refresh_from_db()


@cache
def film() -> bytes:
    """One second of a lecture."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return making.make_clip(Path(folder) / "film.mp4", 1).read_bytes()


def tiny(number: int, films: int = FILMS) -> bytes:
    """A small package whose films are nobody else's: a box that players skip tells them apart."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for one in range(films):
            mark = f"{number}-{one}".encode().ljust(16)
            content = film() + (8 + len(mark)).to_bytes(4, "big") + b"free" + mark
            written.writestr(f"网络课程+示例培训学校+示例课程{number}/视频/第{one}课.mp4", content)
    return out.getvalue()
