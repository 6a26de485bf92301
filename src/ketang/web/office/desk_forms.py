"""What is filled in at the desk."""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.selection.calls.models import Call
from ketang.selection.desk.actions import counts_at
from ketang.selection.desk.codes import tracking_number
from ketang.selection.desk.contents import checklist
from ketang.selection.desk.models import Cover, Delivery
from ketang.selection.desk.queries import last_courier, with_tracking
from ketang.selection.intake.actions import TAKES
from ketang.selection.intake.models import Submission
from ketang.web.office.ledger_forms import calls_to_choose

_DIGITS = re.compile(r"\d+")


class DayField(forms.CharField):
    """A day as it is quickest to type: 2026-03-02, 20260302, 3-2, 0302, 3月2日. Without a year: the last such day that is not ahead."""

    def __init__(self, *, ahead: bool = False, **more: Any) -> None:
        self.ahead = ahead
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **more)

    def prepare_value(self, value: Any) -> Any:
        """As it stands in the field."""
        return value.isoformat() if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day, or None where none was typed and none is needed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return day_of(text, timezone.localdate(), ahead=self.ahead)
        except ValueError:
            raise forms.ValidationError(_("没有这一天。请写成 2026-03-02 或 0302。")) from None


def day_of(text: str, today: date, *, ahead: bool = False) -> date:
    """The day that was typed; ValueError for none. Without a year the nearest one: not ahead of today, or with `ahead` not behind it."""
    plain = unicodedata.normalize("NFKC", text)
    parts = _DIGITS.findall(plain)
    if len(parts) == 1 and len(parts[0]) in (4, 8):
        digits = parts[0]
        parts = [digits[:-4], digits[-4:-2], digits[-2:]] if len(digits) == 8 else [digits[:2], digits[2:]]
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        return date(*numbers)
    if len(numbers) != 2:
        raise ValueError(text)
    month, day = numbers
    for years in range(5):  # 29 February comes every four years
        year = today.year + (years if ahead else -years)
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise ValueError(text)


class FindForm(forms.Form):
    """The one field: a scan, or words."""

    q = forms.CharField(
        label=gettext_lazy("扫标签，或输入单位、课程、编号"), max_length=600,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


def _without_options(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


def photograph_field(*, required: bool) -> forms.FileField:
    """A photograph: on a telephone the camera behind it opens, elsewhere a file is chosen."""
    return forms.FileField(
        label=gettext_lazy("封面照片"), required=required,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=gettext_lazy("手机直接拍，电脑选一张照片：JPG、PNG 或 WebP，最多 20 MB。拍照的地点不会保存。"),
        error_messages={
            "required": gettext_lazy("请拍一张或选一张照片。"), "empty": gettext_lazy("这个文件是空的，请重新拍一张。"),
        },
    )  # fmt: skip


class PhotographForm(forms.Form):
    """A photograph of a parcel's cover."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    photograph = photograph_field(required=True)

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **more)


class ParcelForm(forms.Form):
    """A parcel: with Enter alone it is registered as posted today by the courier of the last one.

    With a photograph that was taken before (`cover`) no other is asked for.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    cover = forms.UUIDField(required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    tracking = _without_options(gettext_lazy("运单号"), max_length=60)
    another = forms.BooleanField(label=gettext_lazy("同一个包裹里的另一门课程，另记一件"), required=False)
    postmark = DayField(
        label=gettext_lazy("邮戳日期"),
        error_messages={"required": gettext_lazy("请填写邮戳日期；看不清的，填收到的日期，并在备注里写明。")},
        help_text=gettext_lazy("快递看面单上的收寄日期。当天算到 24:00。可以只写月日，例如 0302。"),
    )  # fmt: skip
    late = forms.BooleanField(label=gettext_lazy("已核对邮戳，确实逾期"), required=False)
    courier = _without_options(gettext_lazy("快递公司"), max_length=50)
    delivery = forms.ChoiceField(
        label=gettext_lazy("送达方式"),
        widget=forms.RadioSelect,
        choices=Delivery.choices,
        initial=Delivery.POSTED.value,
    )
    supplier = _without_options(gettext_lazy("写明的单位或个人"), max_length=200)
    title = _without_options(gettext_lazy("写明的课程"), max_length=200)
    call_slug = forms.ChoiceField(label=gettext_lazy("征集"), required=False)
    contents = forms.MultipleChoiceField(
        label=gettext_lazy("清点"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("拆开看过再勾；一项也不勾，记为“未清点”，以后可以补。"),
    )  # fmt: skip
    note = _without_options(gettext_lazy("备注"), max_length=500)
    photograph = photograph_field(required=False)

    def __init__(
        self, *args: Any, to: Submission | None = None, cover: Cover | None = None, focus: str = "tracking", **more: Any
    ) -> None:
        begun = {
            "key": uuid.uuid4(), "submission": to.uuid if to is not None else None, "postmark": timezone.localdate(),
            "courier": last_courier(), "cover": cover.uuid if cover is not None else None, **more.pop("initial", {}),
        }  # fmt: skip
        more["initial"] = begun
        super().__init__(*args, **more)
        self.to, self.known = to, {}
        fields: dict[str, Any] = self.fields
        if cover is not None:
            del fields["photograph"]
        fields["postmark"].required = not self.is_bound or self.data.get("delivery") != Delivery.HAND
        if to is not None:
            for name in ("supplier", "title", "call_slug"):
                del fields[name]
        else:
            self.known = {slug: call for slug, call in calls_to_choose().items() if call.state in TAKES}
            fields["call_slug"].choices = [
                *((slug, call.title) for slug, call in self.known.items()),
                ("", _("不知道")),
            ]
            self.initial.setdefault("call_slug", next(iter(self.known), ""))
        fields["contents"].choices = list(checklist(self.call).items())
        if not self._asked("another"):
            del fields["another"]
        if not self._asked("late"):
            del fields["late"]
        fields[focus if focus in fields else "tracking"].widget.attrs["autofocus"] = True

    def _asked(self, name: str) -> bool:
        """Whether one of the two questions that are seldom asked has to be asked now."""
        if not self.is_bound:
            return False
        if name == "another":
            return with_tracking(tracking_number(self.data.get("tracking", ""))) is not None
        try:
            return self._is_late(day_of(self.data.get("postmark", ""), timezone.localdate()))
        except ValueError:
            return False

    def _is_late(self, postmark: date) -> bool:
        if self.call is None or self.data.get("delivery") != Delivery.POSTED:
            return False
        counted = counts_at(Delivery.POSTED, postmark, timezone.now(), self.call)
        return counted > self.call.closes_at

    @property
    def call(self) -> Call | None:
        """The call it is for."""
        if self.to is not None:
            return self.to.call
        return self.known.get(self.data.get("call_slug", "") if self.is_bound else self.initial.get("call_slug", ""))

    def clean(self) -> dict[str, Any]:
        """Nobody is late by a day that stood there by itself."""
        asked = super().clean() or {}
        if "late" in self.fields and not asked.get("late") and "postmark" not in self.errors:
            self.add_error("late", _("按这个邮戳日期，这一件已经逾期。请核对邮戳：写错了就改日期，没写错就勾选这里。"))
        return asked


class PairForm(forms.Form):
    """To which submission a waiting parcel belongs."""

    q = forms.CharField(
        label=gettext_lazy("扫标签，或输入受理编号、单位、课程"), max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class TallyForm(forms.Form):
    """What was found in a parcel."""

    contents = forms.MultipleChoiceField(
        label=gettext_lazy("里面有"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, call: Call | None, found: list[str], **more: Any) -> None:
        more["initial"] = {"contents": found}
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["contents"].choices = list(checklist(call).items())
