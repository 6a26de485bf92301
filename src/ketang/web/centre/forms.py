"""What a centre types, and a list of names out of a spreadsheet."""

from __future__ import annotations

from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.classroom.groups.actions import MOST_WORDS
from ketang.platform.refusal import Refused
from ketang.selection.importing.reading import read_sheets

HEADS = ("姓名", "学员姓名", "学员", "名字", "name")
_HEAD_WITHIN = 10


class GroupForm(forms.Form):
    """A class's name."""

    title = forms.CharField(
        label=gettext_lazy("班级名称"), max_length=100, help_text=gettext_lazy("比如：2026 年秋季养老护理班"),
        error_messages={"required": gettext_lazy("请填写班级名称。")},
    )  # fmt: skip


class NamesForm(forms.Form):
    """Names, one a line."""

    names = forms.CharField(
        label=gettext_lazy("学员姓名，每行一个"), max_length=12_000, widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=gettext_lazy("一次最多 100 人。同名的也照写，每人会有不同的登录号。"),
        error_messages={"required": gettext_lazy("请写下学员的姓名，每行一个。")},
    )  # fmt: skip


class FileForm(forms.Form):
    """A spreadsheet with a column of names."""

    file = forms.FileField(
        label=gettext_lazy("或者选一个表格文件"),
        help_text=gettext_lazy("xlsx、xls 或 csv。有一列的标题是“姓名”；没有标题的，取第一列。"),
        error_messages={"required": gettext_lazy("请先选一个文件。"), "empty": gettext_lazy("这个文件是空的。")},
    )


class AnnounceForm(forms.Form):
    """What the class is told."""

    words = forms.CharField(
        label=gettext_lazy("发一条通知"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("这个班的学员在“我的学习”里看到。"),
        error_messages={"required": gettext_lazy("请写下通知的内容。")},
    )  # fmt: skip


class WordsForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("课程名称里的字"), required=False, max_length=100)


class PaperForm(forms.Form):
    """A learner agreed on paper that somebody acts for them."""

    login = forms.CharField(
        label=gettext_lazy("协助人的登录名"), max_length=64,
        error_messages={"required": gettext_lazy("请填写协助人的登录名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    paper = forms.CharField(
        label=gettext_lazy("书面同意存放在哪里"), max_length=200, help_text=gettext_lazy("比如：学员档案 2026-12"),
        error_messages={"required": gettext_lazy("请写明书面同意存放在哪里。")},
    )  # fmt: skip


def names_in(file: BinaryIO, name: str) -> list[str]:
    """Names in a spreadsheet: below a heading that says so, or else in the first column. Refused: as `read_sheets`; none."""
    rows = [[_words(cell) for cell in cells] for _line, cells in read_sheets(file, name)[0].rows]
    place, first = 0, 0
    for line, cells in enumerate(rows[:_HEAD_WITHIN]):
        heads = [at for at, cell in enumerate(cells) if cell.replace(" ", "").lower() in HEADS]
        if heads:
            place, first = heads[0], line + 1
            break
    found = [cells[place] for cells in rows[first:] if len(cells) > place and cells[place]]
    if not found:
        raise Refused(_("表格里没有找到姓名。"), field="file")
    return found


def _words(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())
