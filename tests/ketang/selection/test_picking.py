"""What is picked out of a cover's print: codes with signs read wrong, several numbers, names across lines, days, and nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from ketang.selection.desk.codes import label_code
from ketang.selection.desk.picking import Found, Known, Line, Part, pick

TODAY = date(2026, 3, 10)
CODE = label_code(UUID("2955b6c7-8e00-0000-0000-000000000000"))
KNOWN = (
    Known("TIANJIN-2023-0001", "示例培训学校", "老年人饮水照护入门"),
    Known("TIANJIN-2023-0002", "示例培训学校", "中式面点基础"),
    Known("TIANJIN-2023-0003", "示例培训学校分校", "面点"),
    Known("TIANJIN-2023-0004", "王芳", "家庭收纳整理"),
)


def picked(*words: str) -> list[tuple[str, str]]:
    return [(one.part.value, one.value) for one in pick([Line(one) for one in words], TODAY, KNOWN)]


def test_nothing_is_picked_from_nothing() -> None:
    assert picked() == []
    assert (
        picked("小心轻放", "收件人 示例 13800000000", "天津市示例路 1 号 300000", "022-23456789", "易碎 FRAGILE") == []
    )


@pytest.mark.parametrize(
    "printed", [CODE, CODE.replace("-", ""), CODE.replace("-", " — "), CODE.lower(), f"标签 {CODE}。"]
)
def test_a_label_code_is_picked_however_it_is_printed(printed: str) -> None:
    assert picked(printed) == [("submission", CODE)]


def test_a_code_with_a_sign_read_wrong_gives_what_it_may_have_been() -> None:
    assert "5" in CODE
    found = picked(CODE.replace("5", "S", 1))
    assert ("submission", CODE) in found
    assert all(part == "submission" for part, _value in found)
    assert picked("KT-1234-5678") == []  # too short


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("运单号：SF1234567890123", "SF1234567890123"), ("SF 1234 5678 90123", "SF1234567890123"),
        ("5F1234S6789O123", "SF1234567890123"), ("ＳＦ１２３４５６７８９０１２３", "SF1234567890123"),
        ("YT1234567890123", "YT1234567890123"), ("快递单号 773012345678901", "773012345678901"),
        ("7730 1234 5678 901", "773012345678901"), ("EA473124829CN", "EA473124829CN"), ("JDVB12345678901", "JDVB12345678901"),
    ],
)  # fmt: skip
def test_a_tracking_number_is_picked(printed: str, number: str) -> None:
    assert [found for found in picked(printed) if found[0] == "tracking"] == [("tracking", number)]


@pytest.mark.parametrize(
    "printed",
    [
        "EA473124828CN",
        "13800000000",
        "13800000000-1234",
        "20260302153000",
        "SJ2026-000012",
        "12345678",
        "110101190001010000123",
    ],
)
def test_what_only_looks_like_one_is_not(printed: str) -> None:
    assert [found for found in picked(printed) if found[0] == "tracking"] == []


def test_of_several_numbers_the_named_one_comes_first_and_three_at_most() -> None:
    found = picked("773012345678901", "SF1234567890123", "运单号 YT1234567890123", "773012345678902", "773012345678903")
    assert [value for part, value in found if part == "tracking"] == [
        "YT1234567890123", "SF1234567890123", "773012345678901",
    ]  # fmt: skip
    assert [value for part, value in found if part == "courier"] == ["圆通速递", "顺丰速运"]


def test_a_name_in_the_next_cell_of_its_row_is_read() -> None:
    lines = [
        Line("供应单位", 0.08, 0.18, 0.28, 0.33), Line("不认识的中专", 0.21, 0.35, 0.277, 0.323),
        Line("课程名称", 0.08, 0.18, 0.36, 0.41), Line("没听说过的课", 0.21, 0.37, 0.353, 0.398),
    ]  # fmt: skip
    assert pick(lines, TODAY) == (
        Found(Part.SUPPLIER, "不认识的中专", "不认识的中专"), Found(Part.TITLE, "没听说过的课", "没听说过的课"),
    )  # fmt: skip


def test_names_that_are_known_are_found_with_a_sign_read_wrong_and_across_lines() -> None:
    assert picked("示例培训学饺", "老年人饮水", "照护入门") == [
        ("submission", "TIANJIN-2023-0001"), ("supplier", "示例培训学校"), ("title", "老年人饮水照护入门"),
    ]  # fmt: skip


def test_the_longer_name_counts_and_a_short_one_must_stand_alone() -> None:
    assert [value for part, value in picked("示例培训学校分校") if part == "supplier"] == ["示例培训学校分校"]
    assert picked("王芳芳电器") == []
    assert picked("申报人：王芳") == [("supplier", "王芳")]
    assert picked("中式面点基础") == [("title", "中式面点基础")]


def test_one_supplier_with_two_courses_is_no_submission_by_itself() -> None:
    assert [part for part, _value in picked("示例培训学校", "老年人饮水照护入门", "中式面点基础")] == [
        "supplier", "title", "title",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "printed", ["2026年3月2日", "2026-03-02", "2026.3.2", "20260302", "２０２６／０３／０２", "2026-03-02 15:30"]
)
def test_a_postmark_is_read(printed: str) -> None:
    assert picked(printed) == [("postmark", "2026-03-02")]


def test_a_day_that_is_ahead_or_long_past_or_none_is_no_postmark_and_the_named_one_is_first() -> None:
    assert picked("2026-03-11", "2024-03-02", "2026-02-30") == []
    assert picked("2026-03-05", "收寄日期 2026-03-02") == [("postmark", "2026-03-02"), ("postmark", "2026-03-05")]


def test_the_number_of_a_submission_is_picked() -> None:
    assert picked("受理编号 TIANJIN-2023-0001") == [("submission", "TIANJIN-2023-0001")]
