"""Sealed lists and the public keys: what a stranger needs to verify that a deadline was kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ketang.platform.signing.queries import key_of, pem_of, published_keys
from ketang.platform.storage.reading import read_whole
from ketang.selection.calls.models import Call
from ketang.selection.calls.queries import public_calls
from ketang.selection.sealing.models import SealedList
from ketang.selection.sealing.queries import lists_of


def shown_lists(call: Call) -> dict[str, Any]:
    """What pages of a call show of its sealed lists."""
    lists = lists_of(call)
    return {"lists": lists, "newest": lists[0] if lists else None}


@require_safe
def sealed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The file of a sealed list, byte for byte as it was signed."""
    call = get_object_or_404(public_calls(), slug=slug)
    found = get_object_or_404(SealedList.objects.select_related("call"), call=call, number=number)
    response = HttpResponse(read_whole(found.digest), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every public key, and how to verify."""
    return render(request, "web/public/keys.html", {"keys": published_keys()})


@require_safe
def key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A public key as a file."""
    found = key_of(fingerprint)
    if found is None:
        raise Http404
    response = HttpResponse(pem_of(found), content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="ketang-{fingerprint[:16]}.pem"'
    return response
