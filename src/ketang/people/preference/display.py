"""What a person may set for every page and lesson: looks, what a film begins with, time. A setting is kept, never its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

KNOWN: Mapping[str, tuple[str, ...]] = {
    "size": ("standard", "large"),
    "theme": ("auto", "light", "dark", "contrast"),
    "spacing": ("standard", "wide"),
    "reading": ("plain", "easy"),
    "captions": ("on", "off"),
    "sign": ("on", "off"),
    "description": ("off", "on"),
    "motion": ("auto", "less"),
    "time": ("once", "half", "double"),
}
"""The words of each setting, its default first. Text and table never change: cookies and accounts hold them."""
EXTRA_PER_CENT: Mapping[str, int] = {"once": 0, "half": 50, "double": 100}


@dataclass(frozen=True, slots=True)
class Display:
    """One choice of each. Its text is `size.theme.spacing` and so on; what is missing or unknown in a text is taken as the default.

    Attributes:
        size: of text.
        theme: colours; `contrast` is yellow on black.
        spacing: between signs and lines.
        reading: `easy` sets one sentence a line in a narrow column.
        captions, sign, description: whether a film begins with them.
        motion: `auto` follows the device, `less` moves nothing.
        time: how much longer where something is timed.
    """

    size: str = "standard"
    theme: str = "auto"
    spacing: str = "standard"
    reading: str = "plain"
    captions: str = "on"
    sign: str = "on"
    description: str = "off"
    motion: str = "auto"
    time: str = "once"

    @classmethod
    def read(cls, text: str) -> Display:
        """The display a text means."""
        found = cls()
        for (name, known), word in zip(KNOWN.items(), text.split("."), strict=False):
            if word in known:
                found = replace(found, **{name: word})
        return found

    def __str__(self) -> str:
        return ".".join(getattr(self, field.name) for field in fields(self))

    @property
    def extra_per_cent(self) -> int:
        """By how much a time limit grows."""
        return EXTRA_PER_CENT[self.time]
