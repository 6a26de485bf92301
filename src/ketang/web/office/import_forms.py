"""What the office fills in to bring an old spreadsheet into the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.selection.calls.models import Call
from ketang.selection.importing.days import FIRST_YEAR, shown
from ketang.selection.importing.fields import Field
from ketang.selection.importing.models import Cell, SheetImport
from ketang.selection.importing.queries import ShownColumn
from ketang.selection.ledger.models import Medium

NOT = "-"
"""In the place of a field, for a column that is left out."""


class FileForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("台账文件"),
        help_text=gettext_lazy("Excel 或 WPS 表格（.xlsx、.xls），或 CSV。文件本身不保存，只读其中的内容。"),
        error_messages={
            "required": gettext_lazy("请选择台账文件。"), "empty": gettext_lazy("这是空文件，请核对后重新选择。"),
        },
    )  # fmt: skip


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("文件名"), required=False, max_length=100)


class RowsForm(forms.Form):
    """Which sheet, and which of its rows names the columns."""

    sheet = forms.ChoiceField(label=gettext_lazy("工作表"))
    header = forms.ChoiceField(label=gettext_lazy("表头在哪一行"))

    def __init__(self, *args: Any, of: SheetImport, rows: list[tuple[int, list[Cell]]], **more: Any) -> None:
        super().__init__(*args, **{"initial": {"sheet": str(of.sheet), "header": str(of.header)}, **more})
        sheets = [(str(place), name or _("第一张")) for place, name in enumerate(of.sheets)]
        headers = [("0", _("没有表头，第一行就是内容"))]
        for line, cells in rows:
            words = "｜".join(filter(None, map(shown, cells)))
            told = words if len(words) <= 40 else f"{words[:40]}…"
            headers.append((str(line), _("第 %(line)s 行：%(words)s") % {"line": line, "words": told}))
        if len(sheets) == 1:
            self.fields["sheet"].widget = forms.HiddenInput()
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]  # choice fields
        self.fields["header"].choices = headers  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column is (`c0`, `c1` …), and what is meant where a row does not say it."""

    def __init__(
        self, *args: Any, of: SheetImport, columns: list[ShownColumn], calls: dict[str, Call], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._calls = calls
        self.wide = len(columns)
        choices = [(NOT, _("不导入")), *((field.value, str(field.label)) for field in Field)]
        for column in columns:
            words = {"letter": column.letter, "head": column.head}
            self.fields[f"c{column.index}"] = forms.ChoiceField(
                label=_("%(letter)s 列 %(head)s") % words if column.head else _("%(letter)s 列") % words,
                help_text="、".join(column.samples) or _("这一列是空的"), choices=choices, initial=column.field or NOT,
            )  # fmt: skip
        self.fields["medium"] = forms.ChoiceField(
            label=_("没有写明版本形式的，算作"), widget=forms.RadioSelect, initial=of.medium,
            choices=[(one.value, one.label) for one in (Medium.PAPER, Medium.ELECTRONIC)],
        )  # fmt: skip
        self.fields["year"] = forms.IntegerField(
            label=_("没有写年份的日期（如 3月5日）是哪一年"), initial=of.year, min_value=FIRST_YEAR,
            max_value=timezone.localdate().year,
        )  # fmt: skip
        self.fields["call"] = forms.ChoiceField(
            label=_("属于哪次征集"), required=False, initial=of.call.slug if of.call is not None else "",
            choices=[("", _("不指定")), *((slug, call.title) for slug, call in calls.items())],
        )  # fmt: skip

    @property
    def of_columns(self) -> list[forms.BoundField]:
        """The fields of columns, in order."""
        return [self[f"c{index}"] for index in range(self.wide)]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields behind them."""
        return [self[name] for name in ("medium", "year", "call")]

    @property
    def columns(self) -> list[str]:
        """The field of each column, empty for what is left out."""
        chosen = [self.cleaned_data[f"c{index}"] for index in range(self.wide)]
        return ["" if one == NOT else one for one in chosen]

    @property
    def call(self) -> Call | None:
        """The chosen call."""
        return self._calls.get(self.cleaned_data["call"])


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(label=gettext_lazy("撤销的理由"), max_length=500)
