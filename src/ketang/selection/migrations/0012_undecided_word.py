"""The count of what the software cannot tell is called by the word of the outcome."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0011_ledger_and_mail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="check",
            name="undecided",
            field=models.PositiveIntegerField(default=0, verbose_name="需人工判断"),
        ),
    ]
