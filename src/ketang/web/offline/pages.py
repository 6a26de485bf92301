"""What is written for a package: each page in both languages, the player's script as one, styles, and what to read first.

Pages are opened from a disk: every address is relative, captions lie in the page (no browser reads a track beside a page of a
disk), scripts are classic ones. Without scripts films, captions and texts are there all the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from kebao.player.classic import classic_script
from kebao.player.page import STATIC, Chapter, Line, Track, render_player
from kebao.player.page import Lesson as Played
from ketang.classroom.learning.actions import FINISHED_PER_CENT
from ketang.classroom.offline.carrying import CarriedLesson, Load, plain_name
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole
from ketang.web.public.charts import chart_of

VERSION = 1
"""Of the pages; another one when templates change, so that packages are made anew."""
LANGUAGES = (("zh-hans", ""), ("en", ".en"))
"""Languages with what stands in names before `.html`."""
_STYLES = ("vendor/govuk.css", "web/tokens.css", "web/frame.css", "web/parts.css", "web/learning.css", "web/print.css")
_PICTURE = re.compile(r'src="files/([0-9]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson as the template shows it; `article` is its text, with pictures beside it."""

    carried: CarriedLesson
    address: str
    player: str
    article: SafeString

    @property
    def lesson(self) -> object:
        """The row."""
        return self.carried.lesson


def write(load: Load) -> Iterator[tuple[str, bytes]]:
    """Paths and bytes of everything, what is read first at the head."""
    yield "请先读我 README.txt", _read_first(load)
    for language, mark in LANGUAGES:
        with override(language):
            yield f"index{mark}.html", _index(load, mark)
    for place in range(len(load.lessons)):
        for language, mark in LANGUAGES:
            with override(language):
                yield f"{load.lessons[place].page}{mark}.html", _lesson(load, place, mark)
    yield from assets()


@lru_cache(maxsize=1)
def version() -> str:
    """Which pages these are: their number, and the digest of what they link."""
    told = sha256(str(VERSION).encode())
    for name, content in assets():
        told.update(name.encode() + content)
    return told.hexdigest()


@lru_cache(maxsize=1)
def assets() -> Sequence[tuple[str, bytes]]:
    """Styles and the script."""
    script = classic_script(
        [STATIC / "step.js", STATIC / "transcript.js", STATIC / "player.js", _static("web/attending.js"), _static("web/offline.js")]
    )  # fmt: skip
    styles = [(f"files/{Path(name).name}", _static(name).read_bytes()) for name in _STYLES]
    return (*styles, ("files/player.css", (STATIC / "player.css").read_bytes()), ("files/course.js", script.encode()))


def _static(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


def _words(load: Load, mark: str, here: str) -> dict[str, object]:
    """What every page shows; `here` is its name without language and ending."""
    return {
        "course": load.edition, "choice": load.choice, "styles": [Path(name).name for name in _STYLES if "print" not in name],
        "index": f"index{mark}.html", "chinese": f"{here}.html", "english": f"{here}.en.html", "origin": settings.PAGES_ORIGIN,
        "record_name": _("学习记录") + f" {plain_name(load.edition.title)[:60]}.json", "site": settings.SITE,
    }  # fmt: skip


def _index(load: Load, mark: str) -> bytes:
    pages = [(one, f"{one.page}{mark}.html") for one in load.lessons]
    return render_to_string("web/offline/index.html", {**_words(load, mark, "index"), "lessons": pages}).encode()


def _lesson(load: Load, place: int, mark: str) -> bytes:
    carried = load.lessons[place]
    near = {
        name: load.lessons[at]
        for name, at in (("previous", place - 1), ("next", place + 1))
        if 0 <= at < len(load.lessons)
    }
    shown = {name: (one.lesson, f"{one.page}{mark}.html") for name, one in near.items()}
    words = {
        "carried": carried, "lesson": carried.lesson, "player": _player(carried, mark), "chart": chart_of(carried.lesson),
        "article": _article(carried), "finished": FINISHED_PER_CENT, **shown,
    }  # fmt: skip
    return render_to_string("web/offline/lesson.html", {**_words(load, mark, carried.page), **words}).encode()


def _article(carried: CarriedLesson) -> SafeString:
    """The sanitised text, whose pictures lie beside the pages here."""

    def here(found: re.Match[str]) -> str:
        picture = carried.pictures.get(int(found.group(1)))
        return f'src="{picture.path}"' if picture is not None else found.group()

    # It was sanitised when it was made; only places of pictures are changed.
    return SafeString(_PICTURE.sub(here, carried.lesson.article))


def _player(carried: CarriedLesson, mark: str) -> SafeString:
    lesson, medium = carried.lesson, carried.medium
    if medium is None:
        return SafeString()
    played = Played(
        id="lesson", title=lesson.title, sources=((medium.path, medium.content_type),),
        poster=carried.poster.path if carried.poster else "",
        captions=_inside(lesson.captions, _("中文字幕")), descriptions=_inside(lesson.descriptions, _("口述")),
        sign=carried.sign.path if carried.sign else "",
        transcript=tuple(Line(Fraction(one["start"]), Fraction(one["end"]), one["text"]) for one in lesson.transcript),
        extended=True, is_sound=carried.is_sound, described=carried.described.path if carried.described else "",
        described_whole=lesson.described_whole,
        chapters=tuple(Chapter(Fraction(one["start"]), one["text"]) for one in lesson.chapters), find="",
    )  # fmt: skip
    return SafeString(render_player(played, "en" if mark else "zh"))


def _inside(stored: StoredFile | None, label: str) -> tuple[Track, ...]:
    """A track that lies in the page itself."""
    if stored is None:
        return ()
    told = base64.b64encode(read_whole(stored.pk)).decode("ascii")
    return (Track(f"data:text/vtt;charset=utf-8;base64,{told}", "zh-Hans", label),)


def _read_first(load: Load) -> bytes:
    """In both languages; as Windows' notepad wants it, with a mark of its encoding and lines that end in two signs."""
    told = []
    for language, mark in LANGUAGES:
        with override(language):
            told.append(render_to_string("web/offline/read_first.txt", _words(load, mark, "index")).strip())
    text = "\n\n----------------------------------------\n\n".join(told)
    return b"\xef\xbb\xbf" + (text.replace("\n", "\r\n") + "\r\n").encode()
