"""`ketang verify-audit`: walks the chain and names the first broken row."""

from __future__ import annotations

import sys

import click

from ketang.command.setup import with_django


@click.command("verify-audit")
@click.option(
    "--anchor", "anchors", multiple=True, metavar="NUMBER:DIGEST", help="另外保存的摘要 · a head noted elsewhere"
)
@with_django
def verify_audit(anchors: tuple[str, ...]) -> None:
    """逐条核对操作记录。 · Check the audit log row by row. Exit code 1 when it is broken."""
    from ketang.platform.audit import anchor, queries

    try:
        wanted = [anchor.Anchor.read(text) for text in anchors]
    except ValueError as wrong:
        raise click.BadParameter(f"应是 序号:摘要 · must be NUMBER:DIGEST: {wrong}", param_hint="--anchor") from None
    try:
        kept = anchor.kept()
    except ValueError:
        click.echo("库外摘要文件损坏 · the anchor file is damaged", err=True)
        sys.exit(1)
    result = queries.verify([*wanted, *([kept] if kept else [])])
    if isinstance(result, queries.Broken):
        click.echo(f"第 {result.number} 条 · row {result.number}: {queries.FAULTS[result.fault]}", err=True)
        sys.exit(1)
    click.echo(f"完整，共 {result.head.number} 条 · whole, {result.head.number} rows")
    click.echo(f"末尾摘要 · head {result.head}")
