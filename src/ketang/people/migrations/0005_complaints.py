"""Feedback is an opinion or a complaint, and has a day by which it is answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from ketang.platform.working_days import after_working_days


def due_days(apps: Any, schema_editor: Any) -> None:
    """What was sent before has the day that an opinion sent then has now."""
    del schema_editor
    rows = apps.get_model("people", "Feedback").objects
    for row in rows.only("pk", "sent_at").iterator():
        sent = timezone.localtime(row.sent_at).date()
        due = after_working_days(sent, settings.OPINION_DAYS, holidays=settings.HOLIDAYS, made_up=settings.MADE_UP_DAYS)
        rows.filter(pk=row.pk).update(due_on=due)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_digest")]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="kind",
            field=models.CharField(
                choices=[("opinion", "意见或建议"), ("complaint", "投诉")],
                default="opinion",
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="feedback", name="due_on", field=models.DateField(null=True, verbose_name="答复期限")
        ),
        migrations.RunPython(due_days, migrations.RunPython.noop),
        migrations.AlterField(model_name="feedback", name="due_on", field=models.DateField(verbose_name="答复期限")),
        migrations.RemoveIndex(model_name="feedback", name="feedback_to_answer"),
        migrations.AddIndex(
            model_name="feedback", index=models.Index("answered_at", "due_on", "sent_at", name="feedback_by_due_day")
        ),
    ]
