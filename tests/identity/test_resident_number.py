from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from kebao.identity.resident_number import check_character, fault, is_valid

GOOD = "11010519491231002X"  # the example of GB 11643-1999
TODAY = date(2023, 8, 31)
FIRST_17 = st.builds(
    lambda region, born, order: f"{region}{born:%Y%m%d}{order:03d}",
    st.sampled_from(["110105", "120101", "120104", "310104", "440305"]),
    st.dates(min_value=date(1990, 1, 1), max_value=TODAY),
    st.integers(0, 999),
)


def number_born(day: str) -> str:
    first17 = f"110105{day}002"
    return first17 + check_character(first17)


@pytest.mark.parametrize(
    "code",
    [
        GOOD,
        GOOD.lower(),
        f" {GOOD}\n",
        "110105 19491231 002X",
        "１１０１０５19491231002Ｘ",
        number_born("20000229"),
        number_born("20230831"),
    ],
)
def test_good_numbers(code: str) -> None:
    assert fault(code, on=TODAY) is None
    assert is_valid(code, on=TODAY)


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("", "没有填写公民身份号码。"),
        (GOOD[:-1], "公民身份号码应为 18 位，110************** 是 17 位。"),
        ("123", "公民身份号码应为 18 位，*** 是 3 位。"),
        ("1101051949123100O2", "公民身份号码 110*************** 第 17 位是“O”；前 17 位只能是数字，末位是数字或 X。"),
        ("11010519491231002A", "公民身份号码 110*************** 第 18 位是“A”；前 17 位只能是数字，末位是数字或 X。"),
        ("1101051949123100X2", "公民身份号码 110*************** 第 17 位是“X”；前 17 位只能是数字，末位是数字或 X。"),
        ("01010519491231002X", "公民身份号码 010*************** 的前 6 位是行政区划代码，不会以 0 开头。"),
        (number_born("20230229"), "公民身份号码 110*************** 第 7 至 14 位不是真实的出生日期。"),
        (number_born("19491331"), "公民身份号码 110*************** 第 7 至 14 位不是真实的出生日期。"),
        (number_born("00000000"), "公民身份号码 110*************** 第 7 至 14 位不是真实的出生日期。"),
        (number_born("01991231"), "公民身份号码 110*************** 第 7 至 14 位不是真实的出生日期。"),
        (number_born("20230901"), "公民身份号码 110*************** 里的出生日期晚于 2023-08-31。"),
        (
            "110105194912310021",
            "公民身份号码 110*************** 的校验码不对：按前 17 位应为“X”，这里是“1”。请逐位核对。",
        ),
    ],
)
def test_faults(code: str, zh: str) -> None:
    found = fault(code, on=TODAY)
    assert found is not None
    assert found.zh == zh
    assert not is_valid(code, on=TODAY)


def test_without_a_day_the_future_is_not_looked_at() -> None:
    assert is_valid(number_born("29990101"))


@pytest.mark.parametrize("wrong", ["", "1" * 16, "1" * 18, "1" * 16 + "X", "٣" * 17])
def test_only_17_digits_have_a_check(wrong: str) -> None:
    with pytest.raises(ValueError):
        check_character(wrong)


@given(FIRST_17)
def test_agrees_with_another_library(first17: str) -> None:
    check = check_character(first17)
    assert check == ric.calc_check_digit(first17 + "0")
    assert is_valid(first17 + check, on=TODAY)
    assert ric.is_valid(first17 + check)


@given(FIRST_17)
def test_every_single_slip_is_caught(first17: str) -> None:
    code = first17 + check_character(first17)
    slips = [code[:at] + c + code[at + 1 :] for at in range(18) for c in "0123456789X" if c != code[at]]
    assert len(slips) == 18 * 10
    assert [slip for slip in slips if is_valid(slip, on=TODAY)] == []


@given(FIRST_17, st.integers(0, 17), st.sampled_from("0123456789AX"))
def test_no_sentence_gives_the_person_away(first17: str, at: int, c: str) -> None:
    code = first17 + check_character(first17)
    wrong = code[:at] + c + code[at + 1 :]
    for found in (
        fault(wrong, on=TODAY),
        fault(code, on=TODAY - timedelta(days=40_000)),
        fault(code[:-1]),
        fault(code + "1"),
    ):
        said = "" if found is None else found.zh + found.en
        assert wrong not in said
        assert code[6:14] not in said
        assert code[6:] not in said


@given(st.text(max_size=24))
def test_any_text_is_survived(text: str) -> None:
    assert is_valid(text) is (fault(text) is None)
