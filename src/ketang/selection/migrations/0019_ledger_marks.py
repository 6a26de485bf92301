"""Passages of the ledger carry marks of lateness and of the day, and the supplier behind a mark of its own."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from ketang.platform.search.words import spaced


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
    named = [f"supplieris {spaced(name)}" for name in dict.fromkeys(suppliers) if name]
    marks = [f"dooris{arrival.door}", f"mediumis{arrival.medium}", f"stateis{arrival.state.replace('-', '')}"]
    if arrival.call is not None:
        late = "late" if arrival.counts_at > arrival.call.closes_at else "intime"
        if arrival.lateness and arrival.state == "entered":
            late = arrival.lateness.replace("-", "")
        marks += [f"callis{arrival.call_id}", f"lateis{late}"]
    day = timezone.localdate(arrival.received_at)
    days = [f"yearis{day:%Y}", f"monthis{day:%Y%m}", f"dayis{day:%Y%m%d}"]
    return " ".join([spaced(" ".join(words)), *named, *marks, *days])


class Migration(migrations.Migration):
    dependencies = [("selection", "0018_sealing")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
