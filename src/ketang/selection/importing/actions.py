"""Bringing a spreadsheet, saying what its columns are, confirming, taking back. The rows themselves are taken in by `taking`."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.importing.fields import Field, guessed, header_among, plain
from ketang.selection.importing.models import Cell, ImportState, SheetImport, SheetRow
from ketang.selection.importing.permissions import may_import_ledger
from ketang.selection.importing.queries import columns_of, first_rows, heads_of, touched, weighed
from ketang.selection.importing.reading import ReadSheet, read_sheets
from ketang.selection.importing.taking import take, take_back
from ketang.selection.ledger.models import Medium

AT_ONCE = 1000
"""Rows that are taken in while the clerk waits; more of them go on in the background."""
DRAFT_DAYS, REFUSED_DAYS = 7, 90
"""How long cells are kept of what was brought and never confirmed, and of rows that were not taken in."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def bring(*, actor: Actor, file: BinaryIO, name: str) -> SheetImport:
    """Read a spreadsheet and keep its cells; which sheet, header and columns is guessed. The file itself is not kept.

    Raises:
        Refused: as `reading.read_sheets`.

    Effects: the import as a draft, with its rows; `importing.bring`; drafts of long ago and cells that nobody needs go.
    """
    require(may_import_ledger(actor))
    sheets = read_sheets(file, name)
    best = max(range(len(sheets)), key=lambda index: _named(sheets[index]))
    with audited():
        _let_go_of_old()
        made = SheetImport.objects.create(
            name=name[-255:], sheets=[sheet.name for sheet in sheets], sheet=best,
            brought_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        for place, sheet in enumerate(sheets):
            rows = (SheetRow(of=made, sheet=place, line=line, cells=cells) for line, cells in sheet.rows)
            SheetRow.objects.bulk_create(rows, batch_size=1000)
        _look_anew(made, header_among(sheets[best].rows))
        record(actor=actor, action="importing.bring", of=made, payload={"sheets": len(sheets)})
    return made


def choose_rows(*, actor: Actor, of: SheetImport, sheet: int, header: int) -> None:
    """Say which sheet is meant, and which of its rows names the columns (0 for none); of another sheet that is guessed anew.

    Raises:
        Refused: it is no draft any more; there is no such sheet or row.

    Effects: the columns are guessed anew.
    """
    require(may_import_ledger(actor))
    with audited():
        held = _held(of, ImportState.DRAFT)
        if not 0 <= sheet < len(held.sheets):
            raise Refused(_("没有这张工作表。"), field="sheet")
        if sheet != held.sheet:
            held.sheet = sheet
            header = header_among(first_rows(held))
        elif header and header not in dict(first_rows(held)):
            raise Refused(_("没有这一行。"), field="header")
        _look_anew(held, header)
        record(actor=actor, action="importing.choose_rows", of=held, payload={"sheet": sheet, "header": header})
    of.refresh_from_db()


def map_columns(
    *, actor: Actor, of: SheetImport, columns: Sequence[str], year: int | None, medium: Medium, call: Call | None
) -> None:
    """Say what each column is, and what is meant where a row does not say it.

    Args:
        columns: a `Field` or an empty word for each column of the sheet.

    Raises:
        Refused: it is no draft any more; a field twice; without the date, or without supplier and title.

    Effects: the draft; `importing.map`.
    """
    require(may_import_ledger(actor))
    twice = [Field(one).label for one, count in Counter(columns).items() if one and count > 1]
    if twice:
        raise Refused(_("“%(field)s”选了不止一列，只能选一列。") % {"field": twice[0]})
    if Field.RECEIVED not in columns:
        raise Refused(_("请指明哪一列是收件日期。没有日期的行不能进入台账。"))
    if Field.SUPPLIER not in columns and Field.TITLE not in columns:
        raise Refused(_("请指明哪一列是供应单位，或者哪一列是课程名称。"))
    with audited():
        held = _held(of, ImportState.DRAFT)
        if len(columns) != len(columns_of(held)):
            raise Refused(_("这张表的列已经变了，请重新核对。"))
        held.columns, held.year, held.medium, held.call = list(columns), year, medium, call
        held.heads = _digest(heads_of(held))
        held.save(update_fields=["columns", "year", "medium", "call", "heads"])
        record(actor=actor, action="importing.map", of=held, payload={"columns": held.columns})
    of.refresh_from_db()


def confirm(*, actor: Actor, of: SheetImport) -> None:
    """Take the rows in: at once where they are few, else in the background.

    Raises:
        Refused: it is no draft any more; there is nothing to take in.

    Effects: state `taking`; `importing.confirm`; those of `taking.take`, now or by the job `importing.take`.
    """
    require(may_import_ledger(actor))
    with audited():
        held = _held(of, ImportState.DRAFT)
        rows = weighed(held)
        if not any(not row.fault for row in rows):
            raise Refused(_("没有可以导入的行。请核对各列的内容，或者改正文件后重新上传。"))
        held.state, held.taken_by = ImportState.TAKING, actor if isinstance(actor, Account) else None
        held.save(update_fields=["state", "taken_by"])
        record(actor=actor, action="importing.confirm", of=held, payload={"rows": len(rows)})
        if len(rows) > AT_ONCE:
            enqueue("importing.take", key=f"importing.take:{held.uuid}", of=str(held.uuid))
    of.refresh_from_db()
    if len(rows) <= AT_ONCE:
        take(of)


def go_on(*, actor: Actor, of: SheetImport) -> None:
    """Go on with what stopped. Effects: state `taking`; the job `importing.take`; `importing.go_on`."""
    require(may_import_ledger(actor))
    with audited():
        held = _held(of, ImportState.STOPPED)
        held.state, held.taken_by = ImportState.TAKING, actor if isinstance(actor, Account) else None
        held.save(update_fields=["state", "taken_by"])
        record(actor=actor, action="importing.go_on", of=held)
        enqueue("importing.take", key=f"importing.take:{held.uuid}", of=str(held.uuid))
    of.refresh_from_db()


def undo(*, actor: Actor, of: SheetImport, reason: str) -> None:
    """Take a whole import back: its arrivals are set aside, and its rows may be brought again.

    Raises:
        Refused: without a reason; it was not taken in, or was undone; something was done with its arrivals.

    Effects: state `undoing`; `importing.undo`; those of `taking.take_back`, now or by the job `importing.undo`.
    """
    require(may_import_ledger(actor))
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    with audited():
        held = _held(of, ImportState.TAKEN)
        if done := list(touched(held).values_list("number", flat=True)[:3]):
            numbers = "、".join(done)
            raise Refused(_("不能撤销：%(numbers)s 等已经有人处理过。请先把它们退回待认领。") % {"numbers": numbers})
        held.state, held.undone_by = ImportState.UNDOING, actor if isinstance(actor, Account) else None
        held.undone_because = reason.strip()[:500]
        held.save(update_fields=["state", "undone_by", "undone_because"])
        count = held.counted.get("taken", 0)
        record(
            actor=actor, action="importing.undo", of=held, payload={"arrivals": count, "reason": held.undone_because}
        )
        if count > AT_ONCE:
            enqueue("importing.undo", key=f"importing.undo:{held.uuid}", of=str(held.uuid))
    of.refresh_from_db()
    if count <= AT_ONCE:
        take_back(of)


def drop(*, actor: Actor, of: SheetImport) -> None:
    """Give up a draft. Effects: it and its cells are gone; `importing.drop`."""
    require(may_import_ledger(actor))
    with audited():
        held = _held(of, ImportState.DRAFT)
        record(actor=actor, action="importing.drop", of=held, payload={"name": held.name})
        held.delete()


def _held(of: SheetImport, state: ImportState) -> SheetImport:
    """The row, locked. Refused when it stands elsewhere."""
    held = SheetImport.objects.select_for_update().get(pk=of.pk)
    if held.state != state:
        raise Refused(_("这次导入现在是“%(now)s”，不能这样处理。") % {"now": held.get_state_display()})
    return held


def _look_anew(of: SheetImport, header: int) -> None:
    """Guess what the columns are: as they were for the last file of the same heads, else from their words."""
    of.header = header
    heads = heads_of(of)
    of.heads = _digest(heads)
    former = SheetImport.objects.filter(heads=of.heads).exclude(heads="").exclude(pk=of.pk).exclude(columns=[])
    last = former.exclude(state=ImportState.DRAFT).order_by("-id").first()
    width = len(columns_of(of))
    if last is not None:
        of.columns, of.medium = last.columns, last.medium
    else:
        of.columns = guessed(heads)
    of.columns = [*of.columns[:width], *[""] * (width - len(of.columns))]
    of.year = _year(of)
    of.save()


def _year(of: SheetImport) -> int:
    """The year that stands above the header, on the sheet's tab, in the file's name or in the first dates; else this one."""
    titles = [str(cell) for line, cells in first_rows(of) if line < of.header for cell in cells]
    words = [*titles, of.sheets[of.sheet], of.name]
    known = [year for text in words for year in _YEAR.findall(text)]
    if not known and Field.RECEIVED in of.columns:
        place = of.columns.index(Field.RECEIVED)
        dates = [str(cells[place]) for _line, cells in first_rows(of) if place < len(cells)]
        known = [year for text in dates for year in _YEAR.findall(text)]
    now = timezone.localdate().year
    return min(int(known[0]), now) if known else now


def _digest(heads: Sequence[Cell]) -> str:
    words = [plain(cell) for cell in heads]
    return hashlib.sha256("\n".join(words).encode()).hexdigest() if any(words) else ""


def _named(sheet: ReadSheet) -> tuple[int, int]:
    """How good a sheet is: fields that its header names, then rows."""
    line = header_among(sheet.rows)
    named = next((sum(1 for one in guessed(cells) if one) for at, cells in sheet.rows if at == line), 0)
    return named, len(sheet.rows)


def _let_go_of_old() -> None:
    now = timezone.now()
    for old in SheetImport.objects.filter(state=ImportState.DRAFT, brought_at__lt=now - timedelta(days=DRAFT_DAYS)):
        record(actor=SYSTEM, action="importing.drop", of=old, payload={"name": old.name})
        old.delete()
    long_ago = now - timedelta(days=REFUSED_DAYS)
    SheetRow.objects.filter(of__taken_at__lt=long_ago).exclude(cells=[]).update(cells=[])
