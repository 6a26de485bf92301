"""`ketang doctor`: says what is wrong with an instance, and how to mend it."""

from __future__ import annotations

import sys

import click

from ketang.command.setup import with_django


@click.command("doctor")
@with_django
def doctor() -> None:
    """检查这个实例，说明怎样修复。 · Examine this instance and say how to mend it. Exit code 1 when something is wrong."""
    from ketang.platform.examination import examine

    wrong = 0
    for finding in examine():
        click.echo(f"{'✓' if finding.good else '✗'} {finding.what}")
        if not finding.good:
            wrong += 1
            click.echo(f"    {finding.mend}")
    sys.exit(1 if wrong else 0)
