"""What a column of an old spreadsheet may be, and how offices call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketang.selection.importing.models import Cell

HEADER_WITHIN = 20
"""A header is looked for in the first rows of a sheet; above it stand a title, a date, who filled it in."""


class Field(models.TextChoices):
    """What the ledger takes of a row."""

    RECEIVED = "received", _("收件日期")
    SUPPLIER = "supplier", _("供应单位")
    TITLE = "title", _("课程名称")
    MEDIUM = "medium", _("版本形式（书面、电子）")
    POSTMARK = "postmark", _("邮戳或寄出日期")
    COURIER = "courier", _("快递公司")
    TRACKING = "tracking", _("运单号")
    SENDER = "sender", _("寄件人或联系人")
    PHONE = "phone", _("联系电话")
    COPIES = "copies", _("份数")
    OLD = "old", _("原来的编号")
    NOTE = "note", _("备注")


_CALLED: Mapping[Field, str] = {
    Field.RECEIVED: "收件日期 收到日期 收件时间 收到时间 接收日期 接收时间 签收日期 签收时间 收文日期 来件日期 到件日期 登记日期 登记时间 收件 日期 时间",
    Field.POSTMARK: "邮戳日期 邮戳 寄出日期 寄出时间 寄件日期 寄件时间 寄送日期 发件日期 发件时间 发出日期",
    Field.SUPPLIER: "供应单位 报送单位 申报单位 单位名称 供应单位或个人 来件单位 寄件单位 送件单位 来文单位 投稿单位 培训机构 机构名称 机构 学校名称 学校 院校 企业名称 单位",
    Field.TITLE: "课程名称 课程名 课程 课程包名称 培训包名称 培训包 资源名称 项目名称 作品名称 材料名称 题名 名称 内容",
    Field.MEDIUM: "版本形式 版本 材料形式 形式 介质 载体 纸质电子",
    Field.COURIER: "快递公司 物流公司 承运单位 快递名称 快递",
    Field.TRACKING: "快递单号 运单号 运单编号 快递编号 物流单号 快递号 邮件号 挂号 单号",
    Field.SENDER: "寄件人 联系人 送件人 报送人 投件人 联系人姓名 负责人 姓名",
    Field.PHONE: "联系电话 电话 电话号码 手机号码 手机号 手机 联系方式 联系人电话 寄件人电话",
    Field.COPIES: "份数 数量 册数 件数 套数 数量份",
    Field.OLD: "收件编号 编号 登记号 登记编号 收文号 档案号 流水号",
    Field.NOTE: "备注 说明 备考 其他 其它 备注说明",
}  # fmt: skip
_FIELD_OF = {word: field for field, words in _CALLED.items() for word in words.split()}
_LONGEST_FIRST = sorted((word for word in _FIELD_OF if len(word) > 1), key=len, reverse=True)
_LEFT_OUT = {"序号", "序", "号", "no", "no.", "收件人", "收件单位", "收件地址", "类别", "职业名称", "邮箱", "电子邮箱"}
"""Columns that sound like ours and are not."""
_SIGNS = re.compile(r"[\s\W_]+")
_LONGEST_HEAD = 20


def plain(cell: Cell) -> str:
    """A cell's words for comparing: full width as half width, without spaces and signs, in lower case."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", str(cell))).lower()


def field_called(cell: Cell) -> Field | None:
    """The field that a heading names; None for what it does not name, and for whole sentences."""
    word = plain(cell)
    if not word or len(word) > _LONGEST_HEAD or word in _LEFT_OUT:
        return None
    if word in _FIELD_OF:
        return _FIELD_OF[word]
    return next((_FIELD_OF[known] for known in _LONGEST_FIRST if known in word), None)


def guessed(heads: Sequence[Cell]) -> list[str]:
    """A field for each column that a header row names, each field once: a heading that is a known word goes before one that holds it."""
    found = [""] * len(heads)
    for exact in (True, False):
        for index, cell in enumerate(heads):
            field = field_called(cell)
            if field is not None and not found[index] and field not in found and (plain(cell) in _FIELD_OF) is exact:
                found[index] = field.value
    return found


def header_among(rows: Sequence[tuple[int, Sequence[Cell]]]) -> int:
    """Number of the row, of (number, cells), that names most fields, two at least; 0 when none does."""
    best, most = 0, 1
    for line, cells in rows[:HEADER_WITHIN]:
        named = sum(1 for field in guessed(cells) if field)
        if named > most:
            best, most = line, named
    return best
