"""The office's old spreadsheet into the ledger, in four steps: brought, its columns named, looked at, taken in; and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.workbook import Head, Kind, Value
from ketang.selection.importing import actions
from ketang.selection.importing.days import shown
from ketang.selection.importing.faults import told
from ketang.selection.importing.fields import Field
from ketang.selection.importing.models import ImportState, Outcome, SheetImport
from ketang.selection.importing.permissions import may_import_ledger
from ketang.selection.importing.queries import (
    Preview,
    columns_of,
    first_rows,
    heads_of,
    imports,
    letter,
    list_of_imports,
    list_of_not_taken,
    not_taken,
    progress_of,
    weighed,
)
from ketang.selection.importing.reading import MOST_BYTES
from ketang.selection.importing.understanding import Understood
from ketang.selection.ledger.actions import say_exported
from ketang.selection.ledger.models import Medium
from ketang.web.office.handed_out import handed_out
from ketang.web.office.import_forms import ColumnsForm, FileForm, RowsForm, SearchForm, UndoForm
from ketang.web.office.ledger_forms import calls_to_choose
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE, SHOWN = 25, 20
"""Imports, or rows, of one page; rows of each kind in the preview."""
_OVER = (ImportState.TAKEN, ImportState.UNDONE, ImportState.STOPPED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """The form for a file, and what was brought before."""
    require(may_import_ledger(request.user))
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        sent = form.cleaned_data["file"]
        with said_on(form):
            if sent.size > MOST_BYTES:  # before it is read
                raise Refused(_("文件超过 %(most)s MB，不能导入。") % {"most": MOST_BYTES >> 20}, field="file")
            made = actions.bring(actor=request.user, file=sent, name=sent.name)
            return _to("office-import", made)
    search = SearchForm(request.GET, auto_id="search-%s")
    words = search.cleaned_data["words"] if search.is_valid() else ""
    page = page_of(list_of_imports(words), request.GET.get("page"), PAGE)
    return render(request, "web/office/imports.html", {"form": form, "search": search, "words": words, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A draft's columns, which are named here; what became of an import otherwise."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    if found.state != ImportState.DRAFT:
        return _result(request, found)
    return _named(request, found) if request.method == "POST" else _mapping(request, found)


def _named(request: HttpRequest, found: SheetImport) -> HttpResponse:
    if request.POST.get("how") == "rows":
        rows = RowsForm(request.POST, of=found, rows=first_rows(found))
        sheet = str(request.POST.get("sheet", ""))
        other = sheet.isdecimal() and sheet != str(found.sheet)
        if rows.is_valid() or other:
            with said_on(rows):
                header = 0 if other else int(rows.cleaned_data["header"])
                actions.choose_rows(actor=request.user, of=found, sheet=int(sheet or 0), header=header)
                return _to("office-import", found)
        return _mapping(request, found, rows=rows)
    form = _columns_form(found, request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        with said_on(form):
            actions.map_columns(
                actor=request.user, of=found, columns=form.columns, year=asked["year"], medium=Medium(asked["medium"]),
                call=form.call,
            )  # fmt: skip
            return _to("office-import-preview", found)
    return _mapping(request, found, columns=form)


def _columns_form(found: SheetImport, posted: Any = None) -> ColumnsForm:
    return ColumnsForm(posted, of=found, columns=columns_of(found), calls=calls_to_choose())


def _mapping(
    request: HttpRequest, found: SheetImport, *, rows: RowsForm | None = None, columns: ColumnsForm | None = None
) -> HttpResponse:
    shown = {
        "import": found, "rows": rows or RowsForm(of=found, rows=first_rows(found)),
        "columns": columns or _columns_form(found),
    }  # fmt: skip
    return render(request, "web/office/import_mapping.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, uuid: str) -> HttpResponse:
    """What would be taken in, what not and why, what is there already; and the word to do it."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    if found.state != ImportState.DRAFT or Field.RECEIVED not in found.columns:
        return _to("office-import", found)
    refused = ""
    if request.method == "POST":
        try:
            actions.confirm(actor=request.user, of=found)
        except Refused as why:
            refused = str(why)
        else:
            return _to("office-import", found)
    parted = Preview.of(weighed(found))
    fields = [field for field in Field if field in found.columns or field == Field.MEDIUM]
    shown_ones = {
        "import": found, "refused": refused, "taken": len(parted.taken), "there": len(parted.there),
        "not_read": len(parted.refused), "heads": [str(field.label) for field in fields],
        "first": [(row.line, _told(row, fields)) for row in parted.taken[:SHOWN]],
        "faults": _faults(parted.refused), "known": _faults(parted.there), "most": SHOWN,
    }  # fmt: skip
    return render(request, "web/office/import_preview.html", shown_ones)


def _told(row: Understood, fields: Sequence[Field]) -> list[str]:
    words = {**row.said, Field.MEDIUM: str(Medium(row.said[Field.MEDIUM]).label)}
    return [words.get(field, "") for field in fields]


def _faults(rows: Sequence[Understood]) -> list[tuple[int, str, str]]:
    """Number of the row, why, and who and what it is about."""
    found = []
    for row in rows[:SHOWN]:
        names = (row.said.get(field, "") for field in (Field.SUPPLIER, Field.TITLE))
        found.append((row.line, told(row.fault, row.fault_of), " ".join(filter(None, names))))
    return found


def _result(request: HttpRequest, found: SheetImport, form: UndoForm | None = None) -> HttpResponse:
    page = page_of(list_of_not_taken(found), request.GET.get("page"), PAGE)
    rows = []
    for row in page:
        names = " ".join(row.said[key] for key in (Field.SUPPLIER, Field.TITLE) if key in row.said)
        rows.append((row.line, told(row.fault, row.fault_of), names))
    shown_ones = {
        "import": found, "page": page, "rows": rows, "percent": _percent(found), "going": found.state not in _OVER,
        "counted": {one.value: found.counted.get(one.value, 0) for one in Outcome}, "left": found.counted.get("left", 0),
        "form": form or UndoForm(), "may_undo": found.state == ImportState.TAKEN and found.counted.get("taken"),
        "kept": not_taken(found).exclude(cells=[]).exists(),
    }  # fmt: skip
    return render(request, "web/office/import_one.html", shown_ones)


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far it is, for the page's script."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    words = _("已处理 %(percent)s%%") % {"percent": _percent(found)}
    return JsonResponse({"over": found.state in _OVER, "state": words, "media": 0, "done": 0})


def _percent(found: SheetImport) -> int:
    done, whole = progress_of(found)
    return done * 100 // whole if whole else 100


@login_required
@require_GET
def refused(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The rows that were not taken in as they stood, each with its number and the reason, as a workbook."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    rows = not_taken(found).exclude(cells=[])
    if not rows.exists():
        raise Http404
    say_exported(actor=request.user, what="import", ending="xlsx", columns=[], chosen={"import": str(found.uuid)})
    heads = heads_of(found)
    wide = max(len(found.columns), len(heads))
    named = [shown(heads[at]) if at < len(heads) and shown(heads[at]) else letter(at) for at in range(wide)]
    columns = [
        Head(_("行号"), Kind.COUNT, 8), Head(_("没有导入的原因"), Kind.TEXT, 60), *(Head(words, Kind.OWN, 20) for words in named),
    ]  # fmt: skip

    def lines() -> Iterator[Sequence[Value]]:
        for row in rows.iterator(1000):
            yield (row.line, told(row.fault, row.fault_of), *(shown(cell) for cell in row.cells[:wide]))

    return handed_out("xlsx", _("没有导入的行"), columns, lines())


@login_required
@require_POST
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take the whole import back."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    form = UndoForm(request.POST)
    if form.is_valid():
        with said_on(form):
            actions.undo(actor=request.user, of=found, reason=form.cleaned_data["reason"])
            return _to("office-import", found)
    return _result(request, found, form)


@login_required
@require_POST
def again(request: HttpRequest, uuid: str) -> HttpResponse:
    """Go on where it stopped."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    try:
        actions.go_on(actor=request.user, of=found)
    except Refused as why:
        messages.warning(request, str(why))
    return _to("office-import", found)


@login_required
@require_POST
def drop(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give a draft up."""
    require(may_import_ledger(request.user))
    found = _one(uuid)
    try:
        actions.drop(actor=request.user, of=found)
    except Refused as why:
        messages.warning(request, str(why))
        return _to("office-import", found)
    messages.success(request, _("已放弃，没有导入任何内容。"))
    return HttpResponseRedirect(reverse("office-imports"))


def _one(uuid: str) -> SheetImport:
    return get_object_or_404(imports(), uuid=uuid)


def _to(name: str, found: SheetImport) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[found.uuid]))
