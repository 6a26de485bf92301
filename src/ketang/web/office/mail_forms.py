"""What the office fills in about the mail that brought an arrival."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import MailPart
from ketang.selection.mail.queries import parts_of
from ketang.web.office.ledger_forms import ReasonForm


class SplitForm(ReasonForm):
    """Which attachments become an arrival of their own."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("分出去的附件"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选择要分出去的附件。")},
    )  # fmt: skip
    field_order = ("parts", "reason")

    def __init__(self, *args: Any, arrival: Arrival, **more: Any) -> None:
        super().__init__(*args, arrival=arrival, **more)
        self._parts = {str(part.pk): part for part in parts_of(arrival)}
        asked: dict[str, Any] = self.fields  # a choice field among them
        asked["parts"].choices = [
            (
                key,
                format_html("<span data-own-words>{}</span> · {}", part.name or part.place, filesizeformat(part.size)),
            )
            for key, part in self._parts.items()
        ]

    @property
    def chosen(self) -> list[MailPart]:
        """The attachments that were ticked."""
        return [self._parts[key] for key in self.cleaned_data["parts"]]


class AnswerForm(ReasonForm):
    """An answer in the office's own words."""

    text = forms.CharField(
        label=gettext_lazy("答复"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=gettext_lazy("原样发给寄件人。"), error_messages={"required": gettext_lazy("请写明要答复的话。")},
    )  # fmt: skip
    with_link = forms.BooleanField(
        label=gettext_lazy("附上传链接"), required=False,
        help_text=gettext_lazy("对方不用注册账号，用链接补交一个文件；链接只能用一次。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=1000, required=False,
        help_text=gettext_lazy("记在台账里，不发给寄件人。"),
    )  # fmt: skip
    field_order = ("text", "with_link", "reason")
