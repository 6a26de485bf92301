"""Arrivals are listed and searched from indexes.

On SQLite, triggers keep the search beside its table: whoever changes columns of `Passage` later, so that Django makes the
table anew, has to call `passages.index` again.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from ketang.platform.search import passages
from ketang.platform.search.words import spaced

TABLE = "selection_passage"


def index(_apps: Any, editor: Any) -> None:
    passages.index(editor, TABLE)


def fill(apps: Any, _editor: Any) -> None:
    """Passages of what had arrived before, in the order of arrival."""
    submissions = apps.get_model("selection", "Submission").objects.filter(submitted_at__isnull=False)
    passage = apps.get_model("selection", "Passage")
    rows = submissions.select_related("organisation").order_by("submitted_at", "id").iterator(1000)
    passage.objects.bulk_create((passage(submission=s, text=_text(s)) for s in rows), 1000)


def _text(submission: Any) -> str:
    words = spaced(f"{submission.number} {submission.title} {submission.organisation.name}")
    return f"{words} state{submission.state}"


class Migration(migrations.Migration):
    dependencies = [("selection", "0005_checked_media")]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passage", to="selection.submission"
                    ),
                ),
            ],
            options={"verbose_name": "检索内容", "verbose_name_plural": "检索内容"},
        ),
        migrations.AddIndex(
            model_name="submission", index=models.Index(fields=["-submitted_at", "-id"], name="arrivals")
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["state", "-submitted_at", "-id"], name="arrivals_in_state"),
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
