"""Values as people write them in a cell or a line: lists, yes or no, stretches of time. Written and read here, so that both agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from kebao.package.manifest import KIND_WORDS, Clock, ResourceKind, TimeRange
from kebao.text.measures import parse_clock

YES, NO = "是", "否"
_TRUE = frozenset({"是", "有", "同意", "对", "√", "✓", "☑", "true", "yes", "y", "1"})
_FALSE = frozenset({"否", "不是", "无", "没有", "不同意", "错", "×", "✗", "false", "no", "n", "0"})
_KINDS: dict[str, ResourceKind] = {word: kind for kind, word in KIND_WORDS.items()}
_CLOCK = re.compile(next(part.pattern for part in get_args(Clock)[1].metadata if hasattr(part, "pattern")))
_WORD_SEPARATORS = "、，,；;\n\t"
_RANGE = re.compile(
    r"^(?P<start>[0-9:.时分秒小钟]+)\s*(?:-+|~+|至|到)\s*(?P<end>[0-9:.时分秒小钟]+)\s*[:,]?\s*(?P<role>\S+)$"
)
_ROLE_FIRST = re.compile(
    r"^(?P<role>[^\s0-9:]+)\s*[:,]?\s*(?P<start>[0-9:.时分秒小钟]+)\s*(?:-+|~+|至|到)\s*(?P<end>[0-9:.时分秒小钟]+)$"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－～〜", "-"))


def tidy(text: str) -> str:
    """Full-width letters, digits and signs made half-width, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def yes_or_no(text: str) -> bool | None:
    """是/否 and what people write for it; None for anything else."""
    word = tidy(text).casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def kind_named(text: str) -> str:
    """The kind that a Chinese word stands for (视频 → video); anything else as it is."""
    word = tidy(text)
    return _KINDS.get(word, word)


def clock_text(text: str) -> str:
    """A time in the manifest's form. What already has it stays; 3分20秒 and 75:00 are rewritten; the rest is left as it is."""
    word = tidy(text)
    if _CLOCK.match(word):
        return word
    seconds = parse_clock(word)
    return text.strip() if seconds is None else _clock(seconds)


def _clock(seconds: Fraction) -> str:
    thousandths = int(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    hours, minutes, second = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes:02d}:{second:02d}"
    return f"{text}.{rest:03d}".rstrip("0") if rest else text


def write_ranges(ranges: Sequence[TimeRange]) -> str:
    """Stretches on one line: `00:00-05:30 讲授；05:30-10:00 演示`."""
    return "；".join(f"{part.start}-{part.end} {part.role}" for part in ranges)


def read_ranges(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """Stretches as start, end and role, and the pieces that are none."""
    understood, lost = [], []
    for piece in re.split(r"[；;\n、]", text):
        if not piece.strip():
            continue
        words = tidy(piece.translate(_DASHES))
        match = _RANGE.match(words) or _ROLE_FIRST.match(words)
        if match:
            start, end = clock_text(match["start"]), clock_text(match["end"])
            understood.append({"start": start, "end": end, "role": match["role"].strip("()[]【】")})
        else:
            lost.append(piece.strip())
    return understood, lost


def write_list(items: Sequence[str], *, lines: bool = False) -> str:
    """Several words in one cell: joined by 、, or one on a line. What holds a separator itself stands in quotes."""
    separators = "\n" if lines else _WORD_SEPARATORS
    parts = [
        '"' + item.replace('"', '""') + '"' if not item or item[0] == '"' or set(item) & set(separators) else item
        for item in items
    ]
    return ("\n" if lines else "、").join(parts)


def read_list(text: str, *, lines: bool = False, known: Collection[str] = ()) -> list[str]:
    """Words of one cell, separated by 、 ， , ； ; or a line break (`lines`: by line breaks alone).

    A space separates only where the words around it are `known`: a name may hold one.
    """
    separators = "\n" if lines else _WORD_SEPARATORS
    items: list[str] = []
    place = 0
    while place < len(text):
        if text[place] in separators or text[place].isspace():
            place += 1
            continue
        quoted = _QUOTED.match(text, place)
        if quoted and (quoted.end() == len(text) or text[quoted.end()] in separators):
            items.append(quoted[1].replace('""', '"'))
            place = quoted.end()
            continue
        end = min((found for sign in separators if (found := text.find(sign, place)) >= 0), default=len(text))
        items += _apart(text[place:end].strip(), known)
        place = end
    return items


_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def _apart(word: str, known: Collection[str]) -> list[str]:
    pieces = word.split()
    if len(pieces) > 1 and word not in known and all(piece in known for piece in pieces):
        return pieces
    return [word]


def number_text(number: Decimal) -> str:
    """A number in plain digits, never with an exponent."""
    return format(number, "f")
