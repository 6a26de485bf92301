"""The catalogue of courses: searched, narrowed down, in the order that is wanted; without any script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.finding import Chosen, Found, Kept, Sort, kept
from ketang.classroom.catalogue.hits import hits
from ketang.classroom.catalogue.marks import LEVEL_WORDS, Hours, Kind, level_value
from ketang.classroom.catalogue.needs import Need
from ketang.selection.calls.models import in_language
from ketang.web.paging import page_of

PAGE = 20
_ANY = ("", gettext_lazy("全部"))


class SearchForm(forms.Form):
    """What to look for, and what to narrow it down to."""

    words = forms.CharField(
        label=gettext_lazy("找课"), required=False, max_length=100,
        help_text=gettext_lazy("课程名称、介绍、提供单位，或课里说过的话。一两个字也能找。"),
    )  # fmt: skip
    category = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    occupation = forms.CharField(label=gettext_lazy("职业（工种）"), required=False, max_length=60)
    level = forms.ChoiceField(label=gettext_lazy("等级"), required=False)
    hours = forms.ChoiceField(label=gettext_lazy("学时"), required=False)
    need = forms.MultipleChoiceField(
        label=gettext_lazy("我需要"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("选了几项，就只列出每一课都做到这几项的课程。"),
    )  # fmt: skip
    sort = forms.ChoiceField(label=gettext_lazy("排列"), required=False, choices=Sort.choices)

    def __init__(self, *args: Any, kept: Kept, **more: Any) -> None:
        super().__init__(*args, **more)
        self._categories = [(value, in_language(name)) for value, name in kept.categories]
        self.tell_counts(None)

    def tell_counts(self, left: Mapping[tuple[str, str], int] | None) -> None:
        """Say beside each choice how many courses it would leave, where that is known."""
        levels = [(level_value(level), words) for level, words in LEVEL_WORDS.items()]
        for name, kind, choices, more in (
            ("category", Kind.CATEGORY, self._categories, [_ANY]), ("level", Kind.LEVEL, levels, [_ANY]),
            ("hours", Kind.HOURS, Hours.choices, [_ANY]), ("need", Kind.NEED, Need.choices, []),
        ):  # fmt: skip
            told = [(value, _told(words, left, (kind, value))) for value, words in choices]
            self.fields[name].choices = [*more, *told]  # type: ignore[attr-defined]  # choice fields

    @property
    def chosen(self) -> Chosen:
        """What is looked for; a choice that is none narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return Chosen(
            words=asked.get("words", ""), occupation=asked.get("occupation", ""), category=asked.get("category", ""),
            level=asked.get("level", ""), hours=asked.get("hours", ""), needs=tuple(asked.get("need", ())),
            sort=asked.get("sort", ""),
        )  # fmt: skip


def _told(words: Any, left: Mapping[tuple[str, str], int] | None, mark: tuple[str, str]) -> str:
    if left is None:
        return str(words)
    return _("%(words)s（%(count)s）") % {"words": words, "count": left.get((str(mark[0]), mark[1]), 0)}


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Courses a page at a time, each with where the words stand."""
    counts = kept()
    form = SearchForm(request.GET, kept=counts)
    chosen = form.chosen
    found = Found(chosen, counts)
    page = page_of(found, request.GET.get("page"), PAGE)
    narrowed = bool(chosen.marks or chosen.occupation or chosen.sort)
    more = narrowed or "more" in request.GET
    if more:
        form.tell_counts(found.left())
    words = {
        "form": form, "page": page, "chosen": chosen, "hits": hits(list(page), found.phrases), "more": more,
        "asked": "" if chosen.is_everything else _address(request, chosen)[1:], "opened": urlencode({"words": chosen.words, "more": "1"}),
        "instead": _instead(request, chosen, found) if not page.object_list and not chosen.is_everything else (),
    }  # fmt: skip
    return render(request, "web/public/courses.html", words)


def _instead(request: HttpRequest, chosen: Chosen, found: Found) -> Sequence[tuple[str, str, int]]:
    """Where nothing was found: what would find something, as words, address and number of courses."""
    offered: list[tuple[str, Chosen]] = []
    if chosen.words.strip() and (chosen.marks or chosen.occupation.strip()):
        offered.append((_("不限条件，只找“%(words)s”") % {"words": chosen.words.strip()}, Chosen(words=chosen.words)))
    elif len(chosen.needs) > 1:
        offered.append((_("不限需要"), replace(chosen, needs=())))
    if len(found.phrases) > 1:
        offered += [(_("只找“%(words)s”") % {"words": word}, Chosen(words=word)) for word in chosen.words.split()[:4]]
    told = [(words, one, Found(one, found.kept).count(found.far)) for words, one in offered]
    return [(words, _address(request, one), count) for words, one, count in told if count]


def _address(request: HttpRequest, chosen: Chosen) -> str:
    asked = request.GET.copy()
    asked.clear()
    for name in ("words", "occupation", "category", "level", "hours"):
        if value := getattr(chosen, name):
            asked[name] = value
    asked.setlist("need", list(chosen.needs))
    return f"?{asked.urlencode()}"
