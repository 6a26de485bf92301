"""Forms of exams on paper: printing, and answers as they are typed from the sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.classroom.exams.models import Paper
from ketang.classroom.papers.actions import MOST_REASON, MOST_SPARE, Read
from ketang.classroom.papers.queries import Row
from ketang.classroom.papers.reading import Box, Mistyped, read, tens
from ketang.platform.refusal import Refused
from ketang.selection.importing.reading import read_sheets

MOST_FIELDS = 900
"""Of one page; Django takes a thousand."""


class PrintForm(forms.Form):
    """Which paper, and how many sheets without a name."""

    paper = forms.ChoiceField(
        label=gettext_lazy("试卷"), error_messages={"required": gettext_lazy("请选一套试卷。"), "invalid_choice": gettext_lazy("请选一套试卷。")}
    )  # fmt: skip
    spare = forms.IntegerField(
        label=gettext_lazy("备用答题纸"), min_value=0, max_value=MOST_SPARE, initial=3,
        help_text=gettext_lazy("没有姓名，给写坏的人用。班里的每位学员另有一张印好姓名的。"),
        error_messages={"required": gettext_lazy("请填几张，不要就填 0。"), "invalid": gettext_lazy("请填整数。")},
    )  # fmt: skip

    def __init__(self, papers: Sequence[Paper], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.papers = {str(one.uuid): one for one in papers}
        chosen: Any = self.fields["paper"]
        chosen.choices = [(key, f"{one.edition.course.title} · {one.title}") for key, one in self.papers.items()]

    @property
    def chosen(self) -> Paper:
        """Of a valid form."""
        return self.papers[self.cleaned_data["paper"]]


class UndoForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("为什么撤销"), max_length=MOST_REASON, help_text=gettext_lazy("比如：录在了别人名下；第 3 题看错。"),
        error_messages={"required": gettext_lazy("请写明撤销的理由。")},
    )  # fmt: skip


class AnswersFileForm(forms.Form):
    """The table that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("填好的表格"), help_text=gettext_lazy("用本页下载的表格，xlsx、xls 或 csv。读出来的内容会先填在下面，核对后再保存。"),
        error_messages={"required": gettext_lazy("请先选一个文件。"), "empty": gettext_lazy("这个文件是空的。")},
    )  # fmt: skip


class EntryForm(forms.Form):
    """A row a learner: the number of the sheet, and a field for every ten questions."""

    sat_on = forms.DateField(
        label=gettext_lazy("考试日期"), input_formats=["%Y-%m-%d"], help_text=gettext_lazy("比如 2026-03-05"),
        error_messages={"required": gettext_lazy("请填考试日期。"), "invalid": gettext_lazy("请按“2026-03-05”这样填日期。")},
    )  # fmt: skip

    def __init__(
        self, rows: Sequence[Row], boxes: Sequence[Box], *args: Any, filled: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.groups, self.rows, held = tens(boxes), list(rows), filled or {}
        for row in self.rows:
            name = row.account.pk
            self.fields[f"n-{name}"] = forms.CharField(
                label=_("答题纸号"), required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                initial=held.get(f"n-{name}", str(row.sheet.number) if row.sheet is not None else ""),
            )  # fmt: skip
            for place, group in enumerate(self.groups):
                self.fields[f"a-{name}-{place}"] = forms.CharField(
                    label=label_of(group), required=False, max_length=200, initial=held.get(f"a-{name}-{place}", ""),
                    widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
                )  # fmt: skip

    @property
    def learners(self) -> list[tuple[Row, forms.BoundField, list[forms.BoundField]]]:
        """Each learner with their fields."""
        return [
            (row, self[f"n-{row.account.pk}"], [self[f"a-{row.account.pk}-{place}"] for place in range(len(self.groups))])
            for row in self.rows
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What was typed is read; whoever has no answer at all is left for another time."""
        told = super().clean() or {}
        self.read: list[Read] = []
        for row in self.rows:
            name = row.account.pk
            typed = [told.get(f"a-{name}-{place}", "").strip() for place in range(len(self.groups))]
            if any(typed):
                self._learner(row, typed, told.get(f"n-{name}", ""))
        return told

    def _learner(self, row: Row, typed: Sequence[str], number: str) -> None:
        name, chosen = row.account.pk, {}
        for place, (words, group) in enumerate(zip(typed, self.groups, strict=True)):
            try:
                chosen.update(read(words, group))
            except Mistyped as wrong:
                self.add_error(f"a-{name}-{place}", _wrong(row, group, wrong))
        found = re.fullmatch(r"(?:\d+-)?(\d{1,6})", number.strip())
        if found is None:
            told = {"name": row.account.name or row.account.login}
            self.add_error(f"n-{name}", _("%(name)s：请填答题纸号，就是“-”后面的数字。") % told)
        else:
            self.read.append(Read(row.account, int(found[1]), chosen))


def label_of(group: Sequence[Box]) -> str:
    """Which questions a field is about."""
    first, last = group[0].order, group[-1].order
    if first == last:
        return _("第 %(first)s 题") % {"first": first}
    return _("第 %(first)s 到 %(last)s 题") % {"first": first, "last": last}


def _wrong(row: Row, group: Sequence[Box], wrong: Mistyped) -> str:
    told = {"name": row.account.name or row.account.login, "order": wrong.order, "typed": wrong.typed, "found": wrong.found, "all": len(group), "which": label_of(group)}  # fmt: skip
    if wrong.order is None:
        return _("%(name)s，%(which)s：应有 %(all)s 个答案，这里有 %(found)s 个。没有答的写“-”。") % told
    return _("%(name)s，第 %(order)s 题：没有“%(typed)s”这个选项。") % told


def filled_from(file: BinaryIO, name: str, rows: Sequence[Row], groups: Sequence[Sequence[Box]]) -> dict[str, str]:
    """Fields by name, out of the table that was filled in; who was entered before, or is of another class, is left out.

    Raises:
        Refused: as `read_sheets`; it is another table, or nobody in it can be entered.
    """
    lines = [[_words(cell) for cell in cells] for _line, cells in read_sheets(file, name)[0].rows]
    wanted = {one.account.login.lower(): one.account.pk for one in rows}
    heads = next((line for line in lines if _("登录号") in line or "登录号" in line), None)
    if heads is None or len(heads) < 3 + len(groups):
        raise Refused(_("这不是本页下载的表格：请下载表格，填好以后再上传。"), field="file")
    login = next(place for place, words in enumerate(heads) if words in (_("登录号"), "登录号"))
    found: dict[str, str] = {}
    for line in lines[lines.index(heads) + 1 :]:
        key = wanted.get(line[login].lower())
        answers = line[login + 2 : login + 2 + len(groups)]
        if key is None or not any(answers):
            continue
        found[f"n-{key}"] = line[login + 1]
        found |= {f"a-{key}-{place}": words for place, words in enumerate(answers)}
    if not found:
        raise Refused(_("表格里没有可以录入的答案：都空着，或者已经录入过。"), field="file")
    return found


def _words(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())
