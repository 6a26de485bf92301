"""Files of mails to take away. They are strangers': always saved, never shown, and never run in this origin."""

from __future__ import annotations

from csp.decorators import csp
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ketang.people.permissions import require
from ketang.platform.storage.models import StoredFile
from ketang.selection.ledger.models import Arrival
from ketang.selection.ledger.permissions import may_see_ledger
from ketang.selection.mail.models import Mail, MailPart
from ketang.web.ranges import stored_response

NOTHING = {"default-src": ["'none'"], "sandbox": [""], "frame-ancestors": ["'none'"]}
"""Should a browser show it after all, nothing in it acts."""


@login_required
@require_safe
@csp(NOTHING)  # type: ignore[arg-type]  # its stub knows no views with arguments
def part(request: HttpRequest, uuid: str, pk: int) -> HttpResponseBase:
    """An attachment."""
    require(may_see_ledger(request.user))
    found = get_object_or_404(MailPart, pk=pk, mail__uuid=uuid)
    return _saved(request, found.digest, found.name or f"{found.mail.uuid}-{found.place}")


@login_required
@require_safe
@csp(NOTHING)  # type: ignore[arg-type]  # as above
def raw(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The mail as it came, for a mail program."""
    require(may_see_ledger(request.user))
    found = get_object_or_404(Mail, uuid=uuid)
    return _saved(request, found.digest, f"{found.uuid}.eml")


@login_required
@require_safe
@csp(NOTHING)  # type: ignore[arg-type]  # as above
def file(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The file that an arrival is: sent, joined, or put together of attachments."""
    require(may_see_ledger(request.user))
    found = get_object_or_404(Arrival, uuid=uuid)
    return _saved(request, found.digest, found.name or found.number)


def _saved(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    stored = StoredFile.objects.filter(digest=digest).first() if digest else None
    if stored is None:
        raise Http404
    answer = stored_response(request, stored, "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=plain_name(name)) or ""
    return answer


def plain_name(name: str) -> str:
    """The last part of a name, without what is not printed: line ends, NUL, marks that turn the direction of reading."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[-200:] or "file"
