"""A temporary instance on SQLite inside this very process, of one size after the other; for benchmarks that ask through Django's test client."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

Told = TypeVar("Told")


def arguments(words: str | None, sizes: Sequence[int], requests: int) -> argparse.Namespace:
    """`--sizes` and `--requests` of the command line."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(sizes))
    parser.add_argument("--requests", type=int, default=requests)
    return parser.parse_args()


def by_size(sizes: Iterable[int], measured: Callable[[int, dict[str, Any]], Told]) -> dict[int, Told]:
    """What is told of each size. `measured` fills the instance with so many rows, calls `analyse`, and asks; it gets accounts by role."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KETANG_HOME": folder, "KETANG_DATABASE": "", "DJANGO_SETTINGS_MODULE": "ketang.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from interface.places import accounts

        known = accounts()
        told = {size: measured(size, known) for size in sizes}
        connection.close()
    return told


def analyse() -> None:
    """Let the database count its rows, as `ketang` does at times."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def slow(name: str, asked: Iterable[dict[str, str]]) -> None:
    """The slowest queries, for whoever wants to know why (`KETANG_SLOW=1`)."""
    if os.environ.get("KETANG_SLOW"):
        for one in sorted(asked, key=lambda one: -float(one["time"]))[:4]:
            print("   ", name, one["time"], one["sql"][:400])
