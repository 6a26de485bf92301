from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from kebao.identity.credit_code import ALPHABET, check_character, fault, is_valid

GOOD = "91350100M000100Y43"
FIRST_17 = st.builds(
    lambda authority, kind, region, rest: authority + kind + region + rest,
    st.sampled_from("123456789ANY"),
    st.sampled_from(ALPHABET),
    st.text(alphabet="0123456789", min_size=6, max_size=6),
    st.text(alphabet=ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    "code",
    [GOOD, GOOD.lower(), f" {GOOD} ", "91350100 M000100Y 43", "９１３５０１００M000100Y43", "91350100-M000100Y-43"],
)
def test_good_codes(code: str) -> None:
    assert fault(code) is None
    assert is_valid(code)


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("", "没有填写统一社会信用代码。"),
        (GOOD[:-1], "统一社会信用代码应为 18 位，这里是 17 位。"),
        (GOOD + "1", "统一社会信用代码应为 18 位，这里是 19 位。"),
        ("9135010OM000100Y43", "统一社会信用代码第 8 位是“O”；只能用数字和大写字母，并且没有 I、O、S、V、Z。"),
        ("91350100M000100Y4٣", "统一社会信用代码第 18 位是“٣”；只能用数字和大写字母，并且没有 I、O、S、V、Z。"),
        ("9135A100M000100Y43", "统一社会信用代码第 3 至 8 位是登记机关所在地，只能是数字。"),
        ("91350100M000100Y44", "统一社会信用代码的校验码不对：按前 17 位应为“3”，这里是“4”。请逐位核对。"),
    ],
)
def test_faults(code: str, zh: str) -> None:
    found = fault(code)
    assert found is not None
    assert found.zh == zh
    assert not is_valid(code)


def test_the_alphabet_of_the_standard() -> None:
    assert len(ALPHABET) == 31
    assert not set("IOSVZ") & set(ALPHABET)


def test_any_of_the_31_characters_can_be_the_check() -> None:
    seen = {check_character(f"91120000M00{first}{second}00Y4") for first in ALPHABET for second in ALPHABET}
    assert seen == set(ALPHABET)


@pytest.mark.parametrize("wrong", ["", "1" * 16, "1" * 18, "I" * 17])
def test_only_17_characters_have_a_check(wrong: str) -> None:
    with pytest.raises(ValueError):
        check_character(wrong)


@given(FIRST_17)
def test_agrees_with_another_library(first17: str) -> None:
    check = check_character(first17)
    assert check == uscc.calc_check_digit(first17)
    assert is_valid(first17 + check)
    if first17[:2].isdigit():  # stdnum wants digits in the first two places, the standard allows letters
        assert uscc.is_valid(first17 + check)


@given(FIRST_17)
def test_every_single_slip_is_caught(first17: str) -> None:
    code = first17 + check_character(first17)
    slips = [
        code[:at] + c + code[at + 1 :]
        for at in range(18)
        for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        if c != code[at]
    ]
    assert len(slips) == 18 * 35
    assert [slip for slip in slips if is_valid(slip)] == []


@given(st.text(max_size=24))
def test_any_text_is_survived(text: str) -> None:
    assert is_valid(text) is (fault(text) is None)
