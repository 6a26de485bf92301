"""Label codes: read as they were written, and a wrong sign is noticed; what else a scanner may type."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.selection.desk.codes import ALPHABET, Kind, Scanned, is_own, label_code, read, tracking_number

UUID_1 = UUID("1feb3626-93aa-4f00-8000-0123456789ab")


@given(st.uuids())
def test_a_code_names_its_submission(uuid: UUID) -> None:
    code = label_code(uuid)
    wanted = Scanned(Kind.LABEL, uuid.hex[:10])
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert [read(way) for way in (code, code.lower(), code.replace("-", ""), f" {code} ", full_width)] == [wanted] * 5


def test_every_single_wrong_sign_is_noticed() -> None:
    code = label_code(UUID_1).replace("-", "")
    for place in range(2, len(code)):
        for sign in ALPHABET:
            wrong = code[:place] + sign + code[place + 1 :]
            assert (read(wrong).kind is Kind.LABEL) == (wrong == code), wrong


def test_two_neighbours_changed_over_are_noticed_but_for_0_and_z() -> None:
    code = label_code(UUID_1).replace("-", "")
    for place in range(2, len(code) - 1):
        first, second = code[place : place + 2]
        if first != second and {first, second} != {"0", "Z"}:
            assert read(code[:place] + second + first + code[place + 2 :]).kind is Kind.BROKEN


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = label_code(UUID("00000000-0044-4000-8000-000000000000"))
    assert code[3:7] == "0000"
    assert read(code.replace("0", "O")) == read(code)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Scanned(Kind.NOTHING)),
        ("  　 ", Scanned(Kind.NOTHING)),
        ("tianjin-2023-0001", Scanned(Kind.SUBMISSION, "TIANJIN-2023-0001")),
        ("TIANJIN-2023-R00012", Scanned(Kind.RECEIPT, "TIANJIN-2023-R00012")),
        ("sj2026-000012", Scanned(Kind.ARRIVAL, "SJ2026-000012")),
        (
            "https://example.org/supplier/receipts/0AEB3626-93aa-4f00-8000-0123456789ab",
            Scanned(Kind.ADDRESS, "0aeb3626-93aa-4f00-8000-0123456789ab"),
        ),
        ("网络课程+示例培训学校+面点", Scanned(Kind.NAME, "网络课程+示例培训学校+面点", "示例培训学校", "面点")),
        ("SF1234567890123", Scanned(Kind.TRACKING, "SF1234567890123")),
        ("７８ 9012-345678", Scanned(Kind.TRACKING, "789012345678")),
        ("示例　学校", Scanned(Kind.WORDS, "示例 学校")),
        ("excel2016", Scanned(Kind.WORDS, "excel2016")),
        ("KT-1234-5678-9", Scanned(Kind.BROKEN, "KT-1234-5678-9")),
    ],
)
def test_what_was_scanned(typed: str, meant: Scanned) -> None:
    assert read(typed) == meant


def test_tracking_numbers_are_kept_in_one_way() -> None:
    assert [tracking_number(text) for text in (" sf-123 456 ", "ｓｆ123456", "单号123", "1" * 41, "")] == [
        "SF123456", "SF123456", "", "", "",
    ]  # fmt: skip


def test_our_own_codes_are_no_tracking_numbers() -> None:
    own = (label_code(UUID_1), "SJ2026-000012", "TIANJIN-2023-R00012", "ab" * 32, "http://x/receipts/" + str(UUID_1))
    assert [is_own(text) for text in own] == [True] * 5
    assert [is_own(text) for text in ("SF1234567890123", "EA123456789CN", "")] == [False] * 3
