"""Passages of the ledger carry pairs of marks, blocks of days and the beginnings of a supplier's name."""

from itertools import combinations
from typing import Any

from django.db import migrations
from django.utils import timezone

from ketang.platform.search.words import spaced

FIRST = 730120
"""1 January 2000, as a day of the calendar."""


def mark(apps: Any, _editor: Any) -> None:
    passages = apps.get_model("selection", "ArrivalPassage")
    rows = passages.objects.select_related("arrival__call", "arrival__submission__organisation", "arrival__receipt")
    rows = rows.defer("arrival__call__file", "arrival__submission__draft").order_by("pk")
    last = 0
    while part := list(rows.filter(pk__gt=last)[:1000]):
        for passage in part:
            passages.objects.filter(pk=passage.pk).update(text=_text(passage.arrival))
        last = part[-1].pk


def _text(arrival: Any) -> str:
    words, suppliers = [arrival.number, arrival.sender, arrival.title, arrival.name], [arrival.supplier]
    if arrival.submission is not None:
        words += [arrival.submission.number, arrival.submission.title]
        suppliers.insert(0, arrival.submission.organisation.name)
    if arrival.receipt is not None:
        words.append(arrival.receipt.number)
    named = [mark for name in dict.fromkeys(suppliers) if name for mark in (spaced(name), *_of_supplier(name))]
    return " ".join([spaced(" ".join(words)), *_equal(arrival), *_of_day(arrival), *named])


def _equal(arrival: Any) -> list[str]:
    marks = [f"dooris{arrival.door}", f"mediumis{arrival.medium}", f"stateis{arrival.state.replace('-', '')}"]
    if arrival.call is not None:
        late = "late" if arrival.counts_at > arrival.call.closes_at else "intime"
        if arrival.lateness and arrival.state == "entered":
            late = arrival.lateness.replace("-", "")
        marks += [f"callis{arrival.call_id}", f"lateis{late}"]
    return [*marks, *map("and".join, combinations(marks, 2))]


def _of_day(arrival: Any) -> list[str]:
    at = min(max(timezone.localdate(arrival.received_at).toordinal() - FIRST, 0), 36524)
    return [f"days{size}is{at // 4**size}" for size in range(8)]


def _of_supplier(name: str) -> list[str]:
    plain = spaced(name).replace(" ", "")
    return [*(f"supplierbegins{plain[:end]}" for end in range(1, min(len(plain), 8) + 1)), f"supplieris{plain}"]


class Migration(migrations.Migration):
    dependencies = [("selection", "0023_covers")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
