"""New courses for other sites: Atom, JSON Feed, and a list that may stand in a frame on a page of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from csp.decorators import csp
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.finding import Found, Sort, kept
from ketang.classroom.catalogue.searched import CatalogueEntry
from ketang.web.public.catalogue import SearchForm

MOST = 20
"""Courses of a feed."""
SHOWN, MOST_SHOWN = 6, 20
"""Courses of the list in a frame: as it comes, and at most."""
EMBEDDED = {
    "default-src": ["'none'"], "style-src": ["'self'"], "img-src": ["'self'"], "base-uri": ["'none'"],
    "form-action": ["'none'"], "frame-ancestors": ["*"],
}  # fmt: skip
"""Any page may frame the list: there is nothing in it that could be clicked to anybody's harm, and nobody is signed in there."""


def found(request: HttpRequest, most: int) -> list[CatalogueEntry]:
    """The courses that an address asks for as the catalogue's would, the newest first where it says nothing else."""
    counts = kept()
    chosen = SearchForm(request.GET, kept=counts).chosen
    return Found(replace(chosen, sort=chosen.sort or Sort.NEWEST), counts).part(0, most)


class CoursesFeed(Feed[CatalogueEntry, HttpRequest]):
    """Atom: courses as they are published; with the catalogue's own words in the address, what it finds."""

    feed_type = Atom1Feed
    title = gettext_lazy("新课程")
    subtitle = gettext_lazy("免费公开的职业技能培训课程。")

    def get_object(self, request: HttpRequest, *_args: Any, **_more: Any) -> HttpRequest:
        """Whoever asks."""
        return request

    def link(self) -> str:
        """The catalogue."""
        return reverse("courses")

    def items(self, request: HttpRequest) -> list[CatalogueEntry]:
        """What is asked for."""
        return found(request, MOST)

    def item_title(self, item: CatalogueEntry) -> str:
        """The course's title."""
        return item.course.title

    def item_description(self, item: CatalogueEntry) -> str:
        """Its introduction."""
        return " ".join(item.course.introduction.split())

    def item_link(self, item: CatalogueEntry) -> str:
        """Its page."""
        return reverse("course", args=[item.course.uuid])

    def item_author_name(self, item: CatalogueEntry) -> str:
        """Whose it is."""
        return item.course.supplier

    def item_pubdate(self, item: CatalogueEntry) -> Any:
        """When it was published."""
        return item.course.published_at

    def item_updateddate(self, item: CatalogueEntry) -> Any:
        """The same: a corrected course is published anew."""
        return item.course.published_at


@require_safe
def json_feed(request: HttpRequest) -> JsonResponse:
    """JSON Feed 1.1 (jsonfeed.org), which a page of any site may read."""
    items = [
        {
            "id": request.build_absolute_uri(reverse("course", args=[entry.course.uuid])),
            "url": request.build_absolute_uri(reverse("course", args=[entry.course.uuid])),
            "title": entry.course.title,
            "content_text": " ".join(entry.course.introduction.split()) or entry.course.title,
            "date_published": entry.course.published_at.isoformat() if entry.course.published_at else None,
            "authors": [{"name": entry.course.supplier}],
            "tags": [one for one in (entry.course.category_words, entry.course.occupation, entry.course.level) if one],
            "language": "zh-Hans",
        }
        for entry in found(request, MOST)
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1", "title": _("新课程"),
        "home_page_url": request.build_absolute_uri(reverse("courses")),
        "feed_url": request.build_absolute_uri(), "language": "zh-Hans", "items": items,
    }  # fmt: skip
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@xframe_options_exempt
@csp(EMBEDDED)
def embedded(request: HttpRequest) -> HttpResponse:
    """The newest courses, or those that the address asks for, to stand in a frame. Nobody is signed in here, and no cookie is set."""
    asked = request.GET.get("n", "")
    most = min(int(asked), MOST_SHOWN) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 4 else SHOWN
    return render(request, "web/public/courses_embedded.html", {"entries": found(request, max(1, most))})
