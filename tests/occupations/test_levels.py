from __future__ import annotations

import typing

import pytest

from kebao.occupations.levels import LEVELS, OCCUPATION_CODE, Level, levels_named, normal_code, normal_level


def test_one_list_of_levels() -> None:
    assert typing.get_args(Level) == LEVELS
    assert [normal_level(level) for level in LEVELS] == list(LEVELS)


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        (5, "五级"), (5.0, "五级"), ("5", "五级"), ("５级", "五级"), ("初级工", "五级"), ("初级", "五级"), ("五 级", "五级"), ("五级/初级工", "五级"),
        ("五级（初级工）", "五级"), ("初级工(五级)", "五级"), ("国家职业资格五级", "五级"), ("V", "五级"), ("中级工", "四级"), ("高级\n工", "三级"), ("技师", "二级"),
        ("高级技师", "一级"), ("Ⅰ级", "一级"), ("专项职业能力", "专项能力"), ("不分等级", "不分级"), ("一级／高级技师", "一级"),
    ],
)  # fmt: skip
def test_levels(raw: object, level: str) -> None:
    assert normal_level(raw) == level


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        None,
        True,
        0,
        6,
        5.5,
        "六级",
        "五级四级",
        "初级工（专项能力）",
        "五级/四级",
        "高级工（技师）",
        "特级",
        "()",
        "五级以上",
    ],
)
def test_what_is_no_single_level(raw: object) -> None:
    assert normal_level(raw) is None


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        ("初级工（专项能力）", ("五级", "专项能力")),
        ("五级、四级", ("五级", "四级")),
        ("三级（高级工）", ("三级",)),
        ("高级工（实训中心专项）", ()),
        ("", ()),
    ],
)
def test_several_levels_in_one_cell(raw: object, levels: tuple[str, ...]) -> None:
    assert levels_named(raw) == levels


@pytest.mark.parametrize(
    "raw", ["4-10-01-05", " 4-10-01-05 ", "４－１０－０１－０５", "4—10—01—05", "4-10-01-05\n", "*4-10-01-05"]
)
def test_codes(raw: str) -> None:
    assert normal_code(raw) == "4-10-01-05"
    assert OCCUPATION_CODE.fullmatch("4-10-01-05")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "4-10-1-5",
        "9-10-01-05",
        "0-10-01-05",
        "4-10-01-05-06",
        "4100105",
        4100105,
        4.1,
        None,
        "4-10-01-05/06",
        "养老护理员",
    ],
)
def test_what_is_no_code(raw: object) -> None:
    assert normal_code(raw) is None
