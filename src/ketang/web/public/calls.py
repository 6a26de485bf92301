"""Calls for everybody: the list, one call with its announcement and templates, the feed."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any
from urllib.parse import quote

from django.contrib.syndication.views import Feed
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.selection.calls.models import Call, in_language
from ketang.selection.calls.queries import list_of_public_calls, public_calls
from ketang.selection.calls.standing import Standing
from ketang.selection.calls.templates import TEMPLATES, made
from ketang.web.paging import page_of
from ketang.web.public.sealed import shown_lists

PAGE = 20
KEPT = 600
"""Seconds for which a call's text is kept as HTML."""
_HANZI = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff，。、；：“”（）()+]*")


def marked(words: str) -> SafeString:
    """Words whose Chinese is marked as such on an English page, so that a screen reader changes its voice."""
    if not (get_language() or "").startswith("en"):
        return SafeString(escape(words))
    return SafeString(_HANZI.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', escape(words)))


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every public call, open ones first, then those to come, a page at a time."""
    page = page_of(list_of_public_calls(), request.GET.get("page"), PAGE)
    now = timezone.now()
    stands = [(call, call.standing(now)) for call in page]
    shown = {
        "page": page,
        "open": [call for call, standing in stands if standing == Standing.OPEN],
        "coming": [call for call, standing in stands if standing == Standing.COMING],
        "others": [row for row in stands if row[1] not in (Standing.OPEN, Standing.COMING)],
    }
    return render(request, "web/public/calls.html", shown)


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: what is asked for, until when, with which materials."""
    call = get_object_or_404(public_calls(), slug=slug)
    return render(request, "web/public/call.html", {"call": call, "body": _body(call), **shown_lists(call)})


def _body(call: Call) -> SafeString:
    """The call's text as HTML: the same for everybody until its file, its state or the day changes, and kept until then."""
    moved = [call.standing(), call.days_until(call.closes_at), call.opens_at and call.days_until(call.opens_at)]
    text = json.dumps([call.pk, call.file, call.state, moved, get_language()], sort_keys=True)
    key = f"call:{hashlib.sha256(text.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = render_to_string("web/public/call_body.html", shown_call(call))
        cache.set(key, found, KEPT)
    return SafeString(found)  # a template's own output


def shown_call(call: Call) -> dict[str, Any]:
    """What the page of a call shows; the office's preview shows the same."""
    content, standing = call.content, call.standing()
    return {
        "call": call,
        "organiser": in_language(content.organiser.model_dump()),
        "paragraphs": [marked(in_language(part.model_dump())) for part in content.announcement],
        "categories": [
            (category.id, in_language(category.name.model_dump()), marked(category.clause))
            for category in content.categories
        ],
        "materials": [
            (in_language(material.name.model_dump()), [(name, TEMPLATES[name].title) for name in material.templates])
            for material in content.materials
        ],
        "templates": [(name, template.title, marked(template.file_name)) for name, template in TEMPLATES.items()],
        "contact": [marked(line) for line in content.contact.model_dump().values() if line],
        "fee": content.fee,
        "grace_days": content.grace_days,
        "zone": content.time_zone,
        "standing": standing,
        "is_open": standing == Standing.OPEN,
        "is_coming": standing == Standing.COMING,
        "opens": call.opens_there if standing in (Standing.DRAFT, Standing.COMING) else "",
        "days_left": call.days_until(call.closes_at) if standing == Standing.OPEN else None,
        "days_to_opening": call.days_until(call.opens_at) if standing == Standing.COMING and call.opens_at else None,
        "name_pattern": marked(content.name_pattern),
        "parcel_text": marked(content.parcel_text),
    }


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """A template, made new."""
    if name not in TEMPLATES:
        raise Http404
    wanted = TEMPLATES[name]
    response = HttpResponse(made(name), content_type=wanted.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(wanted.file_name)}"
    return response


class CallsFeed(Feed[Call, None]):
    """Atom: calls as they are published."""

    feed_type = Atom1Feed
    title = gettext_lazy("征集通知")
    subtitle = gettext_lazy("职业技能培训课程资源的征集通知。")

    def link(self) -> str:
        """The list of calls."""
        return reverse("calls")

    def items(self) -> list[Call]:
        """The newest twenty."""
        return list(public_calls().order_by("-published_at")[:20])

    def item_title(self, item: Call) -> str:
        """The call's title."""
        return item.title

    def item_description(self, item: Call) -> str:
        """From when, where it is to come; until when."""
        if item.is_coming():
            return _("%(opens)s 开始，%(day)s 截止") % {"opens": item.opens_there, "day": item.closes_there}
        return _("截止 %(day)s") % {"day": item.closes_there}

    def item_link(self, item: Call) -> str:
        """Its page."""
        return reverse("call", args=[item.slug])

    def item_pubdate(self, item: Call) -> Any:
        """When it was published."""
        return item.published_at
