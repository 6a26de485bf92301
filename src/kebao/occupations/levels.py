"""Codes and levels of occupations, as the national classification and the subsidy catalogues write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

OCCUPATION_CODE = re.compile(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""d-dd-dd-dd; the first digit is one of the eight major groups of 《职业分类大典》. Use `fullmatch`."""

Level = Literal["五级", "四级", "三级", "二级", "一级", "专项能力", "不分级"]
LEVELS: tuple[Level, ...] = ("五级", "四级", "三级", "二级", "一级", "专项能力", "不分级")

_NAMES: dict[Level, tuple[str, ...]] = {
    "五级": (
        "五级",
        "5级",
        "5",
        "五",
        "初级工",
        "初级",
        "初级技能",
        "国家职业资格五级",
        "职业资格五级",
        "技能等级五级",
        "V",
        "V级",
    ),
    "四级": (
        "四级",
        "4级",
        "4",
        "四",
        "中级工",
        "中级",
        "中级技能",
        "国家职业资格四级",
        "职业资格四级",
        "技能等级四级",
        "IV",
        "IV级",
    ),
    "三级": (
        "三级",
        "3级",
        "3",
        "三",
        "高级工",
        "高级",
        "高级技能",
        "国家职业资格三级",
        "职业资格三级",
        "技能等级三级",
        "III",
        "III级",
    ),
    "二级": ("二级", "2级", "2", "二", "技师", "国家职业资格二级", "职业资格二级", "技能等级二级", "II", "II级"),
    "一级": ("一级", "1级", "1", "一", "高级技师", "国家职业资格一级", "职业资格一级", "技能等级一级", "I", "I级"),
    "专项能力": ("专项能力", "专项职业能力", "专项", "专项职业能力证书"),
    "不分级": ("不分级", "不分等级", "无等级", "无级别", "不设等级"),
}
_LEVEL_OF = {name: level for level, names in _NAMES.items() for name in names}
_BETWEEN_NAMES = re.compile(r"[()/、,;]")


def normal_level(raw: object) -> Level | None:
    """One of `LEVELS` for what a cell or a person says (五级, 初级工, 5, 5.0, 高级工/三级, 三级（高级工）); None when it is none.

    Two names must mean the same level; `初级工（专项能力）` names two and gives None.
    """
    named = levels_named(raw)
    return named[0] if len(named) == 1 else None


def levels_named(raw: object) -> tuple[Level, ...]:
    """Every level that a cell names, in the order of the cell: `初级工（专项能力）` gives both. Empty when any part is not understood."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return ()
    text = "".join(unicodedata.normalize("NFKC", str(raw)).upper().split())
    found = [_LEVEL_OF.get(part) for part in _BETWEEN_NAMES.split(text) if part]
    known = [level for level in found if level is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(found) else ()


def normal_code(raw: object) -> str | None:
    """d-dd-dd-dd for a code with full-width digits, other dashes or spaces; None for what is no code.

    Dates and numbers give None: Excel turns some codes into them, and which code it was cannot be told.
    """
    if not isinstance(raw, str):
        return None
    text = re.sub(r"[‐‑‒–—―−]", "-", unicodedata.normalize("NFKC", raw))
    text = "".join(text.split()).lstrip("*★▲")
    return text if OCCUPATION_CODE.fullmatch(text) else None
