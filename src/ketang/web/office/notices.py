"""补正通知 in the office: the list, drafts for many, one notice with its steps."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import UNFINISHED, Job, JobGroup
from ketang.platform.refusal import Refused
from ketang.selection.calls.queries import every_call
from ketang.selection.intake.models import Submission
from ketang.selection.intake.queries import arrivals
from ketang.selection.notices import actions
from ketang.selection.notices.models import Notice, NoticeState
from ketang.selection.notices.paper import notice_paper
from ketang.selection.notices.permissions import may_read_notice, may_send_notices
from ketang.selection.notices.queries import OVERDUE, askable, list_of_askable, list_of_notices, notices
from ketang.web.chosen import chosen
from ketang.web.paging import page_of
from ketang.web.papers import written

PAGE = 25
MOST = 100
"""Submissions that one step drafts for; each reads its report."""
FILTERS = {"": gettext_lazy("全部"), **{s.value: s.label for s in NoticeState}, OVERDUE: gettext_lazy("过期没有补齐")}


class FilterForm(forms.Form):
    """Which notices are shown."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=list(FILTERS.items()))


class ChangeForm(forms.Form):
    """What a person changes of a draft: its date, words, and what is not asked for."""

    due = forms.DateField(
        label=gettext_lazy("补正截止日期"), help_text=gettext_lazy("当天 24:00 以前都算按期。例如 2026-09-15。"),
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("请填写日期。"), "invalid": gettext_lazy("日期写成 2026-09-15 这样。")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("另外说明"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": "4"})
    )

    def __init__(self, *args: Any, notice: Notice, **more: Any) -> None:
        super().__init__(*args, **more)
        for number, item in enumerate(notice.items.all(), 1):
            self.fields[f"out-{item.order}"] = forms.CharField(
                label=_("第 %(n)s 项不要求补正，理由") % {"n": number}, required=False, max_length=1000,
                initial=item.left_out,
            )  # fmt: skip

    def left_out(self) -> dict[int, str]:
        """Why, by the order of the item."""
        return {int(name[4:]): said for name, said in self.cleaned_data.items() if name.startswith("out-")}


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("撤回的理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("报送者会收到。"), error_messages={"required": gettext_lazy("请写明理由。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """The newest first; drafts that are chosen are sent together."""
    require(may_send_notices(request.user))
    if request.method == "POST":
        try:
            group = actions.send_many(actor=request.user, uuids=chosen(request))
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("office-notices"))
        return HttpResponseRedirect(reverse("office-notices-sending", args=[group]))
    form = FilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = page_of(list_of_notices(state), request.GET.get("page"), PAGE)
    may_send = any(one.state == NoticeState.DRAFT for one in page)
    return render(request, "web/office/notices.html", {"form": form, "page": page, "may_send": may_send})


@login_required
@require_safe
def sending(request: HttpRequest, uuid: str) -> HttpResponse:
    """How far the sending of many has come."""
    require(may_send_notices(request.user))
    group = get_object_or_404(JobGroup, uuid=uuid, join_name="notices.sent")
    jobs = Job.objects.filter(group=group)
    total, left = jobs.count(), jobs.filter(state__in=UNFINISHED).count()
    shown = {"total": total, "done": total - left, "left": left, "failed": jobs.filter(state="failed").count()}
    return render(request, "web/office/notices_sending.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest, uuid: str) -> HttpResponse:
    """Drafts for the chosen submissions of a call, to be looked through before they are sent."""
    require(may_send_notices(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        wanted = list(askable(call).filter(uuid__in=chosen(request)[:MOST]))
        if not wanted:
            messages.error(request, _("请选择要起草的申报。"))
            return HttpResponseRedirect(reverse("office-notices-many", args=[call.uuid]))
        made, skipped = _drafted(request, wanted)
        told = ngettext("已起草 %(n)s 份，请核对后发出。", "已起草 %(n)s 份，请核对后发出。", made) % {"n": made}
        messages.success(request, told + (_("不用补正的 %(n)s 份没有起草。") % {"n": skipped} if skipped else ""))
        return HttpResponseRedirect(f"{reverse('office-notices')}?state=draft")
    page = page_of(list_of_askable(call), request.GET.get("page"), PAGE)
    return render(request, "web/office/notices_many.html", {"call": call, "page": page})


def _drafted(request: HttpRequest, wanted: list[Submission]) -> tuple[int, int]:
    made = skipped = 0
    for submission in wanted:
        try:
            actions.draft(actor=request.user, submission=submission)
        except Refused:
            skipped += 1
        else:
            made += 1
    return made, skipped


@login_required
@require_POST
def draft(request: HttpRequest, uuid: str) -> HttpResponse:
    """The notice of one submission, drafted with one click."""
    require(may_send_notices(request.user))
    submission = get_object_or_404(arrivals(), uuid=uuid)
    try:
        made = actions.draft(actor=request.user, submission=submission)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-arrival", args=[submission.uuid]))
    return HttpResponseRedirect(reverse("office-notice", args=[made.uuid]))


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One notice with its items and the steps that are possible."""
    require(may_send_notices(request.user))
    return _shown(request, get_object_or_404(notices(), uuid=uuid))


@login_required
@require_POST
def act(request: HttpRequest, uuid: str) -> HttpResponse:
    """Save, send, discard, withdraw."""
    require(may_send_notices(request.user))
    notice = get_object_or_404(notices(), uuid=uuid)
    how = request.POST.get("how", "")
    changes = ChangeForm(request.POST, notice=notice) if how in ("save", "send") else None
    withdrawal = WithdrawForm(request.POST) if how == "withdraw" else None
    form = changes or withdrawal
    if form is not None and not form.is_valid():
        return _shown(request, notice, form)
    try:
        told = _act(request, notice, how, changes, withdrawal)
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("office-notice", args=[notice.uuid]))
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _shown(request, notice, form)
    messages.success(request, told)
    if how == "discard":
        return HttpResponseRedirect(reverse("office-arrival", args=[notice.submission.uuid]))
    return HttpResponseRedirect(reverse("office-notice", args=[notice.uuid]))


def _act(
    request: HttpRequest, notice: Notice, how: str, changes: ChangeForm | None, withdrawal: WithdrawForm | None
) -> str:
    if how == "discard":
        actions.discard(actor=request.user, notice=notice)
        return _("草稿已删除。")
    if withdrawal is not None:
        actions.withdraw(actor=request.user, notice=notice, reason=withdrawal.cleaned_data["reason"])
        return _("已撤回，报送者会收到。")
    if changes is None:
        raise Refused(_("没有这个操作。"))
    due = datetime.combine(changes.cleaned_data["due"], time(23, 59, 59), tzinfo=notice.submission.call.zone)
    words, left_out = changes.cleaned_data["words"], changes.left_out()
    actions.change(actor=request.user, notice=notice, due_at=due, words=words, left_out=left_out)
    if how == "save":
        return _("已保存。")
    actions.send(actor=request.user, notice=notice)
    return _("已发出。报送者登录后能看到，也会收到邮件。")


def _shown(request: HttpRequest, notice: Notice, form: forms.Form | None = None) -> HttpResponse:
    shown: dict[str, Any] = {"notice": notice, "items": list(notice.items.all()), "history": history(notice)}
    if notice.state == NoticeState.DRAFT:
        due = notice.due_at.astimezone(notice.submission.call.zone).date()
        shown["form"] = form or ChangeForm(notice=notice, initial={"due": due, "words": notice.words})
    elif notice.state == NoticeState.SENT:
        shown["withdraw_form"] = form or WithdrawForm()
    return render(request, "web/office/notice.html", shown)


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str) -> HttpResponse:
    """The notice as .docx, for the office and for its supplier."""
    notice = get_object_or_404(notices(), uuid=uuid)
    require(may_read_notice(request.user, notice))
    return written(notice_paper(notice), "docx", ("docx",))
