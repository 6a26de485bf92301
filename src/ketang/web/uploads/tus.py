"""tus 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation, checksum, expiration, termination."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from ketang.platform.uploads import actions
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.queries import is_taken
from ketang.web.uploads.owner import owner_of

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
OPEN_AT_ONCE = 50
"""Unfinished uploads of one owner: more than a person has, fewer than a disk can bear."""

View = Callable[..., HttpResponse]


def _speaks_tus(view: View) -> View:
    """Every answer names the version; a client of another version is told so (412)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412)
            response["Tus-Version"] = VERSION
        else:
            response = view(request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answer


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose uploads are meant: the key they are kept under, the most bytes of one, and the address of each."""

    owner: str
    most: int
    place: Callable[[UUID], str]


def holder_of(request: HttpRequest) -> Holder:
    """The account, or the visitor who tries a check; without an owner for a stranger."""
    return Holder(owner_of(request), largest(request), lambda uuid: reverse("upload", args=[uuid]))


def collection(request: HttpRequest) -> HttpResponse:
    """`OPTIONS` tells what is spoken here; `POST` begins an upload."""
    return begin(request, holder_of(request))


def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`HEAD` tells how much is kept, `PATCH` adds to it, `DELETE` ends it. Nobody sees another's upload."""
    return go_on(request, holder_of(request), uuid)


@_speaks_tus
def begin(request: HttpRequest, holder: Holder) -> HttpResponse:
    """The collection of a holder."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Tus-Version"], response["Tus-Extension"] = VERSION, EXTENSIONS
        response["Tus-Max-Size"] = str(holder.most)
        response["Tus-Checksum-Algorithm"] = ",".join(actions.ALGORITHMS)
        return response
    if request.method != "POST":
        return _refused(405, _("请用 POST 开始上传。"), Allow="OPTIONS, POST")
    owner = holder.owner
    if not owner:
        return _refused(403, _("请先登录，或从“试检”页面开始上传。"))
    length = request.headers.get("Upload-Length", "")
    if not length.isascii() or not length.isdecimal() or len(length) > 15:
        return _refused(400, _("上传请求没有写明文件大小。"))
    if int(length) > holder.most:
        return _refused(413, beyond(holder.most))
    if (problem := _over_quota(owner, int(length))) is not None:
        return _refused(413, problem)
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    upload = actions.create(owner=owner, name=name, length=int(length))
    response = HttpResponse(status=201)
    response["Location"] = holder.place(upload.uuid)
    response["Upload-Expires"] = _expires(upload)
    return response


@_speaks_tus
def go_on(request: HttpRequest, holder: Holder, uuid: UUID) -> HttpResponse:
    """One upload of a holder."""
    owner = holder.owner
    upload = Upload.objects.filter(uuid=uuid, owner=owner).first() if owner else None
    if upload is None:
        return HttpResponse(status=404)
    if request.method == "HEAD":
        response = HttpResponse(status=200)
        response["Upload-Offset"], response["Upload-Length"] = str(upload.offset), str(upload.length)
        response["Upload-Expires"] = _expires(upload)
        return response
    if request.method == "DELETE":
        if is_taken(upload):  # a draft's file, for one, is removed on its page
            return HttpResponse(status=409)
        actions.drop(upload=upload)
        return HttpResponse(status=204)
    if request.method != "PATCH":
        return _refused(405, _("不支持这个请求。"), Allow="HEAD, PATCH, DELETE, OPTIONS")
    return _patch(request, upload)


def _patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.content_type != "application/offset+octet-stream":
        return HttpResponse(status=415)
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdecimal():
        return HttpResponse(status=400)
    try:
        kept = actions.append(
            upload=upload,
            offset=int(offset),
            source=request,
            checksum=request.headers.get("Upload-Checksum", ""),
        )
    except actions.WrongOffset:
        return HttpResponse(status=409)
    except actions.TooLong:
        return _refused(413, _("收到的内容比文件本身还长，没有保存。"))
    except actions.ChecksumDiffers:
        return HttpResponse(status=460)
    except actions.ChecksumUnknown:
        return HttpResponse(status=400)
    response = HttpResponse(status=204)
    response["Upload-Offset"], response["Upload-Expires"] = str(kept), _expires(upload)
    return response


def largest(request: HttpRequest) -> int:
    """Bytes of the largest file that this person may upload."""
    limit: int = settings.UPLOAD_BYTES if request.user.is_authenticated else settings.UPLOAD_BYTES_VISITOR
    return limit


def too_large(request: HttpRequest) -> str:
    """What is said of a larger one."""
    return beyond(largest(request))


def beyond(most: int) -> str:
    """What is said of a file of more than `most` bytes."""
    gigabytes = f"{most / 1e9:.3g}"
    return _("文件超过 %(limit)s GB 的上限。可以分成几个文件，或寄送 U 盘。") % {"limit": gigabytes}


def _over_quota(owner: str, length: int) -> str | None:
    waiting = Upload.objects.filter(owner=owner).exclude(state=UploadState.STORED)
    if waiting.count() >= OPEN_AT_ONCE:
        return _("没有传完的文件太多了。请先传完或删除一些。")
    held = waiting.aggregate(held=Sum("length"))["held"] or 0
    if held + length > settings.UPLOAD_BYTES_HELD:
        return _("没有传完的文件合计太大。请先传完或删除一些。")
    return None


def _metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: pairs of a key and a value in base64; what cannot be read is left out."""
    read: dict[str, str] = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            read[key] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            continue
    return read


def _expires(upload: Upload) -> str:
    return http_date(upload.expires_at.astimezone(UTC).timestamp())


def _refused(status: int, words: str, **headers: str) -> HttpResponse:
    return HttpResponse(words, status=status, headers=headers, content_type="text/plain; charset=utf-8")
