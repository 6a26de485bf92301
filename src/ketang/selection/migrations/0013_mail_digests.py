"""Whoever lets go of bytes asks whether a mail holds them: by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0012_undecided_word"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mail",
            name="digest",
            field=models.CharField(db_index=True, max_length=64, verbose_name="校验值"),
        ),
        migrations.AlterField(
            model_name="mailpart",
            name="digest",
            field=models.CharField(db_index=True, max_length=64, verbose_name="校验值"),
        ),
    ]
