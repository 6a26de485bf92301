"""A centre's classes: all of them, one with its learners, its courses, what it is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.classroom.groups import actions
from ketang.classroom.groups.models import Announcement, Group
from ketang.classroom.groups.permissions import may_keep_groups
from ketang.classroom.groups.queries import (
    announcements_of,
    centres_of,
    courses_to_choose,
    enrolments_of,
    groups_of_many,
    standings,
)
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import holds
from ketang.platform.refusal import Refused
from ketang.platform.workbook import Head, Kind
from ketang.web.centre.forms import AnnounceForm, GroupForm, WordsForm
from ketang.web.office.handed_out import handed_out
from ketang.web.refusals import said_on

PAGE, FOUND, TOLD = 50, 30, 20


def own_group(request: HttpRequest, uuid: str) -> Group:
    """The class of that address; 403 when it is of no centre of who asks."""
    found = get_object_or_404(Group.objects.select_related("centre"), uuid=uuid)
    require(may_keep_groups(request.user, found.centre))
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """Every class of one's centres, and a form for another."""
    require(holds(request.user, Role.CENTRE))
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts have a role
    centres = list(centres_of(request.user))
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            centre, title = _centre(request, centres), form.cleaned_data["title"]
            made = actions.make_group(actor=request.user, centre=centre, title=title)
            messages.success(request, _("班级已建立。下一步：选课程，添加学员。"))
            return HttpResponseRedirect(reverse("centre-group", args=[made.uuid]))
    kept = groups_of_many(centres)
    rows = [(centre, kept.get(centre.pk, [])) for centre in centres]
    return render(request, "web/centre/groups.html", {"rows": rows, "form": form, "centres": centres})


def _centre(request: HttpRequest, centres: list[Organisation]) -> Organisation:
    """The one that was chosen, or the only one."""
    if len(centres) == 1:
        return centres[0]
    found = [one for one in centres if str(one.uuid) == request.POST.get("centre")]
    if not found:
        raise Refused(_("请选择培训中心。"))
    return found[0]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A class: its learners and how they come along, its courses, its announcements."""
    group = own_group(request, uuid)
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            actions.announce(actor=request.user, group=group, words=form.cleaned_data["words"])
            messages.success(request, _("通知已发布。"))
            return HttpResponseRedirect(reverse("centre-group", args=[group.uuid]))
    page = Paginator(enrolments_of(group), PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "group": group, "page": page, "rows": standings(group, list(page.object_list)), "form": form,
        "courses": list(group.courses.order_by("title", "pk")), "told": list(announcements_of(group)[:TOLD]),
    }  # fmt: skip
    return render(request, "web/centre/group.html", shown)


@login_required
@require_POST
def change(request: HttpRequest, uuid: str) -> HttpResponse:
    """One button of the page: end the class or go on with it, take a course out, take an announcement back."""
    group = own_group(request, uuid)
    if told := request.POST.get("withdraw"):
        found = get_object_or_404(Announcement, uuid=_uuid(told), group=group)
        actions.withdraw_announcement(actor=request.user, announcement=found)
    elif course := request.POST.get("without"):
        left = list(group.courses.exclude(uuid=_uuid(course)))
        actions.change_group(actor=request.user, group=group, title=group.title, courses=left)
    elif (state := request.POST.get("state")) in ("closed", "open"):
        actions.close_group(actor=request.user, group=group, closed=state == "closed")
    else:
        raise Http404
    messages.success(request, _("已经修改。"))
    return HttpResponseRedirect(reverse("centre-group", args=[group.uuid]))


def _uuid(text: str) -> UUID:
    """What a button says it is about; Http404 when it was tampered with."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, uuid: str) -> HttpResponse:
    """Another name."""
    group = own_group(request, uuid)
    form = GroupForm(request.POST if request.method == "POST" else None, initial={"title": group.title})
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            title, kept = form.cleaned_data["title"], list(group.courses.all())
            actions.change_group(actor=request.user, group=group, title=title, courses=kept)
            messages.success(request, _("已经修改。"))
            return HttpResponseRedirect(reverse("centre-group", args=[group.uuid]))
    return render(request, "web/centre/rename.html", {"group": group, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def courses(request: HttpRequest, uuid: str) -> HttpResponse:
    """Courses to put into the class: found by words, thirty at a time."""
    group = own_group(request, uuid)
    if request.method == "POST":
        chosen = get_object_or_404(courses_to_choose(), uuid=_uuid(request.POST.get("with", "")))
        together = [*group.courses.all(), chosen]
        actions.change_group(actor=request.user, group=group, title=group.title, courses=together)
        messages.success(request, _("已加入“%(title)s”。") % {"title": chosen.title})
        return HttpResponseRedirect(reverse("centre-group-courses", args=[group.uuid]))
    form = WordsForm(request.GET)
    found = courses_to_choose().exclude(groups=group)
    for word in (form.cleaned_data["words"] if form.is_valid() else "").split():
        found = found.filter(title__icontains=word)
    rows = list(found[: FOUND + 1])
    shown = {"group": group, "form": form, "found": rows[:FOUND], "more": len(rows) > FOUND, "most": FOUND}
    return render(request, "web/centre/courses.html", shown)


@login_required
@require_safe
def export(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Learners and how they come along, as a workbook."""
    group = own_group(request, uuid)
    heads = [
        Head(_("姓名"), Kind.OWN, 20), Head(_("登录号"), Kind.CODE), Head(_("学时"), Kind.CODE), Head(_("学完的课"), Kind.COUNT),
        Head(_("最近学习"), Kind.MOMENT, 20), Head(_("加入时间"), Kind.MOMENT, 20),
    ]  # fmt: skip
    rows = (
        (one.account.name, one.account.login, str(one.hours), one.finished, one.studied_at, one.enrolment.joined_at)
        for one in standings(group, list(enrolments_of(group)))
    )
    return handed_out("xlsx", _("学习进度"), heads, rows)
