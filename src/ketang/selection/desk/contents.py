"""What a parcel should hold: the call's materials (P4) on paper, and what the other clauses add."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call, in_language

MORE: Mapping[str, str | Promise] = {
    "F1": _("基本情况表已盖章或签字"),
    "A5": _("引用素材的授权使用证明"),
    "P7.1-disk": _("光盘、U 盘或移动硬盘"),
    "P7.1-cover": _("封面注明“职业技能培训网络课程资源申报材料”"),
}
"""Beside the materials of the call, by an id that begins with its clause. None of them is asked of every supplier, so none is called missing."""


def checklist(call: Call | None) -> dict[str, str]:
    """Everything that can be ticked, by its id; the words of the call for its materials."""
    materials = call.content.materials if call is not None else ()
    found = {one.id: in_language(one.name.model_dump()) for one in materials}
    return found | {key: str(words) for key, words in MORE.items()}


def missing(call: Call | None, found: list[str]) -> list[str]:
    """The call's materials that are not there, in words."""
    materials = call.content.materials if call is not None else ()
    return [in_language(one.name.model_dump()) for one in materials if one.id not in found]
