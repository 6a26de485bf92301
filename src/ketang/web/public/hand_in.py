"""补交: what a mail lacked is handed in by the link in its answer, without an account; then the page is the receipt of it."""

from __future__ import annotations

from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import UNFINISHED, JobState
from ketang.platform.queue.queries import latest
from ketang.platform.refusal import Refused
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import AT_ONCE, finish
from ketang.selection.answering.actions import hand_in as take
from ketang.selection.answering.links import link_of
from ketang.selection.answering.models import UploadLink
from ketang.web.uploads import tus
from ketang.web.uploads.plain import sent_file

HOURLY = 60
"""Links that do not exist, asked for from one address in an hour: a training room behind one address may mistype some."""


class HandInForm(forms.Form):
    """The package."""

    package = forms.FileField(
        label=gettext_lazy("课程包（zip）"),
        help_text=gettext_lazy("整门课程打成一个压缩包。"),
        error_messages={
            "required": gettext_lazy("请选择课程包文件。"),
            "empty": gettext_lazy("这个文件是空的，请重新选择。"),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked and take a file; afterwards show what arrived. An unknown link says no more than that."""
    link = _known(request, token)
    if link is None:
        status = 429 if _too_many(request) else 404
        return _page(request, {"unknown": True, "too_many": status == 429}, status)
    if link.used_at is not None:
        return _page(request, {"link": link, "arrival": link.brought})
    if (state := latest(_job(link))) in UNFINISHED:
        return _page(request, {"link": link, "coming": True})
    if link.is_over:
        return _page(request, {"link": link, "over": True}, 410)
    posted = request.method == "POST"
    form = HandInForm(request.POST if posted else None, request.FILES if posted else None)
    if posted:
        upload = sent_file(request, form, _owner(link))
        if upload is not None and _taken(link, upload, form):
            return HttpResponseRedirect(reverse("hand-in", args=[token]))
    shown = {"link": link, "form": form, "largest": settings.UPLOAD_BYTES, "failed": state == JobState.FAILED}
    return _page(request, {**shown, "to": reverse("hand-in-uploads", args=[token])})


def collection(request: HttpRequest, token: str) -> HttpResponse:
    """tus: begin an upload of this link."""
    return tus.begin(request, _holder(request, token))


def upload(request: HttpRequest, token: str, uuid: UUID) -> HttpResponse:
    """tus: go on with an upload of this link, from whichever browser."""
    return tus.go_on(request, _holder(request, token), uuid)


def _holder(request: HttpRequest, token: str) -> tus.Holder:
    """Nobody's for a link that takes nothing (any more)."""
    link = _known(request, token)
    is_open = link is not None and link.used_at is None and not link.is_over
    owner = _owner(link) if link is not None and is_open else ""
    return tus.Holder(owner, settings.UPLOAD_BYTES, lambda uuid: reverse("hand-in-upload", args=[token, uuid]))


def _owner(link: UploadLink) -> str:
    return f"link:{link.uuid}"


def _job(link: UploadLink) -> str:
    """The key of the job by which a large file is handed in."""
    return f"answering.hand_in:{link.uuid}"


def _taken(link: UploadLink, upload: Upload, form: HandInForm) -> bool:
    """Hand it in now when it is small, by the worker when it is large."""
    if upload.length > AT_ONCE:
        enqueue("answering.hand_in", key=_job(link), link=str(link.uuid), upload=str(upload.uuid))
        return True
    finish(upload)
    if upload.state != UploadState.STORED or upload.whole_at is None:
        form.add_error(None, _("文件没有存好，请再选一次。"))
        return False
    try:
        take(link=link, name=upload.name, digest=upload.digest, size=upload.length, at=upload.whole_at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _page(request: HttpRequest, shown: dict[str, object], status: int = 200) -> HttpResponse:
    # What is said of the page is kept with its address: without the link.
    answer = render(request, "web/public/hand_in.html", {**shown, "feedback_page": "/u/"}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _known(request: HttpRequest, token: str) -> UploadLink | None:
    """The link of the token; whoever guessed too often is told nothing any more."""
    if _too_many(request):
        return None
    found = link_of(token)
    if found is None:
        cache.add(_key(request), 0, 3600)
        cache.incr(_key(request))
    return found


def _too_many(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= HOURLY


def _key(request: HttpRequest) -> str:
    return f"hand-in:{get_adapter().get_client_ip(request)}"
