from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.text.measures import hours_floored, parse_clock, parse_decimal, percent_shown, share

SECONDS = st.fractions(min_value=0, max_value=10**7)


@pytest.mark.parametrize(
    ("seconds", "hours"),
    [
        (0, "0.0"), (269, "0.0"), (270, "0.1"), (2699, "0.9"), (Fraction(26999999, 10000), "0.9"), (2700, "1.0"), (2969, "1.0"), (2970, "1.1"),
        (2700 * 12, "12.0"), (2700 * 12 - 1, "11.9"), (10 * 3600, "13.3"),
    ],
)  # fmt: skip
def test_hours_are_floored(seconds: Fraction | int, hours: str) -> None:
    found = hours_floored(seconds)
    assert (found, str(found)) == (Decimal(hours), hours)


@given(SECONDS)
def test_hours_never_say_too_much(seconds: Fraction) -> None:
    exact, shown = seconds / 2700, Fraction(hours_floored(seconds))
    assert shown <= exact < shown + Fraction(1, 10)


@given(SECONDS, SECONDS)
def test_hours_of_parts_never_exceed_the_whole(one: Fraction, other: Fraction) -> None:
    assert hours_floored(one) + hours_floored(other) <= hours_floored(one + other)


def test_negative_time() -> None:
    with pytest.raises(ValueError):
        hours_floored(-1)


@given(
    st.lists(st.fractions(min_value=0, max_value=10**6), min_size=1, max_size=20).filter(lambda parts: sum(parts) > 0)
)
def test_shares_add_up_to_one_exactly(parts: list[Fraction]) -> None:
    whole = sum(parts, Fraction(0))
    assert sum((share(part, whole) for part in parts), Fraction(0)) == 1


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (-1, 5), (1, -5)])
def test_no_share_of_nothing(part: int, whole: int) -> None:
    with pytest.raises(ValueError):
        share(part, whole)


def test_a_share_is_compared_exactly_though_it_prints_rounded() -> None:
    found = share(Fraction(9996), 100_000)
    assert percent_shown(found) == "10.0 %"
    assert not found >= Fraction(10, 100)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0.0 %"), (Fraction(1, 3), "33.3 %"), (Fraction(2, 3), "66.7 %"), (Fraction(1), "100.0 %"), (Fraction(1, 2000), "0.1 %"),
        (Fraction(1, 2001), "0.0 %"), (Fraction(3, 2), "150.0 %"), (Fraction(-1, 10), "-10.0 %"), (Fraction(-1, 10**6), "0.0 %"),
    ],
)  # fmt: skip
def test_percent(value: Fraction, shown: str) -> None:
    assert percent_shown(value) == shown


@given(st.fractions(min_value=0, max_value=2))
def test_percent_is_near(value: Fraction) -> None:
    assert abs(Fraction(percent_shown(value).removesuffix(" %")) - value * 100) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (12, "12"), (0, "0"), (2.0, "2"), (1.5, "1.5"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"), (Decimal("1.50"), "1.50"), ("12", "12"),
        (" 12 ", "12"), ("12学时", "12"), ("1.5 学时", "1.5"), ("１２．５课时", "12.5"), ("-3", "-3"), ("−3", "-3"), ("+3", "3"), ("20,000.00", "20000.00"),
        ("1,234,567", "1234567"), ("007", "7"),
    ],
)  # fmt: skip
def test_numbers(raw: object, number: str) -> None:
    found = parse_decimal(raw)
    assert (found, str(found)) == (Decimal(number), number)


@pytest.mark.parametrize(
    "raw",
    [
        None, "", " ", True, False, "约12", "12左右", "10-12", "1,5", "1.2.3", "12小时", "12分钟", "十二", "1e3", "nan", "inf", float("nan"), float("inf"),
        Decimal("NaN"), "12学时学时", "学时", "٣", "1 2", "0x10", "12%", datetime.date(2023, 1, 2), datetime.time(1, 2), "9" * 50, ".5", "5.", b"12",
    ],
)  # fmt: skip
def test_what_is_no_number(raw: object) -> None:
    assert parse_decimal(raw) is None


def test_other_units_are_asked_for() -> None:
    assert parse_decimal("90分钟", units=("分钟", "分")) == 90
    assert parse_decimal("5000元/人", units=("元/人", "元")) == 5000
    assert parse_decimal("12学时", units=()) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_is_read_back(number: Decimal) -> None:
    assert parse_decimal(str(number)) == number
    assert parse_decimal(f"{number} 学时") == number
    assert parse_decimal(float(number)) == number


@given(st.text(max_size=60))
def test_any_text_as_a_number_or_a_time(raw: str) -> None:
    number, seconds = parse_decimal(raw), parse_clock(raw)
    assert number is None or number.is_finite()
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        ("04:12", 252), ("4:12", 252), ("00:00", 0), ("1:02:03.5", Fraction(7447, 2)), ("90:00", 5400), ("０４：１２", 252), ("01:00:00", 3600),
        ("3分20秒", 200), ("3 分 20 秒", 200), ("1小时5分", 3900), ("1小时2分3秒", 3723), ("90秒", 90), ("25分钟", 1500), ("1.5小时", 5400), ("0.001秒", Fraction(1, 1000)),
        ("3'20\"", 200), ("25min", 1500), ("100分钟", 6000),
    ],
)  # fmt: skip
def test_times(raw: str, seconds: Fraction | int) -> None:
    assert parse_clock(raw) == Fraction(seconds)


@pytest.mark.parametrize(
    "raw",
    [
        None, "", " ", "12", "4.5", 0.175, 252, datetime.time(0, 4, 12), datetime.timedelta(seconds=252), True, "4:60", "1:60:00", "-1:00", "04:12:", ":12",
        "1:2:3:4", "4：1", "约3分", "3分90秒", "1小时90分", "三分", "1:02:03,5", "分", "小时", "9" * 50 + "秒",
    ],
)  # fmt: skip
def test_what_is_no_time(raw: object) -> None:
    assert parse_clock(raw) is None


@given(st.integers(0, 359_999), st.integers(0, 999))
def test_a_clock_is_read_back(whole: int, milliseconds: int) -> None:
    exact = whole + Fraction(milliseconds, 1000)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    assert parse_clock(f"{hours}:{minutes:02d}:{seconds:02d}.{milliseconds:03d}") == exact
    assert parse_clock(f"{whole // 60}:{seconds:02d}.{milliseconds:03d}") == exact
    assert parse_clock(f"{hours}小时{minutes}分{seconds}.{milliseconds:03d}秒") == exact
