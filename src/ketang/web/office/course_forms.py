"""Forms of the office's pages of courses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import CourseState, Ruling

_DAY = _("请写成 2026-03-05 这样。")


class SearchForm(forms.Form):
    """Which courses."""

    words = forms.CharField(label=_("名称、提供单位、课名或受理编号"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *CourseState.choices])


class _Package(forms.Form):
    package = forms.FileField(
        label=_("课程包（zip）"), help_text=_("和报送的课程包一样：由同一个程序读取和检查。"),
        error_messages={"required": _("请选择课程包文件。")},
    )  # fmt: skip


class OwnForm(_Package):
    """A course of the office's own."""

    title = forms.CharField(
        label=_("课程名称"), max_length=200, error_messages={"required": _("请填写课程名称。")}
    )  # fmt: skip
    supplier = forms.CharField(
        label=_("提供单位或个人"), max_length=200, help_text=_("学习者会看到。署名是他们的权利，不能空着。"),
        error_messages={"required": _("请填写提供单位或个人的名称：署名是他们的权利。")},
    )  # fmt: skip
    field_order = ("title", "supplier", "package")


class CorrectForm(_Package):
    """A corrected package."""

    title = forms.CharField(label=_("课程名称"), max_length=200, required=False, help_text=_("不改就留着原来的。"))
    reason = forms.CharField(
        label=_("更正了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("请写明更正了什么。")},
    )  # fmt: skip
    field_order = ("reason", "title", "package")


class ShowForm(forms.Form):
    """Publishing what is ready; with `why_not`, a reason for it is asked for."""

    despite = forms.CharField(
        label=_("检查有问题仍发布的理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"})
    )  # fmt: skip

    def __init__(self, *args: Any, why_not: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if why_not:
            self.fields["despite"].required = True
            self.fields["despite"].error_messages["required"] = why_not


class WithdrawForm(forms.Form):
    """Why a course is taken out of the catalogue."""

    withdraw_reason = forms.CharField(
        label=_("撤下的理由"), max_length=2000, error_messages={"required": _("请写明撤下的理由。")}
    )


class ComplaintForm(forms.Form):
    """Who complains of what."""

    claimant = forms.CharField(
        label=_("投诉人"), max_length=200, help_text=_("单位或个人。只有经办人员看得到。"),
        error_messages={"required": _("请写明投诉人。")},
    )  # fmt: skip
    contact = forms.CharField(
        label=_("联系方式"), max_length=300, required=False, help_text=_("电话、邮箱或地址。只有经办人员看得到。")
    )  # fmt: skip
    claim = forms.CharField(
        label=_("主张的权利和理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": _("请写明主张的权利和理由。")},
    )  # fmt: skip
    received_on = forms.DateField(
        label=_("收到日期"), help_text=_DAY, error_messages={"invalid": _DAY, "required": _DAY}
    )  # fmt: skip


class RuleForm(forms.Form):
    """What is decided on a complaint."""

    ruling = forms.ChoiceField(
        label=_("处理结果"), choices=[one for one in Ruling.choices if one[0] != Ruling.PENDING],
        widget=forms.RadioSelect, error_messages={"required": _("请选择处理结果。")},
    )  # fmt: skip
    grounds = forms.CharField(
        label=_("处理的依据"), max_length=5000, widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": _("请写明处理的依据。")},
    )  # fmt: skip
