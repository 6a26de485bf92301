"""Bags of courses hold traces of three hanzi in a row: those that were made without are emptied, and `ketang migrate` makes them anew."""

from typing import Any

from django.db import migrations

from ketang.platform.search import bags


def empty(apps: Any, _editor: Any) -> None:
    bags.clear("classroom_catalogueentry")
    for name in ("CatalogueText", "CatalogueEntry", "CatalogueCount"):
        apps.get_model("classroom", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("classroom", "0024_lti")]

    operations = [migrations.RunPython(empty, empty)]
