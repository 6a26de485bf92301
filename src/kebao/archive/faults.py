"""Refusals: short ways to raise `Unsafe` and `Unreadable` with the entry's name made safe to show."""

from __future__ import annotations

import unicodedata
from typing import Any

from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text

_SHOWN_CHARS = 120
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(name: str) -> str:
    r"""A name as it may stand in a message: control, bidi and broken characters as `\u202e`, long names cut inside."""
    if len(name) > _SHOWN_CHARS:
        name = f"{name[: _SHOWN_CHARS // 2]}…{name[-_SHOWN_CHARS // 3 :]}"
    if name.isprintable():
        return name
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _UNSHOWABLE else c for c in name)


def sentence(zh: str, en: str, entry: str = "", **values: Any) -> Text:
    """The two sentences filled; `{entry}` stands for the entry's name, made safe to show."""
    return Text(zh=zh, en=en).format(entry=shown(entry), **values)


def unsafe(code: str, zh: str, en: str, entry: str = "", **values: Any) -> Unsafe:
    """An `Unsafe` whose message names the entry (`{entry}`)."""
    return Unsafe(code, sentence(zh, en, entry, **values), entry=entry)


def unreadable(code: str, zh: str, en: str, entry: str = "", **values: Any) -> Unreadable:
    """An `Unreadable` whose message names the entry (`{entry}`)."""
    return Unreadable(code, sentence(zh, en, entry, **values), entry=entry)


def megabytes(count: int) -> str:
    """Bytes as a person reads them: `64 GB`, `20 MB`, `3 KB` (1024-based, rounded up)."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20)):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{-(-count // 1024)} KB"
