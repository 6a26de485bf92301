from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def in_both(apps: Any, _schema_editor: Any) -> None:
    """What was written in Chinese alone stays as it was."""
    courses = apps.get_model("classroom", "Course")
    for course in courses.objects.exclude(old_message=""):
        course.message = {"zh": course.old_message, "en": ""}
        course.save(update_fields=["message"])


class Migration(migrations.Migration):
    dependencies = [("common", "0003_queue_and_storage"), ("classroom", "0001_initial")]

    operations = [
        migrations.RenameField("course", "message", "old_message"),
        migrations.AddField(
            "course", "message", models.JSONField(blank=True, default=dict, verbose_name="说明"),
        ),
        migrations.RunPython(in_both, migrations.RunPython.noop),
        migrations.RemoveField("course", "old_message"),
        migrations.AddField("course", "has_sign", models.BooleanField(default=False, verbose_name="有手语")),
        migrations.AddField("course", "has_descriptions", models.BooleanField(default=False, verbose_name="有口述")),
        migrations.AddField(
            "lesson", "sign",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="common.storedfile",
            ),
        ),
        migrations.AddField(
            "lesson", "sign_type", models.CharField(blank=True, max_length=60, verbose_name="手语视频的媒体类型"),
        ),
        migrations.AddField(
            "lesson", "descriptions",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="common.storedfile",
            ),
        ),
    ]  # fmt: skip
