"""Totals of 学时 as people state them in running text (A2(2).1, F2)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NUM = r"([0-9]+(?:\.[0-9]+)?)"
_HOURS = r"个?(?:学时|课时)"
_NOT_OTHER = r"(?![0-9.]*\s*(?:%|小时|分|秒|讲|节|章|天|次|人|门|套|-|~|至|到))"
_RATE = re.compile(rf"每[^,。;\n]{{0,12}}?{_NUM}?\s*{_HOURS}|{_NUM}\s*分钟?\s*[计算为折合成作=]*\s*{_NUM}\s*{_HOURS}")
_TOTAL = re.compile(
    rf"(?:总|合计|共计|共)\s*(?:学时|课时)数?\s*[:为是共计]*\s*{_NUM}{_NOT_OTHER}|(?:总共|一共|总计|共计|合计|共|总)\s*[:为是]?\s*{_NUM}\s*{_HOURS}"
)
_ALONE = re.compile(rf"(?:培训|课程|本课程|全部|全程|学时|课时|计|为|是|:|\s)*{_NUM}\s*{_HOURS}[。.;()\s]*")
# Hours said in passing (理论 4 学时, 每课 1 学时) are no total; a lone number is one only where nothing else is said of hours.


def hours_stated(words: str) -> set[Decimal]:
    """Every number that the words call a total of hours; 90.0 and 90 are one."""
    plain = _RATE.sub("", unicodedata.normalize("NFKC", words))
    found = {Decimal(next(filter(None, groups))) for groups in _TOTAL.findall(plain)}
    alone = _ALONE.fullmatch(plain.strip())
    return found or ({Decimal(alone[1])} if alone else set())
