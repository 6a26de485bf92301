"""Coming from another learning platform (LTI 1.3): its login, what it brings back, going on, and choosing courses for it.

A page of ours stands in no frame, but for two: the one that opens a new window, and the list from which a teacher chooses, both on the
platform's own pages alone. Neither needs a cookie: the address is the secret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.finding import Chosen, Found, kept
from ketang.classroom.catalogue.models import Course
from ketang.classroom.lti import choosing, keys, launching
from ketang.classroom.lti.addresses import origin_of
from ketang.classroom.lti.models import LAUNCH_MINUTES, Launch, Platform
from ketang.classroom.lti.queries import consent_text, guest_of
from ketang.classroom.lti.refusing import NotLetIn, Why
from ketang.people.account.models import Account
from ketang.web.paging import page_of

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = 10
MOST_SIGNS = 200_000
"""Of what a platform may send: far above any real message."""


def _told(request: HttpRequest) -> dict[str, str]:
    """What came, by POST or in the address. Raises NotLetIn: too much, or signs that are none."""
    told = {name: str(value) for name, value in (request.POST if request.method == "POST" else request.GET).items()}
    if sum(map(len, told.values())) > MOST_SIGNS or any("\x00" in value for value in told.values()):
        raise NotLetIn(Why.START, "malformed")
    return told


def said_when_refused(view: View) -> View:
    """What is refused gets a page that says why, what to do, and what to tell whom; and a line in the log without anybody's name."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except NotLetIn as refused:
            log.warning("lti: not let in: %s %r", refused.why, refused.detail)
            person, administrator = refused.words
            shown = {"refused": refused, "person": person, "administrator": administrator}
            if not _is_framed(request):
                return render(request, "web/lti/refused.html", shown, status=refused.status)
            platform = launching.platform_of(request.POST.dict() or request.GET.dict())
            page = render(request, "web/lti/refused_framed.html", shown, status=refused.status)
            return _framed(page, platform)

    return answer


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@said_when_refused
def begin(request: HttpRequest) -> HttpResponse:
    """A platform has somebody come in: the browser is sent to its sign-in. The form is the platform's: it has no token of ours."""
    started = launching.begin(_told(request))
    answer = HttpResponseRedirect(started.address)
    answer.set_cookie(
        started.cookie, started.secret, max_age=LAUNCH_MINUTES * 60, path=reverse("lti-login").removesuffix("login"),
        secure=request.is_secure(), httponly=True, samesite="Lax",
    )  # fmt: skip
    return answer


@csrf_exempt
@never_cache
@require_http_methods(["POST"])
@said_when_refused
def launch(request: HttpRequest) -> HttpResponse:
    """What the platform signed is posted here from its page, without our cookies; going on is an address of its own, to which they come."""
    found, ticket = launching.accept(_told(request))
    page = "lti-choose" if found.message.get("choosing") else "lti-go"
    answer = HttpResponseRedirect(reverse(page, args=[ticket]))
    answer.status_code = 303
    return answer


@never_cache
@require_safe
def key_set(request: HttpRequest) -> HttpResponse:
    """Our public keys (JWKS)."""
    return JsonResponse(keys.key_set())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@said_when_refused
def go(request: HttpRequest, ticket: str) -> HttpResponse:
    """On to the course: at once for whom we know in a browser that we know, else after a question.

    In a frame browsers keep our cookies from us: there a page opens a new window, and goes on in it.
    """
    found = launching.opened(ticket, choosing=False)
    if request.method != "POST" and _is_framed(
        request, asked="window" not in request.GET and not _is_same(request, found)
    ):
        return _framed(render(request, "web/lti/window.html", {"launch": found}), found.platform)
    course = launching.course_of(found)
    if course is None or not course.is_published:
        return render(request, "web/lti/no_course.html", {"course": course, "platform": found.platform}, status=404)
    address = reverse("course", args=[course.uuid])
    sub = found.message["sub"]
    if request.POST.get("how") == "look":
        return HttpResponseRedirect(address)
    guest = guest_of(found.platform, sub)
    here = request.user if isinstance(request.user, Account) else None
    if guest is not None:
        launching.vet(guest.account)
    known = guest is not None and (here == guest.account or (here is None and _is_same(request, found)))
    how = request.POST.get("how", "")
    if known or how in ("agree", "without", "enter"):
        entered = launching.enter(found, language=get_language() or "", agreed=how == "agree")
        if here != entered:
            login(request, entered, backend=BACKEND)
            messages.success(request, _("您从“%(platform)s”进来了。") % {"platform": found.platform.name})
        answer = HttpResponseRedirect(address)
        answer.delete_cookie(launching.cookie_of(found), path=reverse("lti-login").removesuffix("login"))
        return answer
    shown = {
        "launch": found, "platform": found.platform, "course": course, "guest": guest, "here": here,
        "name": found.message["name"], "sub": sub, "text": consent_text(found.platform), "learns": found.message["learns"],
    }  # fmt: skip
    return render(request, "web/lti/go.html", shown)


@csrf_exempt  # in a frame there is no cookie to compare with; the address is as secret as a token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@said_when_refused
def choose(request: HttpRequest, ticket: str) -> HttpResponse:
    """Courses of the catalogue, to be put on the list one after another; then the list, signed, for the platform."""
    found = launching.opened(ticket, choosing=True)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    if how in ("done", "nothing"):
        answer = choosing.answer(found, nothing=how == "nothing")
        shown = {"answer": answer, "launch": found, "platform": found.platform, "ticket": ticket}
        page = render(request, "web/lti/chosen.html", shown)
        return _framed(page, found.platform, to=answer.to)
    if request.method == "POST":
        uuid = request.POST.get("course", "")
        try:
            course = get_object_or_404(Course, uuid=uuid)
        except ValidationError:  # no number of any
            raise Http404 from None
        choosing.choose(found, course=course, wanted=how == "choose")
        return HttpResponseRedirect(f"{request.get_full_path()}#chosen")
    words = request.GET.get("words", "").replace("\x00", "").strip()[:100]
    page_shown = page_of(Found(Chosen(words=words), kept()), request.GET.get("page"), PAGE)
    chosen = choosing.chosen_in(found)
    shown = {
        "launch": found, "platform": found.platform, "page": page_shown, "words": words, "chosen": chosen,
        "chosen_keys": {one.pk for one in chosen}, "many": choosing.takes_many(found),
    }  # fmt: skip
    return _framed(render(request, "web/lti/choose.html", shown), found.platform)


def _is_same(request: HttpRequest, found: Launch) -> bool:
    return launching.is_same_browser(found, request.COOKIES.get(launching.cookie_of(found), ""))


def _is_framed(request: HttpRequest, *, asked: bool = False) -> bool:
    """Whether the page is to stand in a frame: the browser says it; `asked` for one that does not say."""
    said = request.headers.get("Sec-Fetch-Dest", "")
    return said in ("iframe", "frame", "embed", "object") if said else asked


def _framed(answer: HttpResponse, platform: Platform | None, *, to: str = "") -> HttpResponse:
    """The platform's own pages may frame it, and its form may go to the platform; for nobody known there is nothing to click in it."""
    if platform is None:
        ancestors = ["*"]
    else:
        ancestors = sorted({origin_of(one) for one in (platform.issuer, platform.auth_url, *([to] if to else []))})
    answer.xframe_options_exempt = True  # as Django's decorator does
    replaced = {"frame-ancestors": ancestors}
    if to:
        replaced["form-action"] = ["'self'", *ancestors]
    answer._csp_replace = replaced  # type: ignore[attr-defined]  # as the library's decorator does
    return answer
