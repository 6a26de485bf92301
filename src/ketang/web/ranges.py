"""Files of the store over HTTP, whole or in part (RFC 9110, sections 13 and 14): players seek by byte ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)  # fmt: skip

from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_range, store

_ONE_RANGE = re.compile(
    r"\s*bytes\s*=\s*(?:([0-9]{1,18})\s*-\s*([0-9]{1,18})?|-\s*([0-9]{1,18}))\s*", re.ASCII | re.IGNORECASE
)


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a `Range` header over `size` bytes; None where the header is to be passed over.

    Other units, words that are no range, and several ranges at once are passed over, as section 14.2 allows: the whole is sent.

    Raises:
        IndexError: nothing of the range is there (416).
    """
    found = _ONE_RANGE.fullmatch(header)
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        if not int(suffix) or not size:
            raise IndexError(header)
        return max(0, size - int(suffix)), size - 1
    if last is not None and int(last) < int(first):
        return None
    if int(first) >= size:
        raise IndexError(header)
    return int(first), min(int(last), size - 1) if last is not None else size - 1


def stored_response(
    request: HttpRequest,
    stored: StoredFile,
    content_type: str,
    *,
    within: tuple[int, int] | None = None,
    direct: bool = False,
) -> HttpResponseBase:
    """200 with the whole, 206 with a part, 304 when the browser has it, 416 when the part does not exist.

    The entity tag is the digest: the same tag always means the same bytes. It is asked for anew each time, so that what
    was withdrawn is not shown from a cache.

    Args:
        request: what is asked for.
        stored: where the bytes lie.
        content_type: what they are.
        within: first byte and length of what is answered, where it is a file inside the stored one.
        direct: whether somebody else may hand the bytes out where the settings name one (`settings.FILES_BY`): the web server
            before us, or the object store by a signed link. We still decide who gets them.
    """
    if direct and within is None and (elsewhere := _handed_on(stored, content_type)) is not None:
        return elsewhere
    offset, size = within or (0, stored.size)
    tag = f'"{stored.digest}"' if within is None else f'"{stored.digest}-{offset}-{size}"'

    def read(first: int, last: int) -> Iterator[bytes]:
        return read_range(stored.digest, offset + first, offset + last)

    return ranged_response(request, tag, size, read, content_type)


def ranged_response(
    request: HttpRequest, tag: str, size: int, read: Callable[[int, int], Iterator[bytes]], content_type: str
) -> HttpResponseBase:  # fmt: skip
    """The same for any bytes of a known size: `read` gives those from one place to another, both included; `tag` is theirs alone."""
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if tag in known or "*" in known:
        return _with_headers(HttpResponseNotModified(), tag)
    part = None
    if request.method == "GET" and request.headers.get("If-Range", tag) == tag:
        try:
            part = wanted_range(request.headers.get("Range", ""), size)
        except IndexError:
            refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
            return _with_headers(refused, tag)
    first, last = part or (0, size - 1)
    body: Iterator[bytes] = iter(()) if request.method == "HEAD" else read(first, last)
    answer = StreamingHttpResponse(body, status=200 if part is None else 206, content_type=content_type)
    answer["Content-Length"] = str(last - first + 1)
    if part is not None:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Disposition"] = "inline"
    return _with_headers(answer, tag)


def _handed_on(stored: StoredFile, content_type: str) -> HttpResponseBase | None:
    """An answer that lets nginx send the file (`X-Accel-Redirect`), or sends the browser to the store; None where we send it.

    Ranges, entity tags and conditions are then theirs.
    """
    if settings.FILES_BY.startswith("x-accel:"):
        answer = HttpResponse(content_type=content_type)
        answer["X-Accel-Redirect"] = settings.FILES_BY.removeprefix("x-accel:").rstrip("/") + "/" + stored.path
        answer["Content-Disposition"] = "inline"
        answer["Cache-Control"] = "private, no-cache"
        answer["X-Content-Type-Options"] = "nosniff"
        del answer["Content-Length"]
        return answer
    if settings.FILES_BY == "s3":
        told = {"ResponseContentType": content_type, "ResponseContentDisposition": "inline"}
        link = store().url(stored.path, parameters=told, expire=settings.FILES_LINK_SECONDS)  # type: ignore[call-arg]  # of django-storages
        answer = HttpResponseRedirect(link)
        answer["Cache-Control"] = "private, no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer
    return None


def _with_headers(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
