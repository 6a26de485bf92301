"""What suppliers fill in: form F, one row of the rights list, the agreement to free use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kebao.package.manifest import CourseIntroduction, Form, FreeUse, RightsEntry

YES_NO = (("", _("未填")), ("yes", _("是")), ("no", _("否")))
TOPICS = {
    "source": _("线上课程资源来源"), "occupation": _("培训的职业工种"), "standard": _("依据的职业标准"), "outline": _("培训大纲"),
    "teachers": _("培训师资"), "resources": _("培训资源"), "format": _("培训形式"), "process": _("培训流程"),
    "hours": _("培训课时"), "picture": _("画面质量"),
}  # fmt: skip
"""The ten topics of F2, in the form's own order."""


def _ticked(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _shown(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


class FormF(forms.Form):
    """基本情况表 (F1–F3). Nothing is required while it is a draft; what is missing is told before sending."""

    unit = forms.CharField(label=_("单位名称"), required=False, max_length=200)
    own_rights = forms.ChoiceField(
        label=_("是否具有自主知识产权"), required=False, choices=YES_NO, widget=forms.RadioSelect
    )
    digital_skills = forms.ChoiceField(
        label=_("是否数字技能培训课程"), required=False, choices=YES_NO, widget=forms.RadioSelect
    )
    contact = forms.CharField(label=_("联系人"), required=False, max_length=100)
    position = forms.CharField(label=_("职务"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("联系电话"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("电子邮箱"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    address = forms.CharField(label=_("通讯地址"), required=False, max_length=300)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in TOPICS.items():
            self.fields[f"topic_{name}"] = forms.CharField(
                label=label, required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": "3"})
            )
        self.fields["remark"] = forms.CharField(
            label=_("备注"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": "3"})
        )

    @staticmethod
    def initial_of(form: Form) -> dict[str, Any]:
        """Values to begin with."""
        plain = {
            name: getattr(form, name) for name in ("unit", "contact", "position", "phone", "email", "address", "remark")
        }
        ticks = {name: _shown(getattr(form, name)) for name in ("own_rights", "digital_skills")}
        topics = {f"topic_{name}": getattr(form.introduction, name) for name in TOPICS}
        return {**plain, **ticks, **topics}

    def form(self, title: str) -> Form:
        """What was filled in, under the course's title."""
        got = self.cleaned_data
        return Form(
            title=title,
            own_rights=_ticked(got["own_rights"]),
            digital_skills=_ticked(got["digital_skills"]),
            introduction=CourseIntroduction(**{name: got[f"topic_{name}"] for name in TOPICS}),
            **{name: got[name] for name in ("unit", "contact", "position", "phone", "email", "address", "remark")},
        )


class RightsForm(forms.Form):
    """One row of the rights list (A5)."""

    what = forms.CharField(label=_("内容或素材"), max_length=200)
    kind = forms.CharField(
        label=_("类别"), required=False, max_length=100, help_text=_("文字、图片、视频素材、音乐等。")
    )
    used_in = forms.CharField(label=_("用在哪里"), required=False, max_length=200)
    owner = forms.CharField(label=_("权利人"), max_length=200)
    own = forms.ChoiceField(label=_("是否本单位或本人所有"), required=False, choices=YES_NO, widget=forms.RadioSelect)
    licence = forms.CharField(label=_("许可或授权方式"), required=False, max_length=200)
    evidence = forms.CharField(label=_("证明"), required=False, max_length=300, help_text=_("课程包里的文件，或网址。"))
    citation = forms.CharField(label=_("引用标注"), required=False, max_length=500)

    def entry(self) -> RightsEntry:
        """The row."""
        got = self.cleaned_data
        return RightsEntry(**{**got, "own": _ticked(got["own"])})


class SendForm(forms.Form):
    """The last step: agreement to free use, in whose name."""

    agreed = forms.BooleanField(
        label=_("同意将应征的网络课程用于残疾人公益性职业技能培训，不再收取任何费用"),
        error_messages={"required": _("要提交，须同意用于公益培训（P8(2)）。")},
    )  # fmt: skip
    by = forms.CharField(label=_("同意人"), max_length=100)

    def free_use(self, day: str) -> FreeUse:
        """The agreement, on that day."""
        return FreeUse(agreed=True, by=self.cleaned_data["by"], on=day)


class StartForm(forms.Form):
    """A new submission."""

    organisation = forms.ChoiceField(label=_("以谁的名义申报"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("课程名称"), max_length=200)
    category = forms.ChoiceField(label=_("类别"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, organisations: list[tuple[str, str]], categories: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]  # a choice field
        self.fields["category"].choices = categories  # type: ignore[attr-defined]  # a choice field
