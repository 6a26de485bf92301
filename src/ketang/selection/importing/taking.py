"""Rows of an old spreadsheet into the ledger, and out of it again: each is a `ledger.register`, whoever is killed in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.selection.desk.actions import counts_at
from ketang.selection.desk.models import Delivery
from ketang.selection.importing.faults import THERE
from ketang.selection.importing.fields import Field
from ketang.selection.importing.models import ImportState, Outcome, SheetImport, SheetRow
from ketang.selection.importing.queries import mark_there, touched, weighed
from ketang.selection.importing.understanding import Understood
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium

PART = 200
"""Rows of one transaction: other people's work goes on between them."""
Tell = Callable[[int, int], None]
"""Says how many rows are done, of how many."""


def take(of: SheetImport, tell: Tell = lambda _done, _of: None) -> None:
    """Take in the rows that were not yet; once is enough, twice does no harm.

    Effects: an arrival each (`ledger.register`), with its row; why the others were not; at the end state `taken`,
    `importing.taken`, and the cells of what was taken in are gone.
    """
    done = set(SheetRow.objects.filter(of=of, sheet=of.sheet).exclude(outcome="").values_list("line", flat=True))
    rows = weighed(of)
    left = [row for row in rows if row.line not in done]
    for start in range(0, len(left), PART):
        with audited():
            held = _held(of, ImportState.TAKING)
            if held is None:
                return
            _take_part(held, left[start : start + PART])
        tell(len(rows) - len(left) + start + PART, len(rows))
    with audited():
        held = _held(of, ImportState.TAKING)
        if held is not None:
            _finish(held)
    of.refresh_from_db()


def _take_part(held: SheetImport, part: Sequence[Understood]) -> None:
    """Effects: rows and arrivals of one part. The lock on the import keeps others from it; on what is there already it is asked anew."""
    ledger.wait_turn()
    mark_there(part)
    standing = {row.line: row for row in held.rows.filter(sheet=held.sheet, line__in=[one.line for one in part])}
    changed = []
    for one in part:
        row = standing[one.line]
        if row.outcome:
            continue
        row.said, row.fault, row.fault_of = one.said, one.fault, one.fault_of[:200]
        row.outcome = Outcome.TAKEN
        if one.fault:
            row.outcome = Outcome.THERE if one.fault in THERE else Outcome.REFUSED
        else:
            row.key, row.arrival, row.cells = one.key, _arrival(held, one), []
        changed.append(row)
    SheetRow.objects.bulk_update(changed, ["said", "fault", "fault_of", "outcome", "key", "arrival", "cells"])


def _arrival(held: SheetImport, one: Understood) -> Arrival:
    assert one.received is not None  # noqa: S101 - a row without it has a fault
    received = timezone.make_aware(one.received)
    said = one.said
    return ledger.register(
        actor=held.taken_by or SYSTEM, door=Door.BOOK, medium=Medium(said[Field.MEDIUM]), received_at=received,
        counts_at=_counts(one.postmark, received, held), call=held.call,
        supplier=said.get(Field.SUPPLIER, ""), title=said.get(Field.TITLE, ""),
        sender=" ".join(said[key] for key in (Field.SENDER, Field.COURIER, Field.TRACKING) if key in said),
        reason=_("旧台账“%(name)s”第 %(line)s 行。") % {"name": held.name, "line": one.line},
    )  # fmt: skip


def _counts(postmark: datetime | None, received: datetime, held: SheetImport) -> datetime:
    """As at the desk: the end of the postmark's day. A day without an hour counts from its beginning: it is not held against anybody."""
    return counts_at(Delivery.POSTED, postmark.date() if postmark is not None else None, received, held.call)


def _finish(held: SheetImport) -> None:
    rows = held.rows.filter(sheet=held.sheet)
    counted = dict(rows.exclude(outcome="").order_by().values_list("outcome").annotate(Count("pk")))
    held.rows.exclude(sheet=held.sheet).delete()
    rows.filter(outcome="").exclude(line=held.header).delete()
    held.state, held.counted, held.taken_at = ImportState.TAKEN, counted, timezone.now()
    held.save(update_fields=["state", "counted", "taken_at"])
    record(actor=held.taken_by or SYSTEM, action="importing.taken", of=held, payload=counted)


def take_back(of: SheetImport, tell: Tell = lambda _done, _of: None) -> None:
    """Set aside what an import brought; what somebody has dealt with meanwhile stays.

    Effects: `ledger.set_aside` of each; its row may come again; at the end state `undone`, `importing.undone`.
    """
    rows = SheetRow.objects.filter(of=of).exclude(key="")
    keys = list(rows.exclude(arrival__in=touched(of)).values_list("pk", flat=True))
    for start in range(0, len(keys), PART):
        with audited():
            held = _held(of, ImportState.UNDOING)
            if held is None:
                return
            _take_back_part(held, keys[start : start + PART])
        tell(start + PART, len(keys))
    with audited():
        held = _held(of, ImportState.UNDOING)
        if held is not None:
            left = held.rows.exclude(key="").count()
            counted = Counter(held.counted)
            counted["left"] = left
            held.state, held.undone_at, held.counted = ImportState.UNDONE, timezone.now(), dict(counted)
            held.save(update_fields=["state", "undone_at", "counted"])
            record(actor=held.undone_by or SYSTEM, action="importing.undone", of=held, payload={"left": left})
    of.refresh_from_db()


def _take_back_part(held: SheetImport, keys: list[int]) -> None:
    ledger.wait_turn()
    busy = set(touched(held).values_list("pk", flat=True))
    rows = list(held.rows.filter(pk__in=keys).exclude(key="").select_related("arrival"))
    for row in rows:
        if row.arrival is None or row.arrival.pk in busy or row.arrival.state != ArrivalState.UNCLAIMED:
            continue
        assert held.undone_by is not None  # noqa: S101 - only accounts undo
        ledger.set_aside(
            actor=held.undone_by, arrival=row.arrival, reason=_("导入已撤销：%(why)s") % {"why": held.undone_because}
        )
        row.key = ""
    SheetRow.objects.bulk_update(rows, ["key"])


def _held(of: SheetImport, state: ImportState) -> SheetImport | None:
    """The row, locked; None when it is over already."""
    held = SheetImport.objects.select_for_update().get(pk=of.pk)
    if held.state != state:
        return None
    return SheetImport.objects.select_related("taken_by", "undone_by").prefetch_related("call").get(pk=of.pk)
