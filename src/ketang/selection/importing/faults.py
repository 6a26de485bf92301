"""Why a row of an old spreadsheet cannot be taken in, in words for who mends it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """Kept with the row; the words are made when somebody reads them, in their language."""

    NO_DATE = "no-date"
    DATE = "date"
    NO_YEAR = "no-year"
    DAY_UNCLEAR = "day-unclear"
    AHEAD = "ahead"
    TOO_OLD = "too-old"
    NOBODY = "nobody"
    MEDIUM = "medium"
    TWO_MEDIA = "two-media"
    TRACKING = "tracking"
    TOTAL = "total"
    SAME_LINE = "same-line"
    IN_LEDGER = "in-ledger"
    AT_DESK = "at-desk"


_WORDS: Mapping[Fault, str | Promise] = {
    Fault.NO_DATE: _("没有收件日期。"),
    Fault.DATE: _("“%(of)s”看不出是哪一天，请写成 2026-03-05 这样。"),
    Fault.NO_YEAR: _("“%(of)s”没有年份，请在上一步填写年份。"),
    Fault.DAY_UNCLEAR: _("“%(of)s”是数字，看不出是几日（3.1 可能是 3 月 1 日，也可能是 3 月 10 日），请写成 3月1日 这样。"),
    Fault.AHEAD: _("日期 %(of)s 还没有到。"),
    Fault.TOO_OLD: _("日期 %(of)s 早于 2000 年。"),
    Fault.NOBODY: _("没有写供应单位，也没有写课程名称。"),
    Fault.MEDIUM: _("版本形式“%(of)s”看不出是书面版还是电子版。"),
    Fault.TWO_MEDIA: _("版本形式“%(of)s”写了两种，请分成两行，书面版一行，电子版一行。"),
    Fault.TRACKING: _("运单号“%(of)s”被 Excel 改成了数字，后几位已经丢失。请设为文本后重填。"),
    Fault.TOTAL: _("这一行是合计。"),
    Fault.SAME_LINE: _("和第 %(of)s 行是同一件：日期、单位、课程、运单号、版本形式、原来的编号都一样。"),
    Fault.IN_LEDGER: _("以前导入过，收件编号 %(of)s。"),
    Fault.AT_DESK: _("窗口登记过这个运单号，收件编号 %(of)s。"),
}  # fmt: skip
THERE = (Fault.SAME_LINE, Fault.IN_LEDGER, Fault.AT_DESK)
"""Nothing is wrong with such a row: it is there already."""


def told(fault: str, of: str) -> str:
    """The reason as a sentence, in the reader's language; empty for none."""
    return str(_WORDS[Fault(fault)]) % {"of": of} if fault else ""
