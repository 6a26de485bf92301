"""Packages to carry away, and what was brought back from one, in the suite's instance."""

from __future__ import annotations

from typing import Any

from interface import lesson_places


def packaged(people: Any) -> str:
    """A course with a package that is made, one that is being made and one that could not be: none of them is really worked on."""
    from datetime import UTC, datetime

    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.offline.carrying import loads_of, recipe_of
    from ketang.classroom.offline.models import Choice, OfflinePackage, PackageState

    course = Course.objects.get(uuid=lesson_places.kinds_course(people))
    states = {
        Choice.P720: (PackageState.MADE, 734_003_200),
        Choice.P480: (PackageState.MAKING, 0),
        Choice.AUDIO: (PackageState.FAILED, 0),
    }
    assert course.current is not None
    for choice, load in loads_of(course.current).items():
        state, size = states[choice]
        OfflinePackage.objects.update_or_create(
            edition=course.current, choice=choice,
            defaults={"recipe": recipe_of(load), "state": state, "size": size, "made_at": datetime(2026, 3, 2, tzinfo=UTC)},
        )  # fmt: skip
    return str(course.uuid)


def brought(people: Any) -> str:
    """A record that was brought back: some of it new, some counted before, some of it longer than there was time."""
    from uuid import UUID

    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.offline.models import BroughtBack

    told = [
        ["面团怎么揉", 754_000, 0, 0],
        ["听：面醒好了没有", 0, 8_000, 0],
        ["面团长多高", 60_000, 0, 60_000],
        ["", 0, 0, 0],
    ]
    row, _new = BroughtBack.objects.get_or_create(
        record=UUID(int=59), defaults={
            "account": people["learner"], "course": Course.objects.get(uuid=lesson_places.kinds_course(people)), "begun_ms": 1_770_000_000_000, "told": told,
        },
    )  # fmt: skip
    return str(row.uuid)


def brought_before(people: Any) -> str:
    """The same once more: nothing is new."""
    from uuid import UUID

    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.offline.models import BroughtBack

    course = Course.objects.get(uuid=lesson_places.kinds_course(people))
    row, _new = BroughtBack.objects.get_or_create(
        record=UUID(int=60), defaults={"account": people["learner"], "course": course, "begun_ms": 1_770_000_000_000, "told": [["面团怎么揉", 0, 754_000, 0]]},
    )  # fmt: skip
    return str(row.uuid)


def unzip(folder: str) -> None:
    """Take the package of the course with every kind of lesson, as a visitor does, and unzip it."""
    import io
    import zipfile

    from django.utils import timezone

    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.offline.building import build
    from ketang.classroom.offline.carrying import loads_of
    from ketang.classroom.offline.models import Choice, OfflinePackage
    from ketang.classroom.offline.queries import zip_of
    from ketang.classroom.offline.tickets import ticket_for

    edition = Course.objects.get(title="面点制作入门").current
    assert edition is not None
    built = build(loads_of(edition)[Choice.P480], lambda _done, _of: None)
    package = OfflinePackage(edition=edition, entries=[list(one) for one in built.entries], made_at=timezone.now())
    whole = zip_of(package, ticket_for(None, edition, now=1))
    with zipfile.ZipFile(io.BytesIO(b"".join(whole.read(0, whole.size - 1)))) as opened:
        opened.extractall(folder)


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    unzip(sys.argv[1])
