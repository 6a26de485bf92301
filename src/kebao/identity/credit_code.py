"""Unified social credit code of an organisation (GB 32100-2015)."""

from __future__ import annotations

from kebao.identity.masking import as_typed
from kebao.model.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I O S V Z."""

LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_character(first17: str) -> str:
    """The 18th character for the first 17. Any of the 31 may come out. Raises ValueError when they are not 17 of `ALPHABET`."""
    if len(first17) != LENGTH - 1:
        raise ValueError(f"17 characters, not {len(first17)}")
    total = sum(ALPHABET.index(c) * weight for c, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def fault(code: str) -> Text | None:
    """What is wrong with a credit code, or None: length, characters, place of registration, check character."""
    typed = as_typed(code)
    if not typed:
        return Text(zh="没有填写统一社会信用代码。", en="The credit code is empty.")
    if len(typed) != LENGTH:
        return Text(
            zh=f"统一社会信用代码应为 {LENGTH} 位，这里是 {len(typed)} 位。",
            en=f"A unified social credit code has {LENGTH} characters; this one has {len(typed)}.",
        )
    for place, c in enumerate(typed, 1):
        if c not in ALPHABET:
            return Text(
                zh=f"统一社会信用代码第 {place} 位是“{c}”；只能用数字和大写字母，并且没有 I、O、S、V、Z。",
                en=f"Character {place} of the credit code is “{c}”; only digits and capitals other than I, O, S, V, Z occur.",
            )
    if not typed[2:8].isdecimal():
        return Text(
            zh="统一社会信用代码第 3 至 8 位是登记机关所在地，只能是数字。",
            en="Characters 3 to 8 of the credit code name the place of registration and are digits.",
        )
    expected = check_character(typed[:-1])
    if typed[-1] != expected:
        return Text(
            zh=f"统一社会信用代码的校验码不对：按前 17 位应为“{expected}”，这里是“{typed[-1]}”。请逐位核对。",
            en=f"The check character of the credit code is wrong: the first 17 call for “{expected}”, here stands “{typed[-1]}”. Check each character.",
        )
    return None


def is_valid(code: str) -> bool:
    """True when `fault` finds none."""
    return fault(code) is None
