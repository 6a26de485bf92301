"""HTML of a player with its transcript. Without the script it is a native video, its captions and a list to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kebao.model.location import clock
from kebao.model.text import Language, Text

STATIC = Path(__file__).parent / "static"
"""`player.js` and `player.css`, to be served or copied beside the page."""


@dataclass(frozen=True, slots=True)
class Track:
    """A WebVTT file from the page's own origin: captions or descriptions."""

    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript with its times in seconds."""

    start: Fraction
    end: Fraction
    text: str

    @property
    def shown(self) -> str:
        """Its time as a person reads it."""
        return clock(self.start)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a film begins with, as the page's server keeps it. Without one the player keeps it in the browser."""

    captions: bool = True
    sign: bool = True
    description: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of the film begins, in seconds, and its name."""

    start: Fraction
    text: str

    @property
    def shown(self) -> str:
        """Its time as a person reads it."""
        return clock(self.start)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is played.

    Attributes:
        id: of the element; unique in its page. Links with `data-seeks` of this value and `data-time` seek the player.
        title: of the lesson; the accessible name of the video.
        sources: addresses with their media types, best first.
        captions, descriptions: tracks, the default one first.
        sign: address of a video of a signer, played in step.
        transcript: lines in order; empty where there is none.
        language: of the transcript (BCP 47).
        extended: whether a description pauses the video until it is read.
        is_sound: whether there is no picture to show.
        download: address under which the medium may be saved; empty for none.
        described: address of a recorded description, played in step; `described_whole` when the film's own sound is in it.
        chapters: in order; empty where there are none.
        find: what is looked for in the transcript, or empty; None for a page without search.
        settings: what the film begins with.
    """

    id: str
    title: str
    sources: tuple[tuple[str, str], ...]
    poster: str = ""
    captions: tuple[Track, ...] = ()
    descriptions: tuple[Track, ...] = ()
    sign: str = ""
    transcript: tuple[Line, ...] = ()
    language: str = "zh-Hans"
    extended: bool = False
    is_sound: bool = False
    download: str = ""
    described: str = ""
    described_whole: bool = False
    chapters: tuple[Chapter, ...] = ()
    find: str | None = None
    settings: Settings | None = None

    def at(self, seconds: Fraction) -> str:
        """The medium from a time on (W3C Media Fragments): what a line leads to where no script seeks."""
        return f"{self.sources[0][0]}#t={float(seconds):.3f}" if self.sources else f"#{self.id}"

    def marked(self, text: str) -> Markup:
        """A line with what is looked for marked."""
        if not self.find:
            return escape(text)
        found = re.split(f"({re.escape(self.find)})", text, flags=re.IGNORECASE)
        parts = (
            Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(found)
        )
        return Markup("").join(parts)

    def told(self, words: dict[str, str]) -> str:
        """How often what is looked for stands in the transcript."""
        hits = sum(
            len(re.findall(re.escape(self.find or ""), line.text, flags=re.IGNORECASE)) for line in self.transcript
        )
        return words["hits"].format(count=hits) if hits else words["none"]


WORDS: dict[str, Text] = {
    "transcript": Text(zh="文字稿", en="Transcript"),
    "follow": Text(zh="点任何一句，视频跳到那里。", en="Choose a line and the video goes there."),
    "download": Text(zh="下载观看", en="Download"),
    "no-video": Text(zh="这个浏览器放不了视频。", en="This browser plays no video."),
    "sign": Text(zh="手语", en="Sign language"),
    "described": Text(zh="口述画面", en="Description of the picture"),
    "chapters": Text(zh="分段", en="Chapters"),
    "follow-sound": Text(zh="点任何一句，从那里听起。", en="Choose a line and listen from there."),
    "find": Text(zh="在文字稿里找", en="Find in the transcript"),
    "find-it": Text(zh="查找", en="Find"),
    "before": Text(zh="上一处", en="Previous"),
    "after": Text(zh="下一处", en="Next"),
    "print": Text(zh="打印文字稿", en="Print the transcript"),
    "hits": Text(zh="找到 {count} 处，已标出。", en="{count} found and marked."),
    "none": Text(zh="没有找到。", en="Not found."),
}

_environment = Environment(
    loader=PackageLoader("kebao.player", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_player(lesson: Lesson, language: Language = "zh", *, heading: int = 2) -> str:
    """The player's HTML, to be put into a page that links `player.css` and loads `player.js` as a module.

    Args:
        lesson: what is played.
        language: of labels.
        heading: level of the transcript's heading in the page.
    """
    words = {name: text.to(language) for name, text in WORDS.items()}
    return _environment.get_template("player.html").render(lesson=lesson, words=words, heading=heading)
