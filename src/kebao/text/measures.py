"""Hours, shares and numbers as people write them: exact fractions, floored, never guessed (A3)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

SECONDS_PER_HOUR = 2700
"""Seconds of one 学时: every 45 minutes count as one (A3(1))."""

HOUR_UNITS = ("学时", "课时")

_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"([+-]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?")
_COLONS = re.compile(r"(?:([0-9]{1,4}):([0-5]?[0-9])|([0-9]{1,5})):([0-5][0-9](?:\.[0-9]{1,9})?)")
_WORDS = re.compile(
    r"(?:([0-9]{1,4}(?:\.[0-9]{1,9})?) ?(?:小时|时|h))? ?(?:([0-9]{1,5}(?:\.[0-9]{1,9})?) ?(?:分钟|分|min|m|'|′))?"
    r" ?(?:([0-9]{1,7}(?:\.[0-9]{1,9})?) ?(?:秒钟|秒|s|\"|″|''|′′))?"
)


def hours_floored(seconds: Fraction | int) -> Decimal:
    """学时 with one decimal: seconds / 2700, floored, never rounded up (reading "hours", A3(1)). Raises ValueError below zero."""
    if seconds < 0:
        raise ValueError(f"time runs forward: {seconds} s")
    tenths = math.floor(Fraction(seconds) * 10 / SECONDS_PER_HOUR)
    return Decimal(tenths).scaleb(-1)


def share(part: Fraction | int, whole: Fraction | int) -> Fraction:
    """`part` of `whole` as an exact fraction, 0 to 1 and beyond. Raises ValueError when there is no whole to have a part of."""
    if whole <= 0 or part < 0:
        raise ValueError(f"no share: {part} of {whole}")
    return Fraction(part) / Fraction(whole)


def percent_shown(value: Fraction) -> str:
    """A share for the eye, one decimal, half up: 9.996 % shows as `10.0 %`. Compare the fraction, never this."""
    tenths = math.floor(abs(value) * 1000 + Fraction(1, 2))
    sign = "-" if value < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10} %"


def parse_decimal(raw: object, *, units: Collection[str] = HOUR_UNITS) -> Decimal | None:
    """A number from a cell or a form; None for what is none.

    Takes ints, floats (to 15 digits, as Excel keeps them; 2.0 gives 2), `１２．５`, `1,200.50`, and a number with one of `units`
    behind it (`12学时`). A range, `约12`, `1,5`, `1e3`, true/false, dates and numerals in Chinese give None.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() else None
    if isinstance(raw, int):
        return Decimal(raw)
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return None
        return Decimal(int(raw)) if raw.is_integer() else Decimal(format(raw, ".15g"))
    if not isinstance(raw, str) or len(raw) > _LONGEST_NUMBER:
        return None
    text = unicodedata.normalize("NFKC", raw).replace("−", "-").strip()
    for unit in units:
        if text.endswith(unit):
            text = text.removesuffix(unit).rstrip()
            break
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    sign, whole, rest = match.groups()
    return Decimal(f"{sign}{whole.replace(',', '')}{rest or ''}")


def parse_clock(raw: object) -> Fraction | None:
    """A time of a medium in exact seconds; None for what is none.

    Takes `04:12` (minutes and seconds), `1:02:03.5`, `3分20秒`, `1小时5分`, `90秒`, full-width too. A bare number and what Excel
    makes of a time (a fraction of a day, a time of day) have no certain unit and give None.
    """
    if not isinstance(raw, str) or len(raw) > _LONGEST_NUMBER:
        return None
    text = " ".join(unicodedata.normalize("NFKC", raw).split()).lower()
    colons = _COLONS.fullmatch(text)
    if colons:
        hours, minutes, only_minutes, seconds = colons.groups()
        return Fraction(int(hours or 0) * 3600 + int(minutes or only_minutes) * 60) + Fraction(seconds)
    words = _WORDS.fullmatch(text)
    if not words or not any(words.groups()):
        return None
    hours, minutes, seconds = words.groups()
    if (hours and minutes and Fraction(minutes) >= 60) or ((hours or minutes) and seconds and Fraction(seconds) >= 60):
        return None  # 1小时90分: a slip somewhere, and not for us to mend
    return Fraction(hours or 0) * 3600 + Fraction(minutes or 0) * 60 + Fraction(seconds or 0)
