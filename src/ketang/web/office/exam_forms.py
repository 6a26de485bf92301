"""Forms of the office's pages of exams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketang.classroom.exams.actions import MOST_PAPERS, MOST_QUESTIONS, MOST_WEIGHT
from ketang.classroom.exams.appealing import MOST
from ketang.classroom.exams.models import MULTIPLE_CHOICES, Question, QuestionKind, Ruling
from ketang.classroom.exams.queries import Topic

_WHOLE = _("请填整数。")


class DrawForm(forms.Form):
    """How many papers of how many questions, and what weight each topic has."""

    papers = forms.IntegerField(
        label=_("抽几套"), min_value=1, max_value=MOST_PAPERS, initial=3, help_text=_("各套的题互不重复。"),
        error_messages={"required": _("请填要抽几套。"), "invalid": _WHOLE},
    )  # fmt: skip
    count = forms.IntegerField(
        label=_("每套几道题"), min_value=1, max_value=MOST_QUESTIONS, initial=10,
        error_messages={"required": _("请填每套几道题。"), "invalid": _WHOLE},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("限时（分钟）"), min_value=1, max_value=24 * 60, required=False, help_text=_("不限时就空着。"),
        error_messages={"invalid": _WHOLE},
    )  # fmt: skip

    def __init__(self, bank: Sequence[Topic], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.topics = [(topic, f"weight-{place}") for place, topic in enumerate(bank)]
        for topic, name in self.topics:
            self.fields[name] = forms.IntegerField(
                label=topic.name or _("没有写知识点"), min_value=0, max_value=MOST_WEIGHT, initial=topic.count,
                help_text=_("题库里有 %(count)s 道。") % {"count": topic.count},
                error_messages={"required": _("请填 0 或更大的整数。"), "invalid": _WHOLE},
            )  # fmt: skip

    @property
    def weights(self) -> dict[str, int]:
        """By topic; of a valid form."""
        return {topic.name: self.cleaned_data[name] for topic, name in self.topics}


class MarkingForm(forms.Form):
    """How questions with several right options are marked."""

    multiple = forms.ChoiceField(label=_("多选题怎样计分"), choices=MULTIPLE_CHOICES, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """What the office says to an appeal."""

    ruling = forms.ChoiceField(
        label=_("结论"), choices=[one for one in Ruling.choices if one[0] != Ruling.WAITING],
        widget=forms.RadioSelect, error_messages={"required": _("请选择结论。")},
    )  # fmt: skip
    answer = forms.CharField(
        label=_("答复"), max_length=MOST, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("提出申诉的学习者会在成绩页上看到。"), error_messages={"required": _("请写下答复。")},
    )  # fmt: skip


class KeyForm(forms.Form):
    """What is right from now on, or that the question is void, and why."""

    right = forms.MultipleChoiceField(
        label=_("正确答案"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("单选题选了几个，就是选其中任何一个都算对。"),
    )  # fmt: skip
    is_void = forms.BooleanField(label=_("题目作废：每个人都得这道题的分"), required=False)
    reason = forms.CharField(
        label=_("更正的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("考过这道题的人都会看到。"), error_messages={"required": _("请写明更正的理由，学习者会看到。")},
    )  # fmt: skip

    def __init__(self, question: Question, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        lettered = [
            (letter, words if question.kind == QuestionKind.TRUE_FALSE else f"{letter}. {words}")
            for letter, words in question.lettered
        ]
        self.fields["right"].choices = lettered  # type: ignore[attr-defined]
