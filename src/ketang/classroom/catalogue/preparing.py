"""Editions on their way: begun, filled with lessons by the worker, ready when everything in them can be played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from kebao.model.text import Text
from ketang.classroom.catalogue.indexing import keep_entry, keep_needs
from ketang.classroom.catalogue.matching import thread_onto
from ketang.classroom.catalogue.models import (
    ON_ITS_WAY,
    SHOWN,
    Course,
    CourseState,
    Edition,
    EditionState,
    Lesson,
    LessonFile,
)
from ketang.classroom.catalogue.queries import job_key
from ketang.classroom.renditions.actions import ask
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose
from ketang.classroom.renditions.queries import conversions_of
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.selection.calls.queries import category_name

if TYPE_CHECKING:
    from kebao.subjects.course import Package

_NOT_PLAYED = Text(
    zh="“{title}”浏览器不能直接播放，也没能转换：{why}",
    en="Browsers cannot play “{title}” as it is, and it could not be converted: {why}",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a package gave: lessons not saved yet, the course's introduction, titles of what cannot be shown, the lessons' files.

    Then what it is about, in the package's own words; and what other rooms took.
    """

    lessons: Sequence[Lesson]
    introduction: str = ""
    left_out: Sequence[str] = field(default_factory=tuple)
    files: Sequence[LessonFile] = field(default_factory=tuple)
    category: str = ""
    occupation: str = ""
    level: str = ""
    others: Sequence[Callable[[Edition], None]] = field(default_factory=tuple)


_takers: list[Callable[[Package], Callable[[Edition], None]]] = []


def also_take(taker: Callable[[Package], Callable[[Edition], None]]) -> None:
    """Let another room read the opened package, too; what it gives puts its rows into the edition, inside the same transaction."""
    _takers.append(taker)


def taken_by_others(package: Package) -> list[Callable[[Edition], None]]:
    """What the other rooms took of an opened package."""
    return [taker(package) for taker in _takers]


def begin_edition(course: Course, **package: Any) -> Edition:
    """The next edition of a locked course, to be prepared in the background; one that was on its way is dropped. Inside a transaction.

    Effects: rows of editions; the job `catalogue.prepare`.
    """
    course.editions.filter(state__in=ON_ITS_WAY).update(state=EditionState.DROPPED)
    last = course.editions.order_by("-number").first()
    package = {"title": course.title, "supplier": course.supplier, **package}
    edition: Edition = course.editions.create(number=last.number + 1 if last is not None else 1, **package)
    if course.state in (CourseState.READY, CourseState.FAILED):
        course.state = CourseState.PREPARING
    enqueue("catalogue.prepare", key=job_key(edition), edition=str(edition.uuid))
    return edition


def put_in(edition: Edition, prepared: Prepared) -> None:
    """Put the lessons into the edition, and have their renditions made; nothing when it was dropped meanwhile.

    It is ready at once where browsers play every original, else when what they do not play has been converted.

    Effects: rows of lessons; the edition; conversions; `catalogue.prepared`; as `settle`.
    """
    with audited():
        course, held = _awaited(edition)
        if course is None:
            return
        held.lessons.all().delete()
        for lesson in prepared.lessons:
            lesson.edition = held
        if course.current_id:
            thread_onto(list(course.lessons), prepared.lessons)
        Lesson.objects.bulk_create(prepared.lessons)
        LessonFile.objects.bulk_create(prepared.files)
        _describe(held, prepared)
        for put in prepared.others:
            put(held)
        held.save()
        payload = {"edition": held.number, "lessons": len(prepared.lessons), "left_out": held.left_out}
        record(actor=SYSTEM, action="catalogue.prepared", of=course, payload=payload)
        for lesson in prepared.lessons:
            if lesson.media is not None:
                ask(lesson.media, Purpose.LESSON)
            if lesson.sign is not None:
                ask(lesson.sign, Purpose.SIGN)
        settle(held)


def _describe(edition: Edition, prepared: Prepared) -> None:
    """What learners read of it before they open a lesson."""
    lessons = prepared.lessons
    edition.seconds = sum((lesson.seconds for lesson in lessons), edition.seconds * 0)
    media = [lesson for lesson in lessons if lesson.media_id]
    films = [lesson for lesson in media if not lesson.is_sound]
    edition.has_captions = bool(media) and all(lesson.captions_id for lesson in media)
    edition.has_transcript = bool(media) and all(lesson.transcript or lesson.text for lesson in media)
    edition.has_sign = bool(films) and all(lesson.sign_id for lesson in films)
    edition.has_descriptions = bool(films) and all(lesson.descriptions_id or lesson.described_id for lesson in films)
    edition.introduction, edition.left_out = prepared.introduction, list(prepared.left_out)
    edition.occupation, edition.level = prepared.occupation[:200], prepared.level[:10]
    edition.counts_ms = sum(lesson.counts_ms for lesson in lessons)
    selected = edition.version.submission if edition.version is not None else None
    if selected is None and edition.course.decision is not None:
        selected = edition.course.decision.submission
    edition.category = (selected.category if selected is not None else prepared.category)[:40]
    edition.category_name = category_name(edition.category, selected.call if selected is not None else None)
    titles = (words for lesson in lessons for words in (lesson.chapter, lesson.title))
    edition.words = "\n".join((edition.title, edition.supplier, edition.introduction, *dict.fromkeys(titles)))


def conversion_ended(conversion: Conversion) -> None:
    """Look again at editions that wait for it, and at listed courses that can be heard now. Inside its transaction."""
    waits = Q(lessons__media=conversion.source_id) | Q(lessons__sign=conversion.source_id)
    for edition in Edition.objects.filter(waits, state=EditionState.PREPARING).distinct().order_by("id"):
        with audited():
            course, held = _awaited(edition)
            if course is not None:
                settle(held)
    keep_needs([conversion.source_id])


def settle(edition: Edition) -> None:
    """Make an edition ready whose every lesson can be played, and show it where that was wished; fail it where one cannot.

    A signer's film that cannot be converted is left out, and said to be. Inside a transaction that has locked the course.

    Effects: the edition, its lessons; the course; `catalogue.ready`; `catalogue.failed`; as `show_edition`.
    """
    lessons = list(
        edition.lessons.filter(Q(media__isnull=False, content_type="") | Q(sign__isnull=False, sign_type=""))
    )
    films = conversions_of([one.media_id for one in lessons if one.media_id and not one.content_type])
    signs = conversions_of([one.sign_id for one in lessons if one.sign_id and not one.sign_type], Purpose.SIGN)
    if any(not one.is_over for one in (*films.values(), *signs.values())):
        return
    for lesson in lessons:
        film = films.get(lesson.media_id or "") if not lesson.content_type else None
        if film is not None and film.state == ConversionState.FAILED:
            give_up(edition, _NOT_PLAYED.format(title=lesson.title, why=Text(**film.message)))
            return
        sign = signs.get(lesson.sign_id or "") if not lesson.sign_type else None
        if sign is not None and sign.state == ConversionState.FAILED:
            lesson.sign = None
            lesson.save(update_fields=["sign"])
            edition.has_sign = False
            edition.left_out = [*edition.left_out, f"{lesson.title}（手语）"]
    course = edition.course
    edition.state = EditionState.READY
    edition.save()
    if course.state == CourseState.PREPARING:
        course.state = CourseState.READY
        course.save(update_fields=["state"])
    record(actor=SYSTEM, action="catalogue.ready", of=course, payload={"edition": edition.number})
    if edition.at_once and course.state == CourseState.READY:
        show_edition(course, edition)
        record(actor=SYSTEM, action="catalogue.published", of=course, payload={"edition": edition.number})


def show_edition(course: Course, edition: Edition) -> None:
    """Make an edition the current one of a locked course, and the course public and listed."""
    now = timezone.now()
    course.editions.filter(state=EditionState.CURRENT).exclude(pk=edition.pk).update(state=EditionState.FORMER)
    edition.state, edition.shown_at = EditionState.CURRENT, now
    edition.save(update_fields=["state", "shown_at", "despite"])
    for name in SHOWN:
        setattr(course, name, getattr(edition, name))
    course.current, course.state = edition, CourseState.PUBLISHED
    course.published_at, course.withdrawn_at = now, None
    course.save()
    keep_entry(course)


def _awaited(edition: Edition) -> tuple[Course | None, Edition]:
    """Course and edition, the course locked; no course where the edition is not awaited any more."""
    course = Course.objects.select_for_update().get(pk=edition.course_id)
    held = Edition.objects.get(pk=edition.pk)
    held.course = course
    return (course if held.state == EditionState.PREPARING else None), held


def give_up(edition: Edition, words: Text) -> None:
    """The package gives no edition; the words say why. What the course shows stays.

    Effects: the edition; a course that shows nothing yet; `catalogue.failed`. Nothing when it was dropped meanwhile.
    """
    with audited():
        course, held = _awaited(edition)
        if course is None:
            return
        held.state, held.message = EditionState.FAILED, {"zh": words.zh, "en": words.en}
        held.save(update_fields=["state", "message"])
        if course.state == CourseState.PREPARING:
            course.state, course.message = CourseState.FAILED, held.message
            course.save(update_fields=["state", "message"])
        record(actor=SYSTEM, action="catalogue.failed", of=course, payload={"edition": held.number, **held.message})
