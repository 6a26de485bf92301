"""What the office fills in on the ledger's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.people.organisation.models import OrganisationKind
from ketang.selection.calls.models import Call, CallState, in_language
from ketang.selection.calls.queries import every_call
from ketang.selection.intake.actions import TAKES
from ketang.selection.intake.models import Door, Lateness, Submission
from ketang.selection.ledger.columns import COLUMNS
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.selection.ledger.queries import Chosen

_ANY = ("", gettext_lazy("全部"))


def calls_to_choose() -> dict[str, Call]:
    """Published calls by their address name, the one that closes last first; what opens only later stands behind all others."""
    calls = sorted(every_call().exclude(state=CallState.DRAFT)[:50], key=Call.is_coming)
    return {call.slug: call for call in calls}


_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


def _day(label: Any) -> forms.DateField:
    """A day as people write it. The browser's own calendar takes six stops of the keyboard and speaks its own language."""
    return forms.DateField(label=label, required=False, input_formats=_DAYS, help_text=gettext_lazy("例如 2026-03-01"))


class LedgerForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("编号、寄件人、单位、课程或文件名"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[_ANY, *ArrivalState.choices])
    door = forms.ChoiceField(label=gettext_lazy("来路"), required=False, choices=[_ANY, *Door.choices])
    call = forms.ChoiceField(label=gettext_lazy("征集"), required=False)
    since = _day(gettext_lazy("收到日期从"))
    until = _day(gettext_lazy("收到日期到"))
    late = forms.ChoiceField(label=gettext_lazy("是否按时"), required=False, choices=[_ANY, *Lateness.choices])
    medium = forms.ChoiceField(label=gettext_lazy("版本形式"), required=False, choices=[_ANY, *Medium.choices])
    supplier = forms.CharField(
        label=gettext_lazy("单位名称的开头"), required=False, max_length=100, help_text=gettext_lazy("从第一个字写起。")
    )

    def __init__(self, *args: Any, calls: dict[str, Call], **more: Any) -> None:
        super().__init__(*args, **more)
        self._calls = calls
        choices = [_ANY, *((slug, call.title) for slug, call in calls.items())]
        self.fields["call"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A range has its ends in order."""
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期早于开始日期，请改正。"))
        return asked

    @property
    def chosen(self) -> Chosen:
        """What is looked for; what was filled in wrongly is passed over, and said so on the page."""
        self.is_valid()
        asked = dict(self.cleaned_data)
        if "until" in self.errors:
            asked.pop("since", None)
        return Chosen(
            words=asked.get("words", ""), call=self._calls.get(asked.get("call", "")), door=asked.get("door", ""),
            medium=asked.get("medium", ""), state=asked.get("state", ""), since=asked.get("since"),
            until=asked.get("until"), supplier=asked.get("supplier", ""),
            late=asked.get("late", ""),
        )  # fmt: skip

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is looked for, in words: label and value."""
        found = []
        for bound in self:
            value = self.cleaned_data.get(bound.name)
            if value:
                choices = dict(getattr(bound.field, "choices", ()))
                found.append((str(bound.label), str(choices.get(value, value))))
        return found


class ColumnsForm(forms.Form):
    """Which columns the ledger shows."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("显示的列"), widget=forms.CheckboxSelectMultiple, required=False,
        choices=[(column.key, column.words) for column in COLUMNS.values() if column.key != "number"],
        help_text=gettext_lazy("收件编号总是显示。选择会记住，导出和打印用同样的列。"),
    )  # fmt: skip


class _Said(forms.Form):
    """Something said of an arrival."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000)

    def __init__(self, *args: Any, arrival: Arrival, **more: Any) -> None:
        # Several forms stand on the page: each has ids of its own.
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}-%s", **more})
        self.arrival = arrival


class ReasonForm(_Said):
    """A reason alone."""


class EnterForm(_Said):
    """To which submission it belongs."""

    number = forms.CharField(label=gettext_lazy("受理编号"), max_length=80)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000, required=False)
    field_order = ("number", "reason")
    submission: Submission

    def clean_number(self) -> str:
        """The submission of this number."""
        number = str(self.cleaned_data["number"]).strip().upper()
        found = Submission.objects.filter(number=number).first() if number else None
        if found is None:
            raise forms.ValidationError(_("没有这个受理编号。请核对，或者为它新建一份申报。"))
        self.submission = found
        return number


class ClaimForm(_Said):
    """A new submission for it, in the name of its supplier."""

    call_slug = forms.ChoiceField(label=gettext_lazy("征集"))
    supplier = forms.CharField(
        label=gettext_lazy("供应单位或个人"), max_length=200, help_text=gettext_lazy("全称。登记过的会直接用上。")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("没有登记过时，登记为"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (OrganisationKind.UNIT, OrganisationKind.PERSON)],
        initial=OrganisationKind.UNIT.value,
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("课程名称"), max_length=200)
    category = forms.ChoiceField(label=gettext_lazy("类别"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000, required=False)
    field_order = ("call_slug", "supplier", "kind", "title", "category", "reason")

    def __init__(self, *args: Any, arrival: Arrival, **more: Any) -> None:
        known = {slug: call for slug, call in calls_to_choose().items() if call.state in TAKES}
        first = arrival.call.slug if arrival.call is not None and arrival.call.slug in known else next(iter(known), "")
        begun = {"call_slug": first, "supplier": arrival.supplier, "title": arrival.title[:200], "kind": "unit"}
        super().__init__(*args, arrival=arrival, initial=begun, **more)
        self._known = known
        categories = {
            one.id: in_language(one.name.model_dump()) for call in known.values() for one in call.content.categories
        }
        asked: dict[str, Any] = self.fields  # choice fields among them
        asked["call_slug"].choices = [(slug, call.title) for slug, call in known.items()]
        asked["category"].choices = [("", _("请选择")), *categories.items()]

    @property
    def call(self) -> Call:
        """The chosen call."""
        return self._known[self.cleaned_data["call_slug"]]


class MergeForm(_Said):
    """Of which other arrival it is a part or another copy."""

    number = forms.CharField(label=gettext_lazy("另一件的收件编号"), max_length=20)
    field_order = ("number", "reason")
    into: Arrival

    def clean_number(self) -> str:
        """The arrival of this number."""
        number = str(self.cleaned_data["number"]).strip().upper()
        found = Arrival.objects.filter(number=number).exclude(pk=self.arrival.pk).first()
        if found is None:
            raise forms.ValidationError(_("没有这个收件编号，请核对。"))
        self.into = found
        return number
