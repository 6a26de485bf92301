"""Columns of a spreadsheet of experts, how offices call them, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.platform.refusal import Refused
from ketang.selection.experts.details import Details, sound
from ketang.selection.experts.models import LOAD
from ketang.selection.importing.fields import plain


class Field(models.TextChoices):
    """What is taken of a row, in the order of the template."""

    NAME = "name", gettext_lazy("姓名")
    UNIT = "unit", gettext_lazy("工作单位")
    TITLE = "title", gettext_lazy("职称或职务")
    MAIL = "mail", gettext_lazy("电子邮箱")
    PHONE = "phone", gettext_lazy("联系电话")
    CATEGORIES = "categories", gettext_lazy("熟悉的类别")
    OCCUPATIONS = "occupations", gettext_lazy("熟悉的职业")
    RELATIONS = "relations", gettext_lazy("有关系的人和单位")
    LOAD = "load_limit", gettext_lazy("最多评审几件")
    FROM = "available_from", gettext_lazy("可以评审，自")
    UNTIL = "available_until", gettext_lazy("可以评审，至")
    NOTE = "note", gettext_lazy("备注")


_CALLED: Mapping[Field, str] = {
    Field.NAME: "姓名 专家姓名 专家 名字 name",
    Field.UNIT: "工作单位 单位 所在单位 单位名称 unit organisation",
    Field.TITLE: "职称或职务 职称 职务 技术职称 职称职务 title",
    Field.MAIL: "电子邮箱 邮箱 email 电子邮件 mail",
    Field.PHONE: "联系电话 电话 手机 手机号 手机号码 联系方式 phone telephone",
    Field.CATEGORIES: "熟悉的类别 类别 评审类别 专业类别 categories",
    Field.OCCUPATIONS: "熟悉的职业 职业 专业 专长 研究方向 职业工种 擅长领域 occupations",
    Field.RELATIONS: "有关系的人和单位 回避单位 回避 关系人 relations",
    Field.LOAD: "最多评审几件 件数 件数上限 评审上限 最多件数 每个征集最多评审几件 loadlimit",
    Field.FROM: "可以评审自 开始日期 availablefrom",
    Field.UNTIL: "可以评审至 结束日期 截止日期 availableuntil",
    Field.NOTE: "备注 说明 note",
}
_FIELD_OF = {word: field for field, words in _CALLED.items() for word in words.split()}
_BETWEEN = re.compile(r"[、，,;；/\n]+")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")


def fields_in(cells: Sequence[object]) -> dict[int, Field]:
    """Which column is what, by a header row."""
    found: dict[int, Field] = {}
    for place, cell in enumerate(cells):
        field = _FIELD_OF.get(plain(str(cell)))
        if field is not None and field not in found.values():
            found[place] = field
    return found


def details_in(said: Mapping[str, str], categories: Mapping[str, str]) -> Details:
    """What a row says.

    Args:
        said: words by field.
        categories: known ones, id by `plain` id or name.

    Raises:
        Refused: what cannot be kept, with the field.
    """
    chosen = [_category(one, categories) for one in _parts(said.get(Field.CATEGORIES, ""))]
    words = {
        one: said.get(one, "") for one in (Field.NAME, Field.UNIT, Field.TITLE, Field.MAIL, Field.PHONE, Field.NOTE)
    }
    return sound(
        Details(
            **{str(one.value): value for one, value in words.items()},
            categories=tuple(chosen), occupations=tuple(_parts(said.get(Field.OCCUPATIONS, ""))),
            relations=tuple(_parts(said.get(Field.RELATIONS, ""))), load_limit=_count(said.get(Field.LOAD, "")),
            available_from=_day(said.get(Field.FROM, ""), Field.FROM),
            available_until=_day(said.get(Field.UNTIL, ""), Field.UNTIL),
        )
    )  # fmt: skip


def _parts(words: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(words) if one.strip()]


def _category(words: str, categories: Mapping[str, str]) -> str:
    if (found := categories.get(plain(words))) is None:
        raise Refused(_("没有“%(words)s”这个类别，请写类别的编号或名称。") % {"words": words}, field=Field.CATEGORIES)
    return found


def _count(words: str) -> int:
    if not words.strip():
        return LOAD
    if not words.strip().isdecimal():
        raise Refused(_("件数“%(words)s”不是数字。") % {"words": words}, field=Field.LOAD)
    return min(int(words), 100_000)


def _day(words: str, field: Field) -> date | None:
    if not words.strip():
        return None
    try:
        if found := _DAY.fullmatch(words.strip()):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise Refused(_("“%(words)s”看不出是哪一天，请写成 2026-03-05 这样。") % {"words": words}, field=field)
