"""Words as both columns can find them: each hanzi a word of its own, so that a phrase of any length is found inside a text."""

from __future__ import annotations

import re
import unicodedata

PREFIX = 3
"""Letters or digits from which on a word that was only begun is found; shorter ones stand for too many."""
MOST = 8
"""Most phrases of one search that are looked for."""

_HANZI = re.compile(r"([\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


def spaced(text: str) -> str:
    """Lower case, full-width letters as plain ones, signs as spaces, and every hanzi between spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in plain)
    return " ".join(_HANZI.sub(r" \1 ", kept).split())


def phrases(words: str) -> list[list[str]]:
    """What was typed, as phrases that must all be found: between spaces stands one phrase."""
    found = (spaced(word).split() for word in words.split())
    return [phrase for phrase in found if phrase][:MOST]


def may_go_on(phrase: list[str]) -> bool:
    """Whether the last word of a phrase may be the beginning of a longer one: `TIANJIN-2023-000` finds the first nine."""
    last = phrase[-1]
    return len(last) >= PREFIX and last.isascii()
