"""Exams on paper of a class: what was printed, entering answers from the sheets, a second person's check, undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.papers import actions, paper
from ketang.classroom.papers.models import Keyed, Printing
from ketang.classroom.papers.permissions import may_check_sheet, may_keep_sheets, may_read_sheets
from ketang.classroom.papers.queries import boxes_of, papers_for, printings_of, rows_of, undone_of
from ketang.classroom.papers.reading import tens, written
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.workbook import Head, Kind
from ketang.selection.importing.reading import MOST_BYTES
from ketang.web.centre.groups import own_group
from ketang.web.centre.sheet_forms import (
    MOST_FIELDS,
    AnswersFileForm,
    EntryForm,
    PrintForm,
    UndoForm,
    filled_from,
    label_of,
)
from ketang.web.office.handed_out import handed_out
from ketang.web.papers import pdf_of
from ketang.web.refusals import said_on

_TRUTHS = str.maketrans("对错", "TF")
MOST_LEARNERS = 30
"""To be entered on one page."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, uuid: str) -> HttpResponse:
    """What was printed for a class, and printing another."""
    group = own_group(request, uuid)
    papers = papers_for(group)
    form = PrintForm(papers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = actions.make_printing(
                actor=request.user, group=group, paper=form.chosen, spare=form.cleaned_data["spare"]
            )
            messages.success(request, _("答题纸已经编好号。下一步：下载试卷和答题纸，打印。"))
            return HttpResponseRedirect(reverse("centre-printing", args=[made.uuid]))
    shown: dict[str, Any] = {"group": group, "papers": papers, "form": form, "printings": list(printings_of(group))}
    return render(request, "web/centre/printings.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A printing: its files, who was entered; a second person's check."""
    found = _printing(request, uuid)
    rows = rows_of(found)
    waiting = [row.keyed for row in rows if row.keyed is not None and row.keyed.checked_at is None]
    checkable = [keyed for keyed in waiting if may_check_sheet(request.user, keyed)]
    if request.method == "POST":
        chosen = [keyed for keyed in checkable if str(keyed.uuid) in request.POST.getlist("entry")]
        if not chosen:
            messages.error(request, _("请先勾选与答题纸核对过的学员。"))
        else:
            count = len(actions.check(actor=request.user, printing=found, entries=chosen))
            words = ngettext("复核了 %(count)d 人，已经判分。", "复核了 %(count)d 人，已经判分。", count)
            messages.success(request, words % {"count": count})
        return HttpResponseRedirect(reverse("centre-printing", args=[found.uuid]))
    boxes, keeps = boxes_of(found.paper), may_keep_sheets(request.user, found.group)
    shown = {
        "printing": found, "group": found.group, "rows": rows, "keeps": keeps, "waiting": len(waiting),
        "to_check": [(keyed, _read_back(keyed, boxes)) for keyed in checkable], "undone": undone_of(found),
        "left": sum(row.keyed is None for row in rows), "sizes": list(paper.Size),
    }  # fmt: skip
    return render(request, "web/centre/printing.html", shown)


def _read_back(keyed: Keyed, boxes: Any) -> list[tuple[str, str]]:
    """What was entered, ten questions at a time, to be compared with the sheet."""
    chosen = {int(order): letters for order, letters in keyed.chosen.items()}
    told = [(label_of(group), written(chosen, group)) for group in tens(boxes)]
    if (get_language() or "").startswith("en"):
        return [(which, words.translate(_TRUTHS)) for which, words in told]
    return told


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uuid: str) -> HttpResponse:
    """A row a learner; typed, or read out of a table and looked over."""
    found = _kept(request, uuid)
    boxes = boxes_of(found.paper)
    every_row = [row for row in rows_of(found) if row.keyed is None]
    most = max(1, min(MOST_LEARNERS, MOST_FIELDS // (len(tens(boxes)) + 1)))
    rows, how = every_row[:most], request.POST.get("how", "")
    known = found.keyed.order_by("-pk").values_list("sat_on", flat=True).first()  # others sat it on the same day
    initial = {"sat_on": f"{known:%Y-%m-%d}"} if known is not None else {}
    form = EntryForm(rows, boxes, request.POST if how == "answers" else None, initial=initial)
    file_form, read = (
        AnswersFileForm(request.POST if how == "file" else None, request.FILES if how == "file" else None),
        0,
    )
    if how == "file" and file_form.is_valid():
        with said_on(file_form):
            sent = file_form.cleaned_data["file"]
            if sent.size > MOST_BYTES:
                raise Refused(_("文件超过 %(most)s MB，不能导入。") % {"most": MOST_BYTES >> 20}, field="file")
            filled = filled_from(sent, sent.name, every_row, tens(boxes))
            rows = [row for row in every_row if f"n-{row.account.pk}" in filled][:most]
            form, read = EntryForm(rows, boxes, initial=initial, filled=filled), len(rows)
    if how == "answers" and form.is_valid():
        with said_on(form):
            made = actions.enter(actor=request.user, printing=found, sat_on=form.cleaned_data["sat_on"], rows=form.read)
            words = ngettext("录入了 %(count)d 人。请另一个人对照答题纸复核，复核以后判分。", "录入了 %(count)d 人。请另一个人对照答题纸复核，复核以后判分。", len(made))  # fmt: skip
            messages.success(request, words % {"count": len(made)})
            return HttpResponseRedirect(reverse("centre-printing", args=[found.uuid]))
    shown = {
        "printing": found, "group": found.group, "form": form, "file_form": file_form, "read": read,
        "more": len(every_row) - len(rows),
    }  # fmt: skip
    return render(request, "web/centre/enter.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take an entry back, with a reason."""
    found = get_object_or_404(
        Keyed.objects.select_related("printing__group__centre", "printing__paper__edition__course", "account", "sheet"), uuid=uuid
    )  # fmt: skip
    require(may_keep_sheets(request.user, found.printing.group))
    back = HttpResponseRedirect(reverse("centre-printing", args=[found.printing.uuid]))
    if found.undone_at is not None:
        return back
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            actions.undo(actor=request.user, keyed=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("录入已撤销，可以重新录入。"))
            return back
    return render(request, "web/centre/undo.html", {"keyed": found, "printing": found.printing, "form": form})


@login_required
@require_safe
def file(request: HttpRequest, uuid: str, what: str, size: str) -> HttpResponse:
    """The paper, or its answer sheets, as PDF."""
    found = _kept(request, uuid)
    try:
        wanted = paper.Size(size)
    except ValueError:
        raise Http404 from None
    if what not in ("paper", "sheets"):
        raise Http404
    if what == "sheets":
        return pdf_of(paper.write_sheets(found, wanted), f"{_('答题纸')} {found.number} {found.group.title}")
    return pdf_of(paper.write_paper(found.paper, wanted), f"{found.paper.title} {found.number}")


@login_required
@require_safe
def table(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """A table to be filled in without network: a row a learner who was not entered, a column for every ten questions."""
    found = _kept(request, uuid)
    groups = tens(boxes_of(found.paper))
    heads = [
        Head(_("姓名"), Kind.OWN, 16), Head(_("登录号"), Kind.CODE), Head(_("答题纸号"), Kind.CODE, 10),
        *(Head(label_of(group), Kind.CODE, 24) for group in groups),
    ]  # fmt: skip
    rows = [
        (row.account.name, row.account.login, str(row.sheet.number) if row.sheet else "", *("" for _group in groups))
        for row in rows_of(found)
        if row.keyed is None
    ]
    return handed_out("xlsx", f"{_('纸笔答案')} {found.number}", heads, rows)


@login_required
@require_safe
def results(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Who was entered with which marks, as a workbook."""
    found = _printing(request, uuid)
    heads = [
        Head(_("姓名"), Kind.OWN, 16), Head(_("登录号"), Kind.CODE), Head(_("答题纸号"), Kind.CODE, 10), Head(_("得分"), Kind.CODE, 10),
        Head(_("及格"), Kind.TEXT, 10), Head(_("录入"), Kind.OWN), Head(_("录入时间"), Kind.MOMENT, 20), Head(_("复核"), Kind.OWN), Head(_("复核时间"), Kind.MOMENT, 20),
    ]  # fmt: skip
    rows = []
    for row in rows_of(found):
        if (keyed := row.keyed) is None:
            continue
        marking = row.marking
        rows.append((
            row.account.name, row.account.login, str(keyed.sheet), str(marking.total) if marking else "",
            (_("及格") if marking.passed else _("没有及格")) if marking else "",
            keyed.entered_by.name if keyed.entered_by else "", keyed.entered_at,
            keyed.checked_by.name if keyed.checked_by else "", keyed.checked_at,
        ))  # fmt: skip
    return handed_out("xlsx", f"{_('纸笔考试成绩')} {found.number}", heads, rows)


def _printing(request: HttpRequest, uuid: str) -> Printing:
    found = get_object_or_404(Printing.objects.select_related("group__centre", "paper__edition__course"), uuid=uuid)
    require(may_read_sheets(request.user, found.group))
    return found


def _kept(request: HttpRequest, uuid: str) -> Printing:
    """For who may enter: 403 for the office, which only checks."""
    found = _printing(request, uuid)
    if not may_keep_sheets(request.user, found.group):
        raise PermissionDenied
    return found
