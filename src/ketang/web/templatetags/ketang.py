"""`{% load ketang %}`: components, forms, navigation. How to use each: docs/interface.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.article import contents_of
from ketang.classroom.catalogue.models import Lesson
from ketang.selection.intake.models import Lateness
from ketang.web import components, fields
from ketang.web.learner.who import learner_of
from ketang.web.navigation import entries_of

register = template.Library()

COLOURS = {"good": "green", "bad": "red", "warn": "yellow", "ask": "purple", "tip": "blue", "quiet": "grey"}
"""Meaning of a tag → colour of the component. The words carry the meaning; the colour repeats it."""


@register.simple_tag
def component(name: str, **options: Any) -> SafeString:
    """Any component with options as they are documented, where no tag of ours fits."""
    return components.render(name, options)


@register.simple_tag
def button(
    text: str,
    *,
    href: str | None = None,
    kind: str = "",
    name: str | None = None,
    value: str | None = None,
    action: str | None = None,
) -> SafeString:
    """A button, or a link that looks like one. `kind`: empty, `secondary` or `warning`; `action` sends the form elsewhere."""
    options = {
        "text": text, "href": href, "name": name, "value": value, "classes": f"govuk-button--{kind}" if kind else None,
        "preventDoubleClick": True if href is None else None,
        "attributes": {"formaction": action} if action else None,
    }  # fmt: skip
    return components.render("button", options)


@register.simple_tag
def article(lesson: Lesson) -> SafeString:
    """The text of a lesson. `article` was sanitised when it was made (`classroom.catalogue.article`); plain words are escaped here."""
    inside = lesson.article or linebreaks(lesson.text, autoescape=True)
    return format_html('<div class="article" lang="zh-Hans">{}</div>', SafeString(inside))


@register.simple_tag
def article_parts(lesson: Lesson) -> list[tuple[str, str]]:
    """(Id, words) of the parts of a long text, to choose from."""
    return contents_of(lesson.article)


@register.simple_tag
def tag(text: str, meaning: str = "quiet") -> SafeString:
    """A state in a word. `meaning`: good, bad, warn, ask, tip, quiet."""
    return _tag(str(text), meaning)


@lru_cache(maxsize=500)
def _tag(text: str, meaning: str) -> SafeString:
    """Every row of a list has one, and they are few."""
    return components.render("tag", {"text": text, "classes": f"govuk-tag--{COLOURS[meaning]}"})


@register.simple_tag
def lateness(said: str) -> SafeString:
    """How a copy stands to the deadline, behind the words before it; nothing for what came in time."""
    if said in ("", Lateness.IN_TIME):
        return SafeString("")
    return SafeString(" " + _tag(str(Lateness(said).label), "quiet" if said in _EXCUSED else "warn"))


_EXCUSED = (Lateness.IN_GRACE, Lateness.IN_MENDING)


@register.simple_tag
def warning(text: str) -> SafeString:
    """A sentence nobody should miss."""
    return components.render("warning-text", {"text": text, "iconFallbackText": _("请注意")})


@register.simple_tag
def notice(text: str, *, good: bool = False) -> SafeString:
    """What happened, at the head of a page."""
    options = {"text": text, "type": "success" if good else None, "titleText": _("已完成") if good else _("请注意")}
    return components.render("notification-banner", options)


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """A form's field with label, hint and error."""
    return fields.render_field(bound, **options)


@register.simple_tag
def form_fields(form: BaseForm, **options: Any) -> SafeString:
    """Every field of a form, in order."""
    return SafeString("\n".join(fields.render_field(bound, **options) for bound in form))


@register.simple_tag
def error_summary(*forms: BaseForm | str | None) -> SafeString:
    """What is wrong, with a link to each field; nothing when nothing is. A form the page does not have counts as none."""
    found = [error for form in forms if isinstance(form, BaseForm) and form.is_bound for error in _errors(form)]
    if not found:
        return SafeString("")
    return components.render("error-summary", {"titleText": _("有内容需要修改"), "errorList": found})


def _errors(form: BaseForm) -> Iterable[dict[str, str | None]]:
    for words in form.non_field_errors():
        yield {"text": str(words)}
    for bound in form:
        for words in bound.errors:
            yield {"text": str(words), "href": f"#{bound.auto_id}"}


@register.simple_tag
def error_title(*forms: BaseForm | str | None) -> str:
    """“错误：” before the page's title when a form has errors."""
    wrong = any(isinstance(form, BaseForm) and form.is_bound and form.errors for form in forms)
    return _("错误：") if wrong else ""


@register.simple_tag
def summary_list(rows: Sequence[tuple[Any, ...]]) -> SafeString:
    """Rows of (key, value) or (key, value, address, words of the link, what it changes). Safe strings are taken as HTML."""
    found = []
    for key, value, *action in rows:
        row: dict[str, Any] = {"key": {"text": key}, "value": {_kind(value): value}}
        if action:
            address, words, what = action
            row["actions"] = {"items": [{"href": address, "text": words, "visuallyHiddenText": what}]}
        found.append(row)
    return components.render("summary-list", {"rows": found})


@register.simple_tag
def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]], *, numeric: str = "") -> SafeString:
    """A table; the first cell of a row names it. `numeric`: indexes of columns of figures (`"2,3"`)."""
    right = {int(one) for one in numeric.split(",") if one}

    def cell(index: int, value: Any) -> dict[str, Any]:
        return {_kind(value): value, "format": "numeric" if index in right else None}

    options = {
        "caption": caption, "captionClasses": "govuk-table__caption--m", "firstCellIsHeader": True,
        "head": [cell(index, words) for index, words in enumerate(head)],
        "rows": [[cell(index, value) for index, value in enumerate(row)] for row in rows],
    }  # fmt: skip
    return SafeString(
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">{components.render("table", options)}</div>'
    )


def _kind(value: Any) -> str:
    return "html" if isinstance(value, SafeString) else "text"


@register.simple_tag
def breadcrumbs(*pairs: str) -> SafeString:
    """Where this page stands: words and address in turn, the page itself last without an address."""
    items = [
        {"text": words, "href": address or None} for words, address in zip(pairs[::2], [*pairs[1::2], ""], strict=False)
    ]
    return components.render("breadcrumbs", {"items": items, "collapseOnMobile": True, "labelText": _("所在位置")})


@register.simple_tag
def back(href: str, text: str = "") -> SafeString:
    """A link to the step before, as a landmark of its own."""
    link = components.render("back-link", {"text": text or _("返回"), "href": href})
    return format_html('<nav aria-label="{}">{}</nav>', _("返回"), link)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Pages of a list, with what was asked for kept in the addresses."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    asked = context["request"].GET.copy()

    def to(number: int) -> str:
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    items: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            label = _("第 %(number)s 页") % {"number": number}
            items.append(
                {
                    "number": number,
                    "href": to(number),
                    "current": number == page.number or None,
                    "visuallyHiddenText": label,
                }
            )
        else:
            items.append({"ellipsis": True})
    options = {
        "landmarkLabel": _("分页"), "items": items,
        "previous": {"href": to(page.previous_page_number()), "html": _("上一页")} if page.has_previous() else None,
        "next": {"href": to(page.next_page_number()), "html": _("下一页")} if page.has_next() else None,
    }  # fmt: skip
    return components.render("pagination", options)


@register.inclusion_tag("web/parts/navigation.html", takes_context=True)
def navigation(context: Context, audience: str) -> dict[str, Any]:
    """The service navigation of an audience; the entry one is under is marked."""
    request = context.get("request")
    path = request.path if request is not None else ""
    # A page of an error that came before anybody was asked for (a foreign host name) has no user.
    actor = getattr(request, "user", None) or AnonymousUser()
    found = entries_of(audience, actor)
    entries = [(entry.words, _address(entry.to)) for entry in found]
    name = getattr(getattr(request, "resolver_match", None), "url_name", None)
    held = [address for entry, (_words, address) in zip(found, entries, strict=True) if name in entry.holds]
    under = [address for _words, address in entries if path == address or (address != "/" and path.startswith(address))]
    here = held[0] if held else max(under, key=len, default="")
    return {"entries": [(words, address, address == here) for words, address in entries]}


@register.inclusion_tag("web/learner/parts/acting.html", takes_context=True)
def acting(context: Context) -> dict[str, Any]:
    """For whom the signed-in helper acts now; nothing for everybody else, who are not asked for."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {}
    learner = learner_of(request)
    return {"acting_for": learner if learner != request.user else None, "csrf_token": context.get("csrf_token")}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch as wrong:
        raise ValueError(f"navigation: {name} is no address") from wrong


@register.filter
def points(amount: Decimal) -> str:
    """Points as a person writes them: 2, 2.5, never 2.00."""
    return format(amount.normalize(), "f")


@register.filter
def share(part: float) -> str:
    """A part of 1 in whole per cent: 27%."""
    return f"{part:.0%}"


@register.inclusion_tag("web/parts/empty.html")
def nothing_yet(title: str, words: str = "", *, href: str = "", link: str = "") -> dict[str, str]:
    """A list with nothing in it: what will stand here, and what to do first."""
    return {"title": title, "words": words, "href": href, "link": link}
