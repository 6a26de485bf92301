"""Counts of reviews that are going on, from their rows; and which blind copies could not be made."""

from typing import Any

from django.db import migrations
from django.db.models import Count, F, Max, Q

BATCH = 1000


def count(apps: Any, _editor: Any) -> None:
    model = {name: apps.get_model("selection", name) for name in ("Assignment", "BlindCopy", "MemberCount", "PackageCount", "Submission")}  # fmt: skip
    model["BlindCopy"].objects.filter(made_at=None).exclude(message={}).update(failed_at=F("asked_at"))
    standing = model["Assignment"].objects.filter(ended_at=None).order_by()
    assigned, sheets = Count("pk", distinct=True), Count("submitted", filter=Q(submitted__index=1))
    of = {row[0]: row[1:] for row in standing.values_list("submission").annotate(a=assigned, b=sheets)}
    reviewed = model["Submission"].objects.filter(state="accepted").exclude(latest=None)
    model["PackageCount"].objects.bulk_create(
        (
            model["PackageCount"](submission_id=key, call_id=call, number=number, assigned=(of.get(key) or (0, 0))[0], sheets=(of.get(key) or (0, 0))[1])
            for key, call, number in reviewed.values_list("pk", "call", "number")
        ), batch_size=BATCH,
    )  # fmt: skip
    kept = Max("sheet__changed_at", filter=Q(sheet__revision__gt=0))
    members = standing.values_list("call", "expert").annotate(
        a=assigned, b=sheets, c=Max("submitted__submitted_at"), d=kept
    )
    model["MemberCount"].objects.bulk_create(
        (
            model["MemberCount"](
                call_id=call, expert_id=expert, assigned=a, sheets=b,
                last_at=max((at for at in times if at is not None), default=None),
            )
            for call, expert, a, b, *times in members
        ), batch_size=BATCH,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("selection", "0037_review_counts")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
