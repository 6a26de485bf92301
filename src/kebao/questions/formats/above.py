"""What stands above the header of a paper: its title, its totals, and lines for whoever sits it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_SCORE = re.compile(
    r"(总分|满分|及格分数线|及格分数|及格分|及格线|合格分数|合格分|合格线)\s*[:为是]?\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)(?![0-9%])\s*分?"
)
_TIME = re.compile(
    r"(?:限时|时长|考试时间|考试时长|答题时间|答题时长)\s*(?:\(分钟\)\s*[:]?|[:为是])?\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(分钟?|小时|(?![0-9.年月\-/:]))"
)
_PASS = ("及格", "合格")
_IDLE = re.compile(r"[\s:,;。()、·|/]+")
_FOR_THE_SITTER = re.compile(
    r"(?:填写|答题|考试|使用|特别)?(?:说明|注意事项|注意|须知|要求|备注|提示|规则)\s*(?:[:：]|$)"
    r"|(?:姓名|单位|班级|考号|准考证号?|考生姓名|考生|日期|考试日期|出题人?|命题人?|阅卷人?|部门|工种|职业|等级)\s*(?:[:：_＿]|$)"
)

Facts = dict[str, Decimal]
"""`total`, `pass_mark` in points and `minutes`, as far as they are stated."""


def facts_of(line: str) -> tuple[Facts, bool]:
    """Totals stated in a line (`总分：100　及格分：60　限时：90分钟`), and whether it says anything beside them."""
    plain = unicodedata.normalize("NFKC", line)
    facts: Facts = {}
    for word, number in _SCORE.findall(plain):
        facts.setdefault("pass_mark" if word.startswith(_PASS) else "total", Decimal(number))
    for number, unit in _TIME.findall(plain):
        facts.setdefault("minutes", Decimal(number) * (60 if unit == "小时" else 1))
    rest = _TIME.sub("", _SCORE.sub("", plain))
    return facts, bool(_IDLE.sub("", rest))


def is_for_the_sitter(line: str) -> bool:
    """True for a line that says how to fill in or who sits the paper (说明：…, 姓名：____); it holds no question."""
    return bool(_FOR_THE_SITTER.match(line.strip()))
