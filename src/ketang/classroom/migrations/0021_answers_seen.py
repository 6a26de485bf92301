from typing import Any

from django.db import migrations, models


def known(apps: Any, _schema: Any) -> None:
    """Answers of before are not told as news."""
    answered = apps.get_model("classroom", "Appeal").objects.filter(answered_at__isnull=False)
    answered.update(seen_at=models.F("answered_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("classroom", "0020_offline"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(known, migrations.RunPython.noop),
    ]
