"""The other origin: pages and scripts of packages, which may do what they like in a frame that can reach nothing.

Whatever is asked for under its host is answered here and nowhere else: no session, no account, no page of ours. Under our own
host none of this exists.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from ketang.classroom.catalogue.models import CourseState, Lesson, LessonFile
from ketang.web.ranges import stored_response

GOOD_SECONDS = 24 * 3600
"""So long an address works: for whoever leaves a lesson open for a day, and no longer than a course that was taken down should."""
_SALT = "ketang.web.content"


def content_address(lesson: Lesson) -> str:
    """The address of a simulation's first page; empty where the settings name no other origin."""
    if not settings.CONTENT_ORIGIN:
        return ""
    first = lesson.files.order_by("number").first()
    token = signing.dumps(lesson.pk, salt=_SALT)
    return f"{settings.CONTENT_ORIGIN}/{token}/{first.path}" if first is not None else ""


def content_origin(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The middleware, before every other: what comes for the other origin goes no further."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        host = settings.CONTENT_HOST
        if not host or request.META.get("HTTP_HOST", "").lower() != host.lower():
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _with_policy(_file(request))

    return answer


def _file(request: HttpRequest) -> HttpResponseBase:
    """A file of a simulation by the lesson's token and its place."""
    token, _slash, path = request.path_info.lstrip("/").partition("/")
    gone = HttpResponse(
        "没有这个文件，或者网页开得太久了。请回到课程重新打开。 · Not found; open the lesson again.",
        status=404,
        content_type="text/plain; charset=utf-8",
    )
    try:
        lesson = int(signing.loads(token, salt=_SALT, max_age=GOOD_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return gone
    shown = LessonFile.objects.filter(lesson=lesson, lesson__kind="simulation").exclude(content_type="")
    found = (
        shown.exclude(lesson__edition__course__state=CourseState.TAKEN_DOWN)
        .select_related("file")
        .filter(name=path)
        .first()
    )
    return stored_response(request, found.file, found.content_type) if found is not None else gone


def _with_policy(answer: HttpResponseBase) -> HttpResponseBase:
    """It runs as a page of nobody, asks only here, and is shown by our own pages alone."""
    here = settings.CONTENT_ORIGIN
    inside = f"{here} data: blob:"
    answer["Content-Security-Policy"] = "; ".join(
        (
            "sandbox allow-scripts allow-forms", "default-src 'none'", f"script-src {here} 'unsafe-inline' 'unsafe-eval'",
            f"style-src {here} 'unsafe-inline'", f"img-src {inside}", f"media-src {inside}", f"font-src {here} data:",
            f"connect-src {here}", "form-action 'none'", "base-uri 'none'", f"frame-ancestors {settings.PAGES_ORIGIN}",
        )
    )  # fmt: skip
    answer["Access-Control-Allow-Origin"] = "*"  # a page of nobody asks across origins even for its own fonts
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
    return answer
