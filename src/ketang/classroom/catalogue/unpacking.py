"""From an opened package to lessons: its media go into the store, its captions become WebVTT, its texts are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from kebao.captions.cue import Captions
from kebao.captions.webvtt import shown_cues, write_webvtt
from kebao.media import playing
from kebao.media.facts import MediaFacts
from kebao.media.preview import preview
from kebao.model.errors import KebaoError
from kebao.subjects.course import Package, Resource, Timed
from kebao.subjects.facts import CAPTION_SUFFIXES
from kebao.subjects.tree_facts import TreeFacts
from ketang.classroom.catalogue.chaptering import chapters_of
from ketang.classroom.catalogue.lengths import ceiling_ms, characters_of
from ketang.classroom.catalogue.models import Lesson, LessonFile, LessonKind
from ketang.classroom.catalogue.preparing import Prepared
from ketang.classroom.catalogue.simulating import simulation_lesson
from ketang.classroom.catalogue.stills import Files, article_at, chart_lesson, task_lesson, text_lesson
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes, put_stream


def lessons_in(package: Package, tell: Callable[[int, int], None]) -> Prepared:
    """Every resource that the catalogue's items use, in the catalogue's order; then those that no item uses.

    Args:
        package: open.
        tell: is told how many of how many resources are done.

    Raises:
        Refused: nothing at all to show.
        KebaoError: a file that cannot be read.

    Effects: stored files.
    """
    places = _places(package)
    made: list[Lesson] = []
    files: list[LessonFile] = []
    left_out: list[str] = []

    def take(lesson: Lesson, resource: Resource, chapter: str, title: str) -> None:
        lesson.order, lesson.chapter, lesson.title = len(made) + 1, chapter[:400], title[:400]
        lesson.item = resource.item[:200]
        _counts(lesson, resource)
        made.append(lesson)

    for done, (chapter, title, resource) in enumerate(places):
        tell(done, len(places))
        found = _lesson(resource)
        if found is None:
            left_out.append(title)
        else:
            take(found[0], resource, chapter, title)
            files += found[1]
        if (task := task_lesson(resource)) is not None:
            take(task[0], resource, chapter, f"{title} · 任务单")
            files += task[1].made
    if not made:
        raise Refused(_("课程包里没有可以播放或阅读的资源。"))
    manifest = package.manifest
    return Prepared(
        made, _introduction(package), left_out, files, category=next(iter(manifest.categories), ""),
        occupation=manifest.occupation.name, level=manifest.occupation.level,
    )  # fmt: skip


def _places(package: Package) -> list[tuple[str, str, Resource]]:
    """(chapter, title, resource) for each use of a resource; a resource is shown once."""
    found: list[tuple[str, str, Resource]] = []
    used: set[int] = set()
    for item in package.lessons:
        uses = [resource for resource in dict.fromkeys(item.resources) if resource.index not in used]
        for resource in uses:
            used.add(resource.index)
            names = (item.entry.title, resource.name if len(uses) > 1 or not item.entry.title else "")
            found.append((_joined(item.parents), _joined(names), resource))
    found += [("", resource.name, resource) for resource in package.resources if resource.index not in used]
    return found


def _joined(names: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(name for name in names if name))


def _lesson(resource: Resource) -> tuple[Lesson, Sequence[LessonFile]] | None:
    """The lesson of a resource, its files stored; None for what the classroom cannot show yet."""
    if isinstance(resource, Timed) and isinstance(resource.media, MediaFacts):
        lesson, files = _timed(resource, resource.media)
        return lesson, files.made
    make = {"text": text_lesson, "chart": chart_lesson, "simulation": simulation_lesson}.get(resource.entry.kind)
    found = make(resource) if make is not None and resource.exists else None
    return (found[0], found[1].made) if found is not None else None


def _counts(lesson: Lesson, resource: Resource) -> None:
    """How long it counts, and which stretches are which class of content. A task is practice, whatever its film is."""
    if lesson.seconds:
        lesson.counts_ms = int(lesson.seconds * 1000)
    else:
        task = lesson.kind == LessonKind.TASK
        declared = 0 if task else int((resource.entry.minutes or 0) * 60_000)
        lesson.counts_ms = ceiling_ms(lesson.kind, characters=characters_of(lesson.text), declared_ms=declared)
    if lesson.kind == LessonKind.TASK:
        lesson.stretches = [[0, lesson.counts_ms, "实操"]]
    elif isinstance(resource, Timed):
        lesson.stretches = [
            [round(run.span.start * 1000), round(run.span.end * 1000), run.role] for run in resource.runs
        ]
    elif resource.entry.role:
        lesson.stretches = [[0, lesson.counts_ms, resource.entry.role]]


def _timed(resource: Timed, media: MediaFacts) -> tuple[Lesson, Files]:
    facts, path = resource.package.facts, resource.entry.path
    assert isinstance(facts, TreeFacts)  # noqa: S101 - opened packages have files
    content_type = playing.content_type(media)  # empty where browsers play only what is made of it
    with facts.open(path) as stream:
        stored = put_stream(stream)
    kind = LessonKind.VIDEO if media.video is not None else LessonKind.AUDIO
    lesson = Lesson(kind=kind, media=stored, content_type=content_type, seconds=_exact(media.seconds))
    track = next((track for track in resource.captions if shown_cues(track.cues)), None)
    if track is not None:
        cues = shown_cues(track.cues)
        lesson.captions = put_bytes(write_webvtt(cues).encode())
        lesson.transcript = [
            {"start": str(_exact(cue.start)), "end": str(_exact(cue.end)), "text": cue.words} for cue in cues
        ]
    files = Files(lesson)
    if (told := article_at(facts, resource.entry.transcript, files)) is not None:
        lesson.article, lesson.text = told.html, told.words
    lesson.chapters = chapters_of(facts, path, media.seconds)
    _for_who_cannot_hear_or_see(lesson, resource)
    if media.video is not None and (jpeg := _poster(facts, path)):
        lesson.poster = put_bytes(jpeg)
    return lesson, files


def _for_who_cannot_hear_or_see(lesson: Lesson, resource: Timed) -> None:
    """The film of a signer; the description, timed words or a recording that browsers play."""
    facts, sign, description = resource.package.facts, resource.entry.sign, resource.entry.description
    assert isinstance(facts, TreeFacts)  # noqa: S101 - opened packages have files
    signer = facts.media(sign) if sign and facts.exists(sign) else None
    if isinstance(signer, MediaFacts) and signer.video is not None:
        lesson.sign_type = playing.content_type(signer)
        with facts.open(sign) as stream:
            lesson.sign = put_stream(stream)
    if PurePosixPath(description).suffix.lower() in CAPTION_SUFFIXES and facts.exists(description):
        told = facts.captions(description)
        if isinstance(told, Captions) and (cues := shown_cues(told.cues)):
            lesson.descriptions = put_bytes(write_webvtt(cues).encode())
        return
    recorded = facts.media(description) if description and facts.exists(description) else None
    if isinstance(recorded, MediaFacts) and (kind := playing.content_type(recorded)):
        # A film in which somebody describes holds the film's own sound; a recording alone is what is said between it.
        lesson.described_type, lesson.described_whole = kind, recorded.video is not None
        with facts.open(description) as stream:
            lesson.described = put_stream(stream)


def _poster(facts: TreeFacts, path: str) -> bytes:
    """The keyframe with most to see; nothing where none can be decoded: a course is not held up by its picture."""
    try:
        with facts.open(path) as stream:
            found = preview(stream, tiles=4).poster
    except KebaoError:
        return b""
    return found.jpeg if found is not None else b""


def _introduction(package: Package) -> str:
    intro = package.manifest.intro
    if intro and package.facts.exists(intro):
        words = package.facts.text(intro)
        return words if isinstance(words, str) else ""
    return intro


def _exact(seconds: Fraction) -> Decimal:
    return Decimal(round(seconds * 1000)).scaleb(-3)
