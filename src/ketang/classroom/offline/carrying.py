"""What goes into a package: of each lesson the medium of the chosen size, and everything beside it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ketang.classroom.catalogue.models import Edition, Lesson, LessonFile, LessonKind
from ketang.classroom.offline.models import Choice
from ketang.classroom.renditions.models import Purpose, Rendition
from ketang.classroom.renditions.queries import renditions_by_source
from ketang.platform.storage.models import StoredFile

ORIGINAL, AUDIO = "original", "audio"
_WANTED: Mapping[str, Sequence[str]] = {
    Choice.P720: ("720p", "480p", ORIGINAL, AUDIO), Choice.P480: ("480p", "720p", ORIGINAL, AUDIO), Choice.AUDIO: (AUDIO,),
}  # fmt: skip
"""By choice the names of renditions, the best first."""
_SUFFIXES = {
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "image/jpeg": ".jpg",
}
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class Carried:
    """A stored file and its place in the package, from the pages' folder."""

    path: str
    file: StoredFile
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class CarriedLesson:
    """A lesson with its files. `medium` is None where it has none of the chosen size; `pictures` are by number in its text."""

    lesson: Lesson
    page: str
    medium: Carried | None = None
    is_sound: bool = False
    sign: Carried | None = None
    described: Carried | None = None
    poster: Carried | None = None
    captions: Carried | None = None
    pictures: Mapping[int, Carried] = field(default_factory=dict)
    handouts: Sequence[tuple[str, Carried]] = ()

    @property
    def files(self) -> list[Carried]:
        """All of them."""
        own = (self.medium, self.sign, self.described, self.poster, self.captions)
        others = (*self.pictures.values(), *(one for _name, one in self.handouts))
        return [one for one in (*own, *others) if one is not None]


@dataclass(frozen=True, slots=True)
class Load:
    """All that goes into a package."""

    edition: Edition
    choice: Choice
    lessons: Sequence[CarriedLesson]

    @property
    def files(self) -> list[Carried]:
        """Of every lesson, in order."""
        return [one for lesson in self.lessons for one in lesson.files]

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(one.file.size for one in self.files)

    @property
    def folder(self) -> str:
        """The folder that holds everything: the course's title, as every system takes a name."""
        return f"{plain_name(self.edition.title)[:60].strip(' .') or 'course'}"


def plain_name(name: str) -> str:
    """Without the signs that file systems refuse."""
    return _FORBIDDEN.sub(" ", name).strip(" .")


Write = Callable[[Load], Iterator[tuple[str, bytes]]]
"""Gives paths and bytes of everything that is written for a package: pages in both languages, scripts, styles, what to read first."""

_writers: list[tuple[Write, Callable[[], str]]] = []


def written_by(write: Write, version: Callable[[], str]) -> None:
    """Have a package's pages written by `write`, once; so this room need not know how pages look.

    `version` says which pages they are: another one makes every package anew when it is asked for next.
    """
    _writers[:] = [(write, version)]


def written_for(load: Load) -> Iterator[tuple[str, bytes]]:
    """Everything that is written for a package, with its places from the pages' folder."""
    write, _version = _writers[0]
    return write(load)


def recipe_of(load: Load) -> str:
    """The digest of all that goes in."""
    _write, version = _writers[0]
    told = [version(), str(load.edition.pk), load.choice.value]
    return sha256("\n".join([*told, *(f"{one.path} {one.file.pk}" for one in load.files)]).encode()).hexdigest()


def loads_of(edition: Edition) -> dict[Choice, Load]:
    """What would go into each package of an edition. Five queries."""
    more = ("media", "captions", "poster", "sign", "descriptions", "described")
    lessons = list(edition.lessons.select_related(*more).prefetch_related("files__file").order_by("order"))
    made = renditions_by_source([one.media_id for one in lessons if one.media_id], Purpose.LESSON)
    signs = renditions_by_source([one.sign_id for one in lessons if one.sign_id], Purpose.SIGN)
    return {
        choice: Load(edition, choice, [_carried(one, choice, made, signs, len(str(len(lessons)))) for one in lessons])
        for choice in Choice
    }


def _carried(
    lesson: Lesson, choice: Choice, made: Mapping[str, Mapping[str, Rendition]],
    signs: Mapping[str, Mapping[str, Rendition]], digits: int,
) -> CarriedLesson:  # fmt: skip
    page = f"{lesson.order:0{max(2, digits)}}"
    medium, name = _medium(lesson, choice, made.get(lesson.media_id or "", {}), page)
    with_picture = medium is not None and not lesson.is_sound and name != AUDIO
    own = {one.number: one for one in lesson.files.all()} if lesson.kind != LessonKind.SIMULATION else {}
    return CarriedLesson(
        lesson, page, medium, name == AUDIO or lesson.is_sound,
        sign=_sign(lesson, signs.get(lesson.sign_id or "", {}), page) if with_picture else None,
        described=Carried(f"media/{page}-described{_suffix(lesson.described_type)}", lesson.described, lesson.described_type)
        if lesson.described and with_picture else None,
        poster=Carried(f"media/{page}.jpg", lesson.poster, "image/jpeg") if lesson.poster and with_picture else None,
        captions=Carried(f"media/{page}.vtt", lesson.captions, "text/vtt") if lesson.captions and medium else None,
        pictures={
            number: Carried(f"media/{page}-{number}{_suffix(one.content_type)}", one.file, one.content_type)
            for number, one in own.items() if one.content_type
        },
        handouts=[(one.name, _handout(one, page)) for one in own.values() if not one.content_type],
    )  # fmt: skip


def _medium(lesson: Lesson, choice: Choice, made: Mapping[str, Rendition], page: str) -> tuple[Carried | None, str]:
    """The medium and the name of what it is."""
    wanted = (AUDIO, ORIGINAL) if lesson.is_sound else _WANTED[choice]
    for name in wanted:
        if name == ORIGINAL and lesson.media is not None and lesson.content_type:
            return Carried(f"media/{page}{_suffix(lesson.content_type)}", lesson.media, lesson.content_type), name
        if (one := made.get(name)) is not None:
            return Carried(f"media/{page}{_suffix(one.content_type)}", one.file, one.content_type), name
    return None, ""


def _sign(lesson: Lesson, made: Mapping[str, Rendition], page: str) -> Carried | None:
    if (one := made.get("480p")) is not None:
        return Carried(f"media/{page}-sign{_suffix(one.content_type)}", one.file, one.content_type)
    if lesson.sign is not None and lesson.sign_type:
        return Carried(f"media/{page}-sign{_suffix(lesson.sign_type)}", lesson.sign, lesson.sign_type)
    return None


def _handout(one: LessonFile, page: str) -> Carried:
    return Carried(f"media/{page}-{one.number}-{plain_name(one.name.rpartition('/')[2])[-80:]}", one.file)


def _suffix(content_type: str) -> str:
    plain = content_type.partition(";")[0].strip()
    return _SUFFIXES.get(plain) or mimetypes.guess_extension(plain) or ".bin"
