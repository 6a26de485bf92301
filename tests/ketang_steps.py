"""Migrations step by step, as an instance of before took them: `python -m ketang_steps app name …` in an instance's environment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

from ketang_columns import Column


def step_by_step(column: Column, targets: Iterable[tuple[str, str]]) -> None:
    """Bring an empty instance's tables to these migrations without those that were squashed later."""
    words = [word for target in targets for word in target]
    subprocess.run(
        [sys.executable, "-m", "ketang_steps", *words], env=dict(column.environment), cwd=column.home, check=True,
        capture_output=True,
    )  # fmt: skip


def _main(words: list[str]) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.loader import MigrationLoader

    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(list(zip(words[::2], words[1::2], strict=True)))


if __name__ == "__main__":
    _main(sys.argv[1:])
