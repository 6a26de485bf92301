"""A course's page of packages: how large each is, have it made, see how far it is, take it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.learning.tickets import now_ms
from ketang.classroom.offline.actions import ask
from ketang.classroom.offline.carrying import plain_name
from ketang.classroom.offline.models import Choice, OfflinePackage, PackageState
from ketang.classroom.offline.queries import packages_of, progress_of, zip_of
from ketang.classroom.offline.tickets import NotATicket, read_ticket, ticket_for
from ketang.people.account.models import Account
from ketang.web.learner.who import learner_of
from ketang.web.public.course_access import shown_course, told_when_taken_down
from ketang.web.ranges import ranged_response

GOING = (PackageState.WAITING, PackageState.MAKING)


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice as the page shows it. `address` takes it for who looks, `shared` for anybody; both empty before it is made."""

    choice: Choice
    size: int
    package: OfflinePackage | None
    address: str = ""
    shared: str = ""

    @property
    def is_going(self) -> bool:
        """Whether it is waited for."""
        return self.package is not None and self.package.state in GOING

    @property
    def has_failed(self) -> bool:
        """Whether it could not be made."""
        return self.package is not None and self.package.state == PackageState.FAILED

    @property
    def told(self) -> str:
        """How far it is."""
        return _told(self.package) if self.package is not None and self.is_going else ""


@require_http_methods(["GET", "HEAD", "POST"])
@told_when_taken_down
def page(request: HttpRequest, uuid: str) -> HttpResponse:
    """The choices; one that is chosen is made in the background, once for everybody."""
    course, edition = _course(request, uuid)
    if request.method == "POST":
        if request.POST.get("choice") in Choice.values:
            ask(edition, Choice(request.POST["choice"]))
        return HttpResponseRedirect(reverse("offline", args=[course.uuid]))
    account = learner_of(request) if isinstance(request.user, Account) else None
    offered = [_offered(course, edition, account, choice, *found) for choice, found in packages_of(edition).items()]
    going = any(one.is_going for one in offered)
    return render(request, "web/offline/package.html", {"course": course, "offered": offered, "going": going})


@require_safe
@told_when_taken_down
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far the one in work is, for the page's script."""
    edition = _course(request, uuid)[1]
    rows = list(OfflinePackage.objects.filter(edition=edition))
    going = sorted((row for row in rows if row.state in GOING), key=lambda row: row.state)
    return JsonResponse({"state": _told(going[0]) if going else "", "over": not going})


@require_safe
@told_when_taken_down
def file(request: HttpRequest, uuid: str, choice: str, ticket: str) -> HttpResponseBase:
    """The package with a ticket in it, in parts as asked for: a download that broke off goes on."""
    course, edition = _course(request, uuid)
    row = get_object_or_404(
        OfflinePackage.objects.select_related("written"), edition=edition, choice=choice, state=PackageState.MADE
    )
    try:
        if read_ticket(ticket, now=now_ms()).edition != edition.pk:
            raise NotATicket
    except NotATicket:
        raise Http404 from None
    whole = zip_of(row, ticket)
    name = f"{plain_name(course.title)} {choice}.zip"
    answer = ranged_response(
        request, f'"{row.recipe[:32]}-{row.pk}-{ticket[-27:]}"', whole.size, whole.read, "application/zip"
    )
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _course(request: HttpRequest, uuid: str) -> tuple[Course, Edition]:
    """The public course and its current edition; an edition that is only looked at has no package."""
    course = shown_course(request, uuid)
    if not isinstance(course, Course) or course.current is None:
        raise Http404
    return course, course.current


def _offered(
    course: Course, edition: Edition, account: Account | None, choice: Choice, size: int, package: OfflinePackage | None
) -> Offered:  # fmt: skip
    if package is None or package.state != PackageState.MADE:
        return Offered(choice, size, package)
    now = now_ms()

    def address(of: Account | None) -> str:
        return reverse("offline-file", args=[course.uuid, choice.value, ticket_for(of, edition, now=now)])

    return Offered(choice, package.size, package, address(account), address(None) if account is not None else "")


def _told(package: OfflinePackage) -> str:
    told = progress_of(package)
    if told.get("of"):
        return _("正在准备：%(percent)s%%") % {"percent": told["done"] * 100 // told["of"]}
    return _("正在准备")
