"""Publishing and withdrawing courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.model.text import Text
from ketang.classroom.catalogue.models import SHOWN, Course, CourseState, Edition, EditionState, Lesson
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.classroom.catalogue.queries import job_key
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.awarding.models import Decision


def publish(*, actor: Actor, decision: Decision) -> Course:
    """Publish what a decision selected, under its supplier's name. Its videos are taken out of the package in the background.

    A course that is public or on its way stays as it is; one that was withdrawn is public again at once.

    Raises:
        Refused: not selected (any more), or by one person alone; no name of a supplier.

    Effects: the row; the job `catalogue.prepare`, unless the lessons are there already; `catalogue.publish`.
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
        if course.state in (CourseState.PUBLISHED, CourseState.PREPARING):
            return course
        course.title, course.supplier, course.message, course.withdrawn_at = submission.title, supplier, {}, None
        if course.current_id:
            course.state, course.published_at = CourseState.PUBLISHED, timezone.now()
        else:
            course.state = CourseState.PREPARING
            _begin_edition(course, version=held.version, name=held.version.name, digest=held.version.digest)
        course.save()
        payload = {"decision": str(held.uuid), "version": str(held.version.uuid), "supplier": supplier}
        record(actor=actor, action="catalogue.publish", of=course, payload=payload)
    return course


def _begin_edition(course: Course, **package: Any) -> Edition:
    """The next edition, to be prepared in the background; one that was on its way is dropped. Inside a transaction."""
    on_its_way = course.editions.filter(state__in=(EditionState.PREPARING, EditionState.READY))
    on_its_way.update(state=EditionState.DROPPED)
    last = course.editions.order_by("-number").first()
    edition: Edition = course.editions.create(
        number=last.number + 1 if last is not None else 1, title=course.title, supplier=course.supplier, **package
    )
    enqueue("catalogue.prepare", key=job_key(edition), edition=str(edition.uuid))
    return edition


def withdraw(*, actor: Actor, course: Course, reason: str) -> None:
    """Take a course out of the catalogue; its lessons are kept.

    Effects: state `withdrawn`; `catalogue.withdraw`. Nothing when it was withdrawn before.
    """
    require(may_publish_courses(actor))
    if not reason.strip():
        raise Refused(_("请写明撤下的理由。"), field="withdraw_reason")
    with audited():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.state != CourseState.WITHDRAWN:
            on_their_way = held.editions.filter(state__in=(EditionState.PREPARING, EditionState.READY))
            on_their_way.update(state=EditionState.DROPPED)
            held.state, held.withdrawn_at = CourseState.WITHDRAWN, timezone.now()
            held.save(update_fields=["state", "withdrawn_at"])
            record(actor=actor, action="catalogue.withdraw", of=held, payload={"reason": reason.strip()})
    course.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a package gave: lessons not saved yet, the course's introduction, and titles of what cannot be shown."""

    lessons: Sequence[Lesson]
    introduction: str = ""
    left_out: Sequence[str] = field(default_factory=tuple)


def put_in(edition: Edition, prepared: Prepared) -> None:
    """Put the lessons into the edition and make it public; nothing when it was dropped or its course withdrawn meanwhile.

    Effects: rows of lessons; edition and course; `catalogue.published`.
    """
    with audited():
        course, held = _on_its_way(edition)
        if course is None:
            return
        held.lessons.all().delete()
        for lesson in prepared.lessons:
            lesson.edition = held
        Lesson.objects.bulk_create(prepared.lessons)
        held.seconds = sum((lesson.seconds for lesson in prepared.lessons), held.seconds * 0)
        media = [lesson for lesson in prepared.lessons if lesson.media_id]
        held.has_captions = bool(media) and all(lesson.captions_id for lesson in media)
        held.has_transcript = bool(media) and all(lesson.transcript or lesson.text for lesson in media)
        films = [lesson for lesson in media if not lesson.is_sound]
        held.has_sign = bool(films) and all(lesson.sign_id for lesson in films)
        held.has_descriptions = bool(films) and all(lesson.descriptions_id for lesson in films)
        held.introduction, held.left_out = prepared.introduction, list(prepared.left_out)
        titles = (words for lesson in prepared.lessons for words in (lesson.chapter, lesson.title))
        held.words = "\n".join((held.title, held.supplier, held.introduction, *dict.fromkeys(titles)))
        held.state = EditionState.READY
        held.save()
        _show(course, held)
        payload = {"lessons": len(prepared.lessons), "left_out": list(prepared.left_out)}
        record(actor=SYSTEM, action="catalogue.published", of=course, payload=payload)


def _show(course: Course, edition: Edition) -> None:
    """Make an edition the current one of a locked course, and the course public."""
    now = timezone.now()
    course.editions.filter(state=EditionState.CURRENT).update(state=EditionState.FORMER)
    edition.state, edition.shown_at = EditionState.CURRENT, now
    edition.save(update_fields=["state", "shown_at"])
    for name in SHOWN:
        setattr(course, name, getattr(edition, name))
    course.current, course.state, course.published_at = edition, CourseState.PUBLISHED, now
    course.save()


def _on_its_way(edition: Edition) -> tuple[Course | None, Edition]:
    """Course and edition, the course locked; no course where the edition is not awaited any more."""
    course = Course.objects.select_for_update().get(pk=edition.course_id)
    held = Edition.objects.get(pk=edition.pk)
    awaited = held.state == EditionState.PREPARING and course.state == CourseState.PREPARING
    return (course if awaited else None), held


def give_up(edition: Edition, words: Text) -> None:
    """The package gives no course; the words say why.

    Effects: edition and course; `catalogue.failed`. Nothing when it was dropped or its course withdrawn meanwhile.
    """
    with audited():
        course, held = _on_its_way(edition)
        if course is None:
            return
        held.state = EditionState.FAILED
        course.state = CourseState.FAILED
        held.message = course.message = {"zh": words.zh, "en": words.en}
        held.save(update_fields=["state", "message"])
        course.save(update_fields=["state", "message"])
        record(actor=SYSTEM, action="catalogue.failed", of=course, payload=course.message)


def keep_decision(decision: Decision) -> None:
    """Refused while a course that is public or on its way stands on the decision."""
    standing = (CourseState.PUBLISHED, CourseState.PREPARING)
    if Course.objects.filter(decision=decision, state__in=standing).exists():
        raise Refused(_("这门课程已经发布，请先撤下，再撤销决定。"))
