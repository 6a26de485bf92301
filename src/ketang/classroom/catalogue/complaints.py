"""Complaints about rights: the course is taken down first, then looked into, and restored when nothing stands against it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.indexing import keep_entry
from ketang.classroom.catalogue.models import STANDING, Course, CourseState, RightsComplaint, Ruling
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused


def take_down(
    *, actor: Actor, course: Course, claimant: str, contact: str, claim: str, received_on: date | None = None
) -> RightsComplaint:
    """Record a complaint and take the course down at once: its pages say so, and none of its files is handed out.

    Args:
        actor: who records it.
        course: whatever its state.
        claimant, contact: who complains; seen by the office alone.
        claim: which right, and why.
        received_on: when it came; today where nothing is said.

    Raises:
        Refused: without who or what; a day that is still to come.

    Effects: the complaint; state `taken-down`; `catalogue.take_down` (without who complained).
    """
    require(may_publish_courses(actor))
    for value, words, field in (
        (claimant, _("请写明投诉人。"), "claimant"), (claim, _("请写明主张的权利和理由。"), "claim"),
    ):  # fmt: skip
        if not value.strip():
            raise Refused(words, field=field)
    today = timezone.localdate()
    if received_on is not None and received_on > today:
        raise Refused(_("收到日期不能晚于今天。"), field="received_on")
    with audited():
        held = Course.objects.select_for_update().get(pk=course.pk)
        made = RightsComplaint.objects.create(
            course=held, claimant=claimant.strip()[:200], contact=contact.strip()[:300], claim=claim.strip(),
            received_on=received_on or today, taken_down_by=actor if isinstance(actor, Account) else None,
            was_public=_was_public(held),
        )  # fmt: skip
        held.state = CourseState.TAKEN_DOWN
        held.save(update_fields=["state"])
        keep_entry(held)
        payload = {"complaint": str(made.uuid), "received_on": made.received_on.isoformat()}
        record(actor=actor, action="catalogue.take_down", of=held, payload=payload)
    course.refresh_from_db()
    return made


def rule(*, actor: Actor, complaint: RightsComplaint, ruling: str, grounds: str) -> None:
    """Decide on a complaint, with the grounds. It may be decided anew until the course is restored.

    Raises:
        Refused: no such decision; without grounds; the course was restored on the one before.

    Effects: the complaint; `catalogue.rule_complaint`.
    """
    require(may_publish_courses(actor))
    if ruling not in (Ruling.UPHELD, Ruling.REJECTED, Ruling.SETTLED):
        raise Refused(_("请选择处理结果。"), field="ruling")
    if not grounds.strip():
        raise Refused(_("请写明处理的依据。"), field="grounds")
    with audited():
        held = RightsComplaint.objects.select_for_update().get(pk=complaint.pk)
        if held.restored_at is not None:
            raise Refused(_("课程已按先前的处理恢复，不能再改。"), field="ruling")
        held.ruling, held.grounds, held.ruled_at = ruling, grounds.strip(), timezone.now()
        held.ruled_by = actor if isinstance(actor, Account) else None
        held.save()
        payload = {"complaint": str(held.uuid), "ruling": ruling, "grounds": held.grounds}
        record(actor=actor, action="catalogue.rule_complaint", of=held.course, payload=payload)
    complaint.refresh_from_db()


def restore(*, actor: Actor, course: Course) -> None:
    """Bring back a course against which no complaint stands: public where it was, else withdrawn.

    Raises:
        Refused: a complaint is undecided, or was upheld.

    Effects: the course; its complaints; `catalogue.restore`. Nothing for a course that is not taken down.
    """
    require(may_publish_courses(actor))
    with audited():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.state != CourseState.TAKEN_DOWN:
            return
        if held.complaints.filter(ruling__in=STANDING).exists():
            raise Refused(_("还有没处理或已成立的投诉，不能恢复。成立的投诉解决以后，请改为“已解决”。"))
        open_ = held.complaints.filter(restored_at=None)
        was_public = open_.filter(was_public=True).exists() and held.current_id is not None
        open_.update(restored_at=timezone.now(), restored_by=actor if isinstance(actor, Account) else None)
        held.state = CourseState.PUBLISHED if was_public else CourseState.WITHDRAWN
        held.save(update_fields=["state"])
        keep_entry(held)
        record(actor=actor, action="catalogue.restore", of=held, payload={"state": held.state})
    course.refresh_from_db()


def _was_public(course: Course) -> bool:
    return course.state == CourseState.PUBLISHED
