"""Identity number of a person (GB 11643-1999): region, day of birth, order, check character."""

from __future__ import annotations

from datetime import date

from kebao.identity.masking import as_typed, masked
from kebao.model.text import Text

LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS = frozenset("0123456789")
_EARLIEST_YEAR = 1850  # numbers were first given out in 1984: nobody born before ever had one


def check_character(first17: str) -> str:
    """The 18th character, 0-9 or X, for the first 17 digits. Raises ValueError when they are not 17 digits."""
    if len(first17) != LENGTH - 1 or not _DIGITS.issuperset(first17):
        raise ValueError("17 digits are needed")
    return _CHECKS[sum(int(c) * weight for c, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def fault(code: str, *, on: date | None = None) -> Text | None:
    """What is wrong with an identity number, or None.

    The sentence never holds the whole number, nor the day of birth. A lower-case x and full-width digits are accepted.

    Args:
        code: the number as typed.
        on: the day on which it is looked at; a birth after it is a fault. None: the day is not compared.
    """
    typed = as_typed(code)
    if not typed:
        return Text(zh="没有填写公民身份号码。", en="The identity number is empty.")
    if len(typed) != LENGTH:
        return Text(
            zh=f"公民身份号码应为 {LENGTH} 位，{masked(typed)} 是 {len(typed)} 位。",
            en=f"An identity number has {LENGTH} characters; {masked(typed)} has {len(typed)}.",
        )
    for place, c in enumerate(typed, 1):
        if c not in _DIGITS and not (c == "X" and place == LENGTH):
            return Text(
                zh=f"公民身份号码 {masked(typed)} 第 {place} 位是“{c}”；前 17 位只能是数字，末位是数字或 X。",
                en=f"Character {place} of the identity number {masked(typed)} is “{c}”; the first 17 are digits, the last a digit or X.",
            )
    if typed[0] == "0":
        return Text(
            zh=f"公民身份号码 {masked(typed)} 的前 6 位是行政区划代码，不会以 0 开头。",
            en=f"The first six digits of the identity number {masked(typed)} name a region and never start with 0.",
        )
    return _birth_fault(typed, on) or _check_fault(typed)


def is_valid(code: str, *, on: date | None = None) -> bool:
    """True when `fault` finds none."""
    return fault(code, on=on) is None


def _birth_fault(typed: str, on: date | None) -> Text | None:
    try:
        born = date(int(typed[6:10]), int(typed[10:12]), int(typed[12:14]))
    except ValueError:
        born = date.min
    if born.year < _EARLIEST_YEAR:
        return Text(
            zh=f"公民身份号码 {masked(typed)} 第 7 至 14 位不是真实的出生日期。",
            en=f"Digits 7 to 14 of the identity number {masked(typed)} are no real day of birth.",
        )
    if on is not None and born > on:
        return Text(
            zh=f"公民身份号码 {masked(typed)} 里的出生日期晚于 {on.isoformat()}。",
            en=f"The day of birth in the identity number {masked(typed)} is later than {on.isoformat()}.",
        )
    return None


def _check_fault(typed: str) -> Text | None:
    expected = check_character(typed[:-1])
    if typed[-1] == expected:
        return None
    return Text(
        zh=f"公民身份号码 {masked(typed)} 的校验码不对：按前 17 位应为“{expected}”，这里是“{typed[-1]}”。请逐位核对。",
        en=f"The check character of the identity number {masked(typed)} is wrong: the first 17 call for “{expected}”, here stands “{typed[-1]}”.",
    )
