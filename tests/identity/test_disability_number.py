from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.identity import resident_number
from kebao.identity.disability_number import GRADES, KINDS, fault, is_valid

PERSON = "11010519491231002X"
TODAY = date(2023, 8, 31)


def test_every_kind_and_grade() -> None:
    assert [text.zh for text in KINDS.values()] == ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"]
    good = {
        kind + grade for kind in "0123456789X" for grade in "0123456789X" if is_valid(PERSON + kind + grade, on=TODAY)
    }
    assert good == {kind + grade for kind in "1234567" for grade in "1234"}


@pytest.mark.parametrize(
    "code", [PERSON + "44", PERSON.lower() + "71", f" {PERSON} 11 ", PERSON + "44B1", PERSON + "44b2"]
)
def test_good_numbers(code: str) -> None:
    assert fault(code, on=TODAY) is None


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("", "没有填写残疾人证号。"),
        (PERSON, "残疾人证号应为 20 位（公民身份号码加类别、等级各 1 位），110*************** 是 18 位。"),
        (PERSON + "44B", "残疾人证号应为 20 位（公民身份号码加类别、等级各 1 位），110****************** 是 21 位。"),
        (PERSON + "44B0", "残疾人证号应为 20 位（公民身份号码加类别、等级各 1 位），110******************* 是 22 位。"),
        (PERSON + "84", "残疾人证号第 19 位是残疾类别，应为 1 至 7，这里是“8”。"),
        (PERSON + "45", "残疾人证号第 20 位是残疾等级，应为 1 至 4，这里是“5”。"),
        (
            "11010519491231002144",
            "残疾人证号的前 18 位有误：公民身份号码 110*************** 的校验码不对：按前 17 位应为“X”，这里是“1”。请逐位核对。",
        ),
    ],
)
def test_faults(code: str, zh: str) -> None:
    found = fault(code, on=TODAY)
    assert found is not None
    assert found.zh == zh


def test_the_day_is_passed_on() -> None:
    first17 = "11010520230901002"
    code = first17 + resident_number.check_character(first17) + "44"
    assert is_valid(code)
    assert not is_valid(code, on=TODAY)


@given(st.sampled_from(sorted(KINDS)), st.sampled_from(GRADES), st.integers(0, 17), st.sampled_from("0123456789"))
def test_a_slip_in_the_identity_number_is_caught_and_nothing_given_away(
    kind: str, grade: str, at: int, digit: str
) -> None:
    code = PERSON[:at] + digit + PERSON[at + 1 :] + kind + grade
    found = fault(code, on=TODAY)
    assert (found is None) is (code == PERSON + kind + grade)
    said = "" if found is None else found.zh + found.en
    assert code not in said
    assert code[6:14] not in said
