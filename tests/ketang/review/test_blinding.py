"""Phrases and forms that give somebody away are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest

from kebao.text.persons import persons_named
from ketang.selection.scoring.blinding import MAIL, PERSON, UNIT, Blinder, short_names, titled

UNIT_NAME = "天津市海河示例职业培训学校有限公司"
MASKS = [
    *((name, UNIT) for name in short_names(UNIT_NAME)), *((name, PERSON) for name in ("张三", *titled("张三"))),
    ("office@haihe.example", MAIL),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "blinded"),
    [
        (f"由{UNIT_NAME}制作", "由〔供应单位〕制作"),
        ("海河 示例职业培训学校", "〔供应单位〕"),
        ("海河示例的课", "〔供应单位〕的课"),
        ("张 三主讲，张老师答疑", "〔姓名〕主讲，〔姓名〕答疑"),
        ("ＯＦＦＩＣＥ@haihe.example", "〔邮箱〕"),
        ("电话13800138000或 022-28000000", "电话〔电话〕或 〔电话〕"),
        ("见 https://haihe.example/1 和 http://www.mohrss.gov.cn/a", "见 〔网址〕 和 http://www.mohrss.gov.cn/a"),
        ("代码91120000MA0000001Q。", "代码〔代码〕。"),
        ("微信号：haihe_2023", "微信号〔电话〕"),
    ],
)
def test_what_gives_away_is_taken_out(words: str, blinded: str) -> None:
    assert Blinder(MASKS).text(words) == blinded


@pytest.mark.parametrize(
    "words",
    [
        "海河边的职业培训", "水温 40 ℃，每次 200 毫升", "GB/T 9704-2012", "2023年8月31日", "比例 1:13800", "张开手掌", "三分之一",
        "学习者@课堂", "编号 4-10-01-05", "12345678901234567890",
    ],
)  # fmt: skip
def test_everything_else_stays(words: str) -> None:
    blinder = Blinder(MASKS)
    assert (blinder.text(words), dict(blinder.taken)) == (words, {})


def test_names_in_a_page_are_replaced_and_its_markup_stays() -> None:
    page = '<a href="/review/1?from=13800138000" title="海河示例">张三 &amp; 李四</a>'
    assert Blinder([*MASKS, ("甲&乙", UNIT)]).page(page + "甲&amp;乙") == (
        '<a href="/review/1?from=13800138000" title="〔供应单位〕">〔姓名〕 &amp; 李四</a>〔供应单位〕'
    )


def test_what_was_taken_is_counted() -> None:
    blinder = Blinder(MASKS)
    blinder.text("张三、张三和海河示例")
    assert dict(blinder.taken) == {"姓名": 2, "供应单位": 1}


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        (UNIT_NAME, [UNIT_NAME, "天津市海河示例职业培训学校", "海河示例职业培训学校", "海河示例"]),
        ("示例培训学校", ["示例培训学校"]),
        ("", []),
    ],
)
def test_short_names(unit: str, names: list[str]) -> None:
    assert short_names(unit)[: len(names)] == names


def test_teachers_are_found_by_how_they_are_named() -> None:
    words = "主讲：王小明，高级讲师；李四（高级技师）、专任教师 12 人，赵六老师"
    assert persons_named(words) == ["王小明", "李四", "赵六"]
