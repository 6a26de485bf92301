"""What the office fills in about experts, panels and assignments."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.selection.assigning.actions import MOST_BALANCE, MOST_WANTED
from ketang.selection.assigning.fitting import BALANCE
from ketang.selection.experts.details import MOST_LOAD, Details, details_of
from ketang.selection.experts.models import LOAD, Expert
from ketang.selection.experts.queries import known_categories

_BETWEEN = re.compile(r"[、，,;；\n]+")
_DATE = gettext_lazy("请写成 2026-03-05 这样。")


def listed(words: str) -> tuple[str, ...]:
    """Names one a line, or parted by commas."""
    return tuple(one.strip() for one in _BETWEEN.split(words) if one.strip())


class SearchForm(forms.Form):
    """Whom to look for in the pool."""

    words = forms.CharField(label=gettext_lazy("姓名、单位或职业"), required=False, max_length=100)
    category = forms.ChoiceField(label=gettext_lazy("熟悉的类别"), required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[
            ("in", gettext_lazy("在库")), ("away", gettext_lazy("在库，现在不能评审")), ("left", gettext_lazy("已出库")),
            ("", gettext_lazy("全部")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("不限")), *((key, f"{key} {name}") for key, name in known_categories())]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]  # a choice field


class ExpertForm(forms.Form):
    """What is known of an expert."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=100, error_messages={"required": gettext_lazy("请填写姓名。")}
    )
    unit = forms.CharField(label=gettext_lazy("工作单位"), required=False, max_length=200)
    title = forms.CharField(label=gettext_lazy("职称或职务"), required=False, max_length=100)
    mail = forms.CharField(
        label=gettext_lazy("电子邮箱"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("联系电话"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("熟悉的类别"), required=False, widget=forms.CheckboxSelectMultiple
    )
    occupations = forms.CharField(
        label=gettext_lazy("熟悉的职业"), required=False, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=gettext_lazy("一行一个，或者用顿号隔开，例如：养老护理员、保育员。"),
    )  # fmt: skip
    relations = forms.CharField(
        label=gettext_lazy("有关系的人和单位"), required=False, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=gettext_lazy("一行一个。用来计算回避，只有经办人员看得到。"),
    )  # fmt: skip
    load_limit = forms.IntegerField(
        label=gettext_lazy("每个征集最多评审几件"), min_value=1, max_value=MOST_LOAD, initial=LOAD
    )
    available_from = forms.DateField(
        label=gettext_lazy("可以评审，自"), required=False, help_text=_DATE, error_messages={"invalid": _DATE}
    )
    available_until = forms.DateField(
        label=gettext_lazy("可以评审，至"), required=False, help_text=_DATE, error_messages={"invalid": _DATE}
    )
    note = forms.CharField(label=gettext_lazy("备注"), required=False, max_length=1000)

    def __init__(self, *args: Any, expert: Expert | None = None, **more: Any) -> None:
        known = dict(known_categories())
        if expert is not None:
            held = details_of(expert)
            initial = {name: getattr(held, name) for name in Details.__dataclass_fields__}
            initial |= {name: "\n".join(initial[name]) for name in ("occupations", "relations")}
            more.setdefault("initial", {**initial, "categories": list(held.categories)})
            for one in held.categories:  # of a call of long ago
                known.setdefault(one, one)
        super().__init__(*args, **more)
        choices = [(key, f"{key} {name}" if name != key else key) for key, name in known.items()]
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def details(self) -> Details:
        """What was filled in."""
        got = self.cleaned_data
        several = {"occupations": listed(got["occupations"]), "relations": listed(got["relations"])}
        return Details(**{**got, **several, "categories": tuple(got["categories"])})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, error_messages={"required": gettext_lazy("请写明理由。")}
    )


class DropForm(ReasonForm):
    """Why somebody leaves the panel."""

    reason = forms.CharField(
        label=gettext_lazy("退出的理由"),
        max_length=500,
        error_messages={"required": gettext_lazy("请写明退出的理由。")},
    )


class LeaveOutForm(ReasonForm):
    """Why the sheets of who left count no more."""

    reason = forms.CharField(
        label=gettext_lazy("不计入的理由"),
        max_length=400,
        error_messages={"required": gettext_lazy("请写明不计入的理由。")},
    )


class FileForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("专家名单"),
        help_text=gettext_lazy("Excel 或 WPS 表格（.xlsx、.xls），或 CSV，表头里要有“姓名”。文件本身不保存。"),
        error_messages={
            "required": gettext_lazy("请选择文件。"),
            "empty": gettext_lazy("这是空文件，请核对后重新选择。"),
        },
    )


class SeatForm(forms.Form):
    """A member's limit here, and the chair."""

    load_limit = forms.IntegerField(label=gettext_lazy("在这个征集里最多评审几件"), min_value=1, max_value=MOST_LOAD)
    chairs = forms.BooleanField(label=gettext_lazy("担任组长"), required=False)


class AskForm(forms.Form):
    """What the solver is asked with."""

    wanted = forms.IntegerField(
        label=gettext_lazy("每件由几位专家评审"), min_value=1, max_value=MOST_WANTED,
        error_messages={"required": gettext_lazy("请填写人数。")},
    )  # fmt: skip
    balance = forms.IntegerField(
        label=gettext_lazy("件数均衡的分量"), min_value=0, max_value=MOST_BALANCE, initial=BALANCE,
        help_text=gettext_lazy("越大越均衡，越小越看重专长；完全不对口记 1000。一般不用改。"),
    )  # fmt: skip


class ConflictForm(forms.Form):
    """Whom a package has to be kept from."""

    expert = forms.ChoiceField(label=gettext_lazy("专家"), error_messages={"required": gettext_lazy("请选择专家。")})
    reason = forms.CharField(
        label=gettext_lazy("回避的依据"),
        max_length=1000,
        error_messages={"required": gettext_lazy("请写明回避的依据。")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["expert"].choices = choices  # type: ignore[attr-defined]  # a choice field
