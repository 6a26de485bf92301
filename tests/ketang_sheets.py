"""Experts, assignments and submitted score sheets as rows, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.selection.assigning.counting import recount, recount_for
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.intake.models import Door, Submission, Version
from ketang.selection.scoring.actions import content_of
from ketang.selection.scoring.models import BlindCopy, SubmittedSheet
from ketang.selection.scoring.rubric import digest_of


def accepted(call: Call, unit: Organisation, number: int, *, category: str = "P2(3)") -> Submission:
    """A submission in review with a version and its blind copy."""
    made = Submission.objects.create(
        call=call,
        organisation=unit,
        title=f"示例课程{number}",
        number=f"DEMO-{number:04}",
        state="accepted",
        category=category,
    )
    version = Version.objects.create(
        submission=made, index=1, door=Door.WEB, name="课.zip", digest=f"{number:064}", size=1,
        received_at=made.created_at,
    )  # fmt: skip
    made.latest, made.submitted_at = version, made.created_at
    made.save()
    BlindCopy.objects.create(call=call, submission=made, version=version, alias=100 + number)
    recount(call, {made.pk}, ())
    return made


def seated(
    call: Call, name: str, account: Account | None = None, *, declared: bool = True, expert: Expert | None = None
) -> PanelSeat:
    """An expert on the panel, who has signed the declaration."""
    expert = expert or Expert.objects.create(name=name, account=account)
    return PanelSeat.objects.create(
        call=call, expert=expert, declared_at=call.created_at if declared else None, signed_as=name
    )


def scored(
    seat: PanelSeat, submission: Submission, scores: Mapping[str, str] | str, *, at: datetime | None = None
) -> SubmittedSheet:
    """A submitted sheet; one word gives every criterion that score. The total is the rubric's weighted mean."""
    assert submission.latest is not None
    assignment, _new = Assignment.objects.get_or_create(
        expert=seat.expert, submission=submission, ended_at=None,
        defaults={"call": submission.call, "version": submission.latest, "means": "hand"},
    )  # fmt: skip
    rubric = submission.call.content.rubric
    given = {one.id: scores for one in rubric.criteria} if isinstance(scores, str) else dict(scores)
    weights = {one.id: one.weight for one in rubric.criteria}
    total = sum((weights[name] * Decimal(score) for name, score in given.items()), Decimal(0)) / sum(weights.values())
    before = SubmittedSheet.objects.filter(assignment=assignment).order_by("-index").first()
    index = 1 if before is None else before.index + 1
    made = SubmittedSheet(
        assignment=assignment, call=submission.call, submission=submission, index=index, scores=given, rubric={},
        total=total.quantize(Decimal("0.0001")), signed_as=seat.expert.name, supersedes=before,
        reason="" if before is None else "重新看过", submitted_at=at or timezone.now(),
    )  # fmt: skip
    made.digest = digest_of(content_of(made))
    made.save()
    recount_for([assignment])
    return made
