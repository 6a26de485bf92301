"""On PostgreSQL the catalogue's bags are asked by their index, whatever the planner takes them to cost."""

from typing import Any

from django.db import migrations

from ketang.platform.search import bags


def ask_the_index(_apps: Any, editor: Any) -> None:
    bags.ask_the_index(editor, "classroom_catalogueentry")


class Migration(migrations.Migration):
    dependencies = [("classroom", "0016_tasks")]

    operations = [migrations.RunPython(ask_the_index, migrations.RunPython.noop)]
