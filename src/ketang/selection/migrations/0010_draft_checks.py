"""A draft may be checked before it is handed in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0009_likeness"),
    ]

    operations = [
        migrations.AddField(
            model_name="check",
            name="draft_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draft_checks",
                to="selection.submission",
                verbose_name="草稿",
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="form",
            field=models.JSONField(blank=True, default=dict, verbose_name="填写的内容"),
        ),
        migrations.AlterField(
            model_name="check",
            name="digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="校验值"),
        ),
    ]
