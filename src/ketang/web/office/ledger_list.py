"""The ledger (收件台账) as a list: search, filters and columns; the same on paper, as a workbook and as a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.preference.actions import keep_columns
from ketang.people.preference.queries import columns_of as kept_columns
from ketang.platform.outbox.queries import can_send
from ketang.platform.workbook import Kind
from ketang.selection.ledger.actions import say_exported
from ketang.selection.ledger.columns import Column, Row, Rows, columns_of, heads_of
from ketang.selection.ledger.permissions import may_see_ledger
from ketang.selection.ledger.queries import list_of_ledger, unclaimed
from ketang.selection.mail.queries import mailboxes
from ketang.web.office.handed_out import MAKERS, handed_out
from ketang.web.office.ledger_forms import ColumnsForm, LedgerForm, calls_to_choose
from ketang.web.paging import page_of
from ketang.web.templatetags.ketang import tag

PAGE = 25
MOST = 1000
"""Up to how many that wait are counted."""
PRINTED = 3000
"""Rows on one page for paper: a hundred and fifty sheets. Whoever wants more takes the workbook."""
EVERY = 10_000_000
LIST = "ledger"
"""The list's name where columns are remembered."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for."""

    form: LedgerForm
    rows: Rows


def _asked(request: HttpRequest) -> _Asked:
    require(may_see_ledger(request.user))
    form = LedgerForm(request.GET, calls=calls_to_choose())
    return _Asked(form, Rows(list_of_ledger(form.chosen), columns_of(_keys(request))))


def _keys(request: HttpRequest) -> list[str]:
    """Columns of the address, else those that the account remembers."""
    given = request.GET.getlist("columns")
    if given or not isinstance(request.user, Account):
        return given
    return kept_columns(request.user, LIST)


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What was registered last first, a page at a time."""
    asked = _asked(request)
    page = page_of(asked.rows, request.GET.get("page"), PAGE)
    columns = asked.rows.columns
    shown = {
        "form": asked.form, "page": page, "columns": columns, "rows": shown_rows(columns, page),
        "waiting": unclaimed(MOST), "mailboxes": mailboxes(), "can_send": can_send(), "query": _without(request.GET, "page", "columns"), "here": _without(request.GET, "page"),
    }  # fmt: skip
    return render(request, "web/office/ledger.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Show these columns from now on, and back to the list as it was."""
    require(may_see_ledger(request.user))
    if request.method != "POST":
        form = ColumnsForm(initial={"columns": [column.key for column in columns_of(_keys(request))]})
        shown = {"form": form, "query": _without(request.GET, "page", "columns")}
        return render(request, "web/office/ledger_columns.html", shown)
    columns = [column.key for column in columns_of(request.POST.getlist("columns"))]
    assert isinstance(request.user, Account)  # noqa: S101 - nobody else may see the ledger
    keep_columns(account=request.user, of=LIST, columns=columns)
    asked = QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    asked.setlist("columns", columns)
    return HttpResponseRedirect(f"{reverse('office-ledger')}?{_without(asked, 'page')}")


@login_required
@require_safe
def on_paper(request: HttpRequest) -> HttpResponse:
    """Every row of the filter on one page for the printer; none where there are too many for paper."""
    asked = _asked(request)
    many = asked.rows.count(PRINTED + 1)
    rows = list(asked.rows.every(PRINTED)) if many <= PRINTED else []
    shown = {
        "form": asked.form, "columns": asked.rows.columns, "rows": shown_rows(asked.rows.columns, rows), "count": len(rows),
        "too_many": many > PRINTED, "most": PRINTED, "query": _without(request.GET, "page"), "at": timezone.now(),
    }  # fmt: skip
    return render(request, "web/office/ledger_print.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Every row of the filter with the chosen columns, as a file."""
    asked = _asked(request)
    if ending not in MAKERS:
        raise Http404
    if asked.form.errors:  # what would be handed out is not what was meant
        return HttpResponseRedirect(f"{reverse('office-ledger')}?{_without(request.GET)}")
    columns = asked.rows.columns
    say_exported(
        actor=request.user, what="ledger", ending=ending, columns=[column.key for column in columns],
        chosen={key: value for key, value in request.GET.dict().items() if key not in ("page", "columns") and value},
    )  # fmt: skip
    rows = (row.values for row in asked.rows.every(EVERY))
    return handed_out(ending, _("收件台账"), heads_of(columns), rows)


def shown_rows(columns: Sequence[Column], rows: Iterable[Row]) -> list[SafeString]:
    """Rows as HTML: two hundred cells through a template's conditions take a third of the page's time."""
    address = reverse("office-ledger-one", args=[_NOBODY])  # made once: addresses differ in the number alone
    return [_row(columns, row, address.replace(_NOBODY, row.uuid)) for row in rows]


_NOBODY = str(UUID(int=0))


def _row(columns: Sequence[Column], row: Row, address: str) -> SafeString:
    cells = "".join(_cell(column, value, address) for column, value in zip(columns, row.values, strict=True))
    return SafeString(f'<tr class="govuk-table__row">{cells}</tr>')


def _cell(column: Column, value: Any, address: str) -> str:
    if column.kind == Kind.MOMENT:
        value = f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value is not None else ""
    # Django's own `escape` looks for words to translate first: there are none, and of cells there are many.
    words = escape("" if value is None else str(value))
    if column.key == "number":
        return f'<th scope="row" class="govuk-table__header"><a class="govuk-link" href="{address}">{words}</a></th>'
    if column.kind == Kind.COUNT:
        return f'<td class="govuk-table__cell govuk-table__cell--numeric">{words}</td>'
    if column.key == "state":
        words = tag(str(value))
    elif column.key == "digest":
        words = f'<code class="digest">{words}</code>'
    more = " data-own-words" if column.kind == Kind.OWN else ""
    return f'<td class="govuk-table__cell"{more}>{words}</td>'


def _without(asked: QueryDict, *names: str) -> str:
    """The query of an address without some of its names, and without what is empty."""
    left = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in names and any(values):
            left.setlist(name, [value for value in values if value])
    return left.urlencode()
