"""Names that stand side by side: which of them are the same (A2(2).2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kebao.subjects.course import Lesson, Package, Resource

Named = Lesson | Resource
Level = tuple[Named, ...]


def lesson_levels(package: Package) -> tuple[tuple[Lesson, ...], ...]:
    """Catalogue items that have a name, by depth: all chapters, all lessons below them, and so on."""
    levels: dict[int, list[Lesson]] = {}
    for lesson in package.lessons:
        if lesson.entry.title:
            levels.setdefault(len(lesson.parents), []).append(lesson)
    return tuple(tuple(level) for level in levels.values())


def resource_levels(package: Package) -> tuple[tuple[Resource, ...], ...]:
    """Resources that have a name, by kind; an animation stands with the videos.

    The clause speaks of videos; a text that goes with a video may well share its name.
    """
    levels: dict[str, list[Resource]] = {}
    for resource in package.resources:
        if resource.entry.title:
            kind = "video" if resource.entry.kind == "animation" else resource.entry.kind
            levels.setdefault(kind, []).append(resource)
    return tuple(tuple(level) for level in levels.values())


def repeats(level: Level, form: Callable[[str], str]) -> Iterator[tuple[Named, Named]]:
    """Each item whose name, in that form, stands earlier in the level, with the first that bears it."""
    first: dict[str, Named] = {}
    for named in level:
        earlier = first.setdefault(form(named.entry.title), named)
        if earlier is not named:
            yield named, earlier
