"""Keeping the catalogue in step with what is public: an entry, its words, its bag and the counts come and go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from ketang.classroom.catalogue.marks import Kind, bag_of, category_value, marks_of
from ketang.classroom.catalogue.models import Course, CourseState, Lesson
from ketang.classroom.catalogue.needs import needs_of
from ketang.classroom.catalogue.searched import CatalogueCount, CatalogueEntry, CatalogueText, Part
from ketang.platform.search import bags
from ketang.platform.search.pairs import compact

TABLE = CatalogueEntry._meta.db_table
BATCH = 100
"""Courses that are read and written together."""


def keep_entry(course: Course) -> None:
    """List a locked course as it is now, in the last place, or not at all where it is not public. Inside its transaction.

    Effects: its entry with words and bag; counts.
    """
    _take_out(course)
    if course.state == CourseState.PUBLISHED:
        _put_in([course])


def keep_needs(media: Iterable[str]) -> None:
    """Look again at which needs listed courses with these media meet; their places stay. Inside a transaction.

    Effects: entries, bags, counts.
    """
    with_media = Lesson.objects.filter(media__in=list(media)).values("edition")
    for pk in CatalogueEntry.objects.filter(course__current__in=with_media).order_by("pk").values_list("pk", flat=True):
        entry = CatalogueEntry.objects.select_for_update(of=("self",)).select_related("course").get(pk=pk)
        course, marks = entry.course, _marks(entry)
        needs = needs_of(course, list(course.lessons.order_by("order")))
        now = marks_of(course, needs)
        if now == marks:
            continue
        texts = list(entry.texts.order_by("id"))
        bags.take(TABLE, entry.pk, _bag(texts, course.occupation, marks))
        bags.put(TABLE, [(entry.pk, _bag(texts, course.occupation, now))])
        _count(Counter({mark: -1 for mark in marks if mark not in now}), {})
        _count(Counter(mark for mark in now if mark not in marks), _names([course]))
        entry.needs, entry.marks = [str(need) for need in needs], [list(mark) for mark in now]
        entry.save(update_fields=["needs", "marks"])


def rebuild() -> int:
    """Make the whole catalogue anew, in the order of publication; how many courses it lists. Each page sees the old one or the new.

    Effects: all entries, bags and counts.
    """
    with transaction.atomic():
        bags.clear(TABLE)
        for model in (CatalogueText, CatalogueEntry, CatalogueCount):
            model.objects.all().delete()
        public = Course.objects.filter(state=CourseState.PUBLISHED).order_by("published_at", "id")
        keys = list(public.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            part = Course.objects.select_for_update().in_bulk(keys[start : start + BATCH])
            _put_in([part[key] for key in keys[start : start + BATCH] if key in part])
    return len(keys)


def _put_in(courses: Sequence[Course]) -> None:
    of: dict[int | None, list[Lesson]] = {}
    for lesson in Lesson.objects.filter(edition__in=[course.current_id for course in courses]).order_by("order"):
        of.setdefault(lesson.edition_id, []).append(lesson)
    entries = [_entry(course, of.get(course.current_id, [])) for course in courses]
    CatalogueEntry.objects.bulk_create(entries)
    texts = [
        _texts(entry, course, of.get(course.current_id, []))
        for entry, course in zip(entries, courses, strict=True)
    ]  # fmt: skip
    CatalogueText.objects.bulk_create([text for some in texts for text in some], 500)
    bags.put(
        TABLE,
        [(entry.pk, _bag(some, entry.course.occupation, _marks(entry))) for entry, some in zip(entries, texts, strict=True)],
    )  # fmt: skip
    _count(Counter(mark for entry in entries for mark in _marks(entry)), _names(courses))


def _entry(course: Course, lessons: Sequence[Lesson]) -> CatalogueEntry:
    needs = needs_of(course, lessons)
    marks = [list(mark) for mark in marks_of(course, needs)]
    return CatalogueEntry(
        course=course, lessons=len(lessons), tenths=course.tenths, needs=[str(need) for need in needs], marks=marks
    )  # fmt: skip


def _marks(entry: CatalogueEntry) -> list[tuple[str, str]]:
    return [(kind, value) for kind, value in entry.marks]


def _names(courses: Iterable[Course]) -> dict[str, dict[str, str]]:
    """Names of the courses' categories by their values."""
    return {category_value(one.category_name["zh"]): one.category_name for one in courses if one.category_name}


def _take_out(course: Course) -> None:
    entry = CatalogueEntry.objects.filter(course=course).first()
    if entry is None:
        return
    marks = _marks(entry)
    occupation = next((value for kind, value in marks if kind == Kind.OCCUPATION), "")
    bags.take(TABLE, entry.pk, _bag(list(entry.texts.order_by("id")), occupation, marks))
    _count(Counter(dict.fromkeys(marks, -1)), {})
    entry.texts.all().delete()
    entry.delete()


def _texts(entry: CatalogueEntry, course: Course, lessons: Sequence[Lesson]) -> list[CatalogueText]:
    names = dict.fromkeys(name for lesson in lessons for name in (lesson.chapter, lesson.title))
    about = "\n".join(
        text
        for one in (course.supplier, course.occupation, course.category_name.get("zh", ""), course.introduction, *names)
        if (text := compact(one))
    )
    found = [
        CatalogueText(entry=entry, part=Part.TITLE, text=compact(course.title)),
        CatalogueText(entry=entry, part=Part.ABOUT, text=about),
    ]
    for lesson in lessons:
        words = " ".join(str(line["text"]) for line in lesson.transcript) or lesson.text
        if text := compact(words):
            found.append(CatalogueText(entry=entry, part=Part.LESSON, lesson=lesson, text=text))
    return found


def _bag(texts: Sequence[CatalogueText], occupation: str, marks: Iterable[tuple[str, str]]) -> set[str]:
    """The same for the same rows: FTS5 takes out only what it is told word by word."""
    lines = ((one.part == Part.TITLE, one.part != Part.LESSON, line) for one in texts for line in one.text.splitlines())
    return bag_of(lines, occupation, marks)


def _count(more: Mapping[tuple[str, str], int], names: Mapping[str, dict[str, str]]) -> None:
    for (kind, value), number in sorted(
        more.items()
    ):  # in one order, so that two courses at once do not wait for each other
        if number > 0:
            name = names.get(value, {}) if kind == Kind.CATEGORY else {}
            CatalogueCount.objects.get_or_create(kind=kind, value=value, defaults={"name": name})
        CatalogueCount.objects.filter(kind=kind, value=value).update(courses=F("courses") + number)
