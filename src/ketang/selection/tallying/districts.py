"""In which of the organiser's districts a supplier is: from an address, a name, a credit code. Unsure is unknown."""

from __future__ import annotations

import re
from typing import NamedTuple

from ketang.selection.calls.callfile import Region

OUTSIDE = "outside"
"""In place of a district's code: in another city or province."""
_PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东",
    "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏",
    "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip
"""GB/T 2260, the first two digits, in short."""
_MUNICIPALITIES = ("11", "12", "31", "50")
_STREET = re.compile(r"^.{0,3}?[路道街巷里]")
"""After a province's name: 重庆道 is a street, 河北廊坊市 is elsewhere."""
_AREA = re.compile(r"^.{1,20}?(?:区|县|旗)")
_CITY = re.compile(r"^.{1,12}?(?:市|州|盟)")
_BEFORE = re.compile(r"^(?:中华人民共和国|中国)")


class Area(NamedTuple):
    """A district as it is looked for: its code, its names, its codes."""

    id: str
    names: tuple[str, ...]
    codes: tuple[str, ...]


def areas_of(region: Region) -> list[Area]:
    """The districts, each with its other names and codes."""
    return [
        Area(
            one.id,
            (one.name.zh, *(word for word in one.also if not word.isdecimal())),
            (one.id, *(word for word in one.also if word.isdecimal())),
        )
        for one in region.districts
    ]


def in_words(words: str, region: Region) -> str:
    """The district that an address or a unit's name names first; `OUTSIDE`; empty where none can be told.

    A district's name counts where nothing before it says another city (沈阳市和平区 is not ours).
    """
    text = _BEFORE.sub("", "".join(words.split()))
    city = region.name.zh.removesuffix("市")
    found = [(text.find(name), -len(name), area.id) for area in areas_of(region) for name in area.names if name in text]
    if found:
        place, _length, district = min(found)
        before = text[:place]
        return OUTSIDE if city not in before and _is_elsewhere(before, at_its_end=True) else district
    return OUTSIDE if city not in text and _is_elsewhere(text, at_its_end=False) else ""


def in_code(code: str, region: Region) -> str:
    """The district where a unit with this credit code was registered (GB 32100, characters 3 to 8); `OUTSIDE`; empty where the code
    names no district: that of the whole city, of a ministry, or none.
    """
    place = code[2:8]
    if len(place) < 6 or not place.isdecimal() or place[:2] == "10":
        return ""
    for area in areas_of(region):
        if place in area.codes:
            return area.id
    ours = {one.id[:4] for one in region.districts}
    if place[:2] not in {start[:2] for start in ours}:
        return OUTSIDE
    return "" if place[:2] in _MUNICIPALITIES or place[2:4] == "00" or place[:4] in ours else OUTSIDE


def area_in(address: str) -> str:
    """City and district at the beginning of an address, without what follows; empty where it has none."""
    text = "".join(address.split())
    found = _AREA.match(text) or _CITY.match(text)
    return found[0] if found is not None else ""


def _is_elsewhere(words: str, *, at_its_end: bool) -> bool:
    """Whether the words begin with a province, or, before a district's name, end with a city."""
    for name in _PROVINCES:
        if words.startswith(name) and not _STREET.match(words[len(name) :]):
            return True
    return at_its_end and words.endswith(("市", "州", "盟"))
