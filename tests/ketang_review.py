"""Packages in review and experts on a panel, for tests: made quickly, and of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketang.people.account.models import Account
    from ketang.people.organisation.models import Organisation
    from ketang.selection.calls.models import Call
    from ketang.selection.experts.models import Expert
    from ketang.selection.intake.models import Submission


def in_review(call: Call, organisation: Organisation, number: int, **more: Any) -> Submission:
    """A package that was accepted for review, without its bytes."""
    from django.utils import timezone

    from ketang.selection.assigning.counting import recount
    from ketang.selection.intake.models import Door, Submission, SubmissionState, Version

    fields = {"title": f"示例课程{number}", "category": "P2(3)", "number": f"{call.slug.upper()}-{number:04d}", **more}
    made = Submission.objects.create(
        call=call, organisation=organisation, state=SubmissionState.ACCEPTED, submitted_at=timezone.now(), **fields
    )
    version = Version.objects.create(
        submission=made, index=1, door=Door.WEB, name="课.zip", digest=f"{number:064d}", size=1,
        received_at=timezone.now(),
    )  # fmt: skip
    made.latest = version
    made.save(update_fields=["latest"])
    recount(call, {made.pk}, ())
    return made


def of_unit(number: int) -> Organisation:
    """A supplier of its own."""
    from ketang.people.organisation.models import Organisation, OrganisationKind

    return Organisation.objects.create(kind=OrganisationKind.UNIT, name=f"示例{number}号培训中心")


def expert(actor: Account, number: int, **more: Any) -> Expert:
    """An expert in the pool."""
    from ketang.selection.experts.actions import add
    from ketang.selection.experts.details import Details

    named = {"name": f"专家{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}", "unit": f"示例研究所{number}", **more}
    return add(actor=actor, details=Details(**named))
