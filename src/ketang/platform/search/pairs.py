"""Words of long texts: each hanzi and each two that stand together are one, so that no search has to walk along common hanzi.

What is looked for is found without positions: a text that has all the pairs of a phrase is then asked for the phrase itself. Of the
commonest hanzi all pairs stand nearly everywhere; so that few texts are asked in vain, each three in a row leave a trace, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from ketang.platform.search.words import MOST, PREFIX

_HANZI = "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SIGNS = re.compile(r"[\W_]+")
_SPACES = re.compile(f"(?<={_HANZI}) | (?={_HANZI})")
_RUNS = re.compile(f"({_HANZI}+)|([^ ]+?)(?=$| |{_HANZI})")


LONGEST = 60
"""Letters of a word that count: what is longer is no word that anybody types, and PostgreSQL takes none of 2 kB."""


def compact(text: str) -> str:
    """As texts are compared: lower case, full-width letters as plain ones, no signs, a space only between words of letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub("", _SIGNS.sub(" ", plain)).strip()


def words_of(text: str) -> set[str]:
    """The words of a text that `compact` gave: hanzi, pairs of hanzi that follow each other, words of letters and digits."""
    found: set[str] = set()
    for hanzi, letters in _RUNS.findall(text):
        if letters:
            found.add(letters[:LONGEST])
        else:
            found.update(hanzi)
            found.update(map("".join, pairwise(hanzi)))
    return found


def traces_of(text: str) -> set[str]:
    """The traces of a text that `compact` gave: one for each three hanzi in a row, which many others share.

    One of `_TRACES`, however long the text: of words for each three a day's talk would have more than PostgreSQL takes.
    """
    return {trace for hanzi, _letters in _RUNS.findall(text) for trace in _traces(hanzi)}


_TRACES = 2**16
"""A lesson of 2000 hanzi leaves three in a hundred of them."""


def _traces(hanzi: str) -> Iterable[str]:
    return (f"{crc32(hanzi[place : place + 3].encode()) % _TRACES:04x}" for place in range(len(hanzi) - 2))


@dataclass(frozen=True, slots=True)
class Phrase:
    """What must be found as it stands.

    Attributes:
        text: as `compact` gives it.
        words: all of which a text must have that holds it.
        begun: the word of which only the beginning is given; empty for none.
        traces: all of which a text must have left that holds it.
    """

    text: str
    words: tuple[str, ...]
    begun: str = ""
    traces: tuple[str, ...] = ()

    @property
    def is_one_word(self) -> bool:
        """Whether a text that has its words holds it."""
        return self.text in (self.begun, *self.words)


def phrases_of(typed: str) -> list[Phrase]:
    """What was typed, as phrases that must all be found: between spaces stands one phrase."""
    texts = (compact(word) for word in typed.split())
    return [_phrase(text) for text in dict.fromkeys(text for text in texts if text)][:MOST]


def _phrase(text: str) -> Phrase:
    runs = _RUNS.findall(text)
    words: list[str] = []
    for hanzi, letters in runs:
        words += [letters[:LONGEST]] if letters else _pairs(hanzi)
    begun = ""
    last = runs[-1][1]
    if len(last) >= PREFIX and last.isascii():
        begun = words.pop()
    traces = dict.fromkeys(trace for hanzi, _letters in runs for trace in _traces(hanzi))
    return Phrase(text, tuple(dict.fromkeys(words)), begun, tuple(traces))


def _pairs(hanzi: str) -> Iterable[str]:
    return map("".join, pairwise(hanzi)) if len(hanzi) > 1 else [hanzi]
