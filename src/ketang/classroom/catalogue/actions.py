"""Preparing, publishing and withdrawing courses."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.indexing import keep_entry
from ketang.classroom.catalogue.models import ON_ITS_WAY, Course, CourseState, Edition, EditionState
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.classroom.catalogue.preparing import begin_edition, show_edition
from ketang.classroom.catalogue.queries import unproven
from ketang.classroom.renditions.actions import ask_again
from ketang.classroom.renditions.models import Conversion
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.awarding.models import Decision


def prepare(*, actor: Actor, decision: Decision, at_once: bool = False) -> Course:
    """Make a course of what a decision selected, under its supplier's name. Its videos are taken out of the package in the background.

    A course that is public, ready or on its way stays as it is. Of one that was withdrawn, the package is prepared anew only
    where nothing of it is there.

    Args:
        actor: who asks.
        decision: selected, and confirmed by a second person.
        at_once: it becomes public as soon as it is ready, without a look beforehand.

    Raises:
        Refused: not selected (any more); confirmed by nobody; no name of a supplier, which is their right (P6).

    Effects: the course; its edition and the job `catalogue.prepare`; `catalogue.prepare`.
    """
    require(may_publish_courses(actor))
    with audited():
        held = Decision.objects.select_for_update().get(pk=decision.pk)
        if not held.is_selected:
            raise Refused(_("只有入选的课程才能发布。"))
        if not held.is_confirmed:
            raise Refused(_("这个决定还没有第二个人复核，复核以后才能发布。"))
        submission = held.submission
        supplier = submission.organisation.name.strip()
        if not supplier:
            raise Refused(_("没有供应单位或个人的名称，不能发布：署名是他们的权利。"))
        names = {"title": submission.title, "supplier": supplier}
        course, _made = Course.objects.get_or_create(decision=held, defaults={**names, "state": CourseState.WITHDRAWN})
        course = Course.objects.select_for_update().get(pk=course.pk)
        if course.current_id or course.editions.filter(state__in=ON_ITS_WAY).exists():
            return course
        course.title, course.supplier, course.message, course.withdrawn_at = submission.title, supplier, {}, None
        course.state = CourseState.PREPARING
        version = held.version
        begin_edition(course, version=version, name=version.name, digest=version.digest, at_once=at_once)
        course.save()
        payload = {"decision": str(held.uuid), "version": str(version.uuid), "supplier": supplier}
        record(actor=actor, action="catalogue.prepare", of=course, payload=payload)
    return course


def publish(*, actor: Actor, decision: Decision) -> Course:
    """Publish what a decision selected: now where it is ready or was withdrawn, else as soon as it is prepared.

    Raises:
        Refused: as `prepare` and `show`.

    Effects: as `prepare` and `show`.
    """
    course = prepare(actor=actor, decision=decision, at_once=True)
    if course.state in (CourseState.READY, CourseState.WITHDRAWN):
        show(actor=actor, course=course)
    return course


def show(*, actor: Actor, course: Course, despite: str = "") -> None:
    """Make the edition that is ready public, in place of the one before; or a withdrawn course with what it showed last.

    Args:
        actor: who publishes.
        course: one with an edition that is ready, or a withdrawn one.
        despite: the written reason where the check of a package that the office put in has errors, or has not ended.

    Raises:
        Refused: nothing is ready; taken down on a complaint; its decision was undone; a check with errors and no reason.

    Effects: the editions and the course; `catalogue.publish`. Nothing for one that is public with nothing else ready.
    """
    require(may_publish_courses(actor))
    with audited():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.state == CourseState.TAKEN_DOWN:
            raise Refused(_("这门课程因权利投诉停用。投诉处理完、恢复以后才能发布。"))
        if held.decision is not None and not held.decision.is_selected:
            raise Refused(_("只有入选的课程才能发布。"))
        ready = held.editions.filter(state=EditionState.READY).select_related("check_of").first()
        edition = ready or (held.current if held.state == CourseState.WITHDRAWN else None)
        if edition is None:
            if held.state == CourseState.PUBLISHED:
                return
            raise Refused(_("课程还没有备好，不能发布。"))
        if ready is not None and not despite.strip() and (wrong := unproven(ready)):
            raise Refused(wrong, field="despite")
        if ready is not None:
            ready.despite = despite.strip()[:2000]
        show_edition(held, edition)
        payload = {
            "edition": edition.number,
            "package": edition.digest,
            "supplier": held.supplier,
            "despite": edition.despite,
        }
        record(actor=actor, action="catalogue.publish", of=held, payload=payload)
    course.refresh_from_db()


def withdraw(*, actor: Actor, course: Course, reason: str) -> None:
    """Take a course out of the catalogue; its lessons are kept. What is on its way is dropped.

    Raises:
        Refused: without a reason; taken down on a complaint, which goes beyond it.

    Effects: state `withdrawn`; `catalogue.withdraw`. Nothing when it was withdrawn before.
    """
    require(may_publish_courses(actor))
    if not reason.strip():
        raise Refused(_("请写明撤下的理由。"), field="withdraw_reason")
    with audited():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.state == CourseState.TAKEN_DOWN:
            raise Refused(_("这门课程已因权利投诉停用。"), field="withdraw_reason")
        if held.state != CourseState.WITHDRAWN:
            held.editions.filter(state__in=ON_ITS_WAY).update(state=EditionState.DROPPED)
            held.state, held.withdrawn_at = CourseState.WITHDRAWN, timezone.now()
            held.save(update_fields=["state", "withdrawn_at"])
            keep_entry(held)
            record(actor=actor, action="catalogue.withdraw", of=held, payload={"reason": reason.strip()})
    course.refresh_from_db()


def drop(*, actor: Actor, edition: Edition) -> None:
    """An edition that is on its way is not to be shown after all. Effects: state `dropped`, the course without it; `catalogue.drop`."""
    require(may_publish_courses(actor))
    with audited():
        course = Course.objects.select_for_update().get(pk=edition.course_id)
        on_its_way = course.editions.filter(pk=edition.pk, state__in=(*ON_ITS_WAY, EditionState.FAILED))
        if not on_its_way.update(state=EditionState.DROPPED):
            return
        if course.state in (CourseState.PREPARING, CourseState.READY, CourseState.FAILED):
            course.state, course.withdrawn_at = CourseState.WITHDRAWN, timezone.now()
            course.save(update_fields=["state", "withdrawn_at"])
        record(actor=actor, action="catalogue.drop", of=course, payload={"edition": edition.number})
    edition.refresh_from_db()


def convert_again(*, actor: Actor, conversion: Conversion) -> None:
    """Have a film that could not be converted tried once more. Effects: it waits; `catalogue.convert_again`. Nothing for any other."""
    require(may_publish_courses(actor))
    with audited():
        if ask_again(conversion):
            record(actor=actor, action="catalogue.convert_again", of=conversion)


def keep_decision(decision: Decision) -> None:
    """Refused while a course that is public or on its way stands on the decision."""
    gone = (CourseState.WITHDRAWN, CourseState.FAILED)
    if Course.objects.filter(decision=decision).exclude(state__in=gone).exists():
        raise Refused(_("这门课程已经发布或正在准备，请先撤下，再撤销决定。"))
