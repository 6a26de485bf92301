"""Numbers of persons that stand in running text: found, and hidden wherever words are quoted (GB 11643-1999)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kebao.identity import disability_number, resident_number
from kebao.identity.masking import as_typed, masked

_PERSON = 18
_GAP = "[ \\-‐‑–—−]?"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?:{_GAP}[1-7]{_GAP}[1-4](?:B[1-9])?)?(?![0-9A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number that checks as one of a person; `masked` is what may be shown of it."""

    start: int
    end: int
    is_disability: bool
    masked: str


def personal_numbers(words: str) -> Iterator[PersonalNumber]:
    """Every identity or disability number in a text; full-width digits, spaces and hyphens inside it are seen through."""
    plain = "".join(narrow if len(narrow := unicodedata.normalize("NFKC", c)) == 1 else c for c in words)
    for match in _NUMBER.finditer(plain):
        number = as_typed(match[0])
        is_disability = len(number) > _PERSON and disability_number.is_valid(number)
        if is_disability or resident_number.is_valid(number[:_PERSON]):
            yield PersonalNumber(match.start(), match.end(), is_disability, masked(number))


def without_numbers(words: str, most: int = 200) -> str:
    """The words as they may be quoted: numbers of persons masked, cut at `most` characters."""
    for found in reversed(list(personal_numbers(words))):
        words = words[: found.start] + found.masked + words[found.end :]
    return words if len(words) <= most else words[: most - 1] + "…"
