"""`ketang rank CALL`: the final ranking of a call, and making it again from the stored score sheets."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ketang.command.setup import with_django

if TYPE_CHECKING:
    from ketang.selection.ranking.verifying import Compared

MOST_TOLD = 20


@click.command("rank")
@click.argument("slug", metavar="CALL")
@click.option(
    "--verify", is_flag=True, help="用已提交的评分表重新计算并逐位核对 · compute it again and compare every digit"
)
@with_django
def rank(slug: str, verify: bool) -> None:
    """显示一个征集的最终排名，或重新计算核对。 · Show the final ranking of a call, or make it again and compare.

    退出码：0 相同；1 不同；2 没有最终排名。 · Exit code 1 when anything differs, 2 when there is no final ranking.
    """
    from ketang.selection.calls.models import Call
    from ketang.selection.ranking.queries import final_ranking
    from ketang.selection.ranking.verifying import made_again

    call = Call.objects.filter(slug=slug).first()
    if call is None:
        click.echo(f"没有征集 {slug} · no call {slug}", err=True)
        sys.exit(2)
    found = final_ranking(call)
    if found is None:
        click.echo("还没有最终排名 · no ranking is final yet", err=True)
        sys.exit(2)
    click.echo(f"方法 · method {found.method}")
    click.echo(f"输入摘要 · inputs {found.inputs}")
    if not verify:
        for row in found.result["rows"]:
            click.echo(f"{row['place']:>5}  {row['adjusted']}  {row['raw']}  {row['sheets']}  {row['submission']}")
        return
    compared = made_again(found)
    for line in told(compared):
        click.echo(line, err=not compared.same)
    if not compared.same:
        sys.exit(1)
    rows, sheets = len(found.result["rows"]), len(found.basis["sheets"])
    click.echo(f"相同：{rows} 行，{sheets} 份评分表 · the same: {rows} rows of {sheets} sheets")


def told(compared: Compared) -> list[str]:
    """What differs, a line each."""
    lines = [f"缺评分表 · sheet missing: {name}" for name in compared.missing]
    lines += [f"评分表被改动 · sheet changed: {name}" for name in compared.changed]
    if not compared.inputs:
        lines.append("输入摘要不同 · the digest of the inputs differs")
    lines += [f"不同 · differs: {name}: {_row(was)} → {_row(now)}" for name, was, now in compared.rows[:MOST_TOLD]]
    if len(compared.rows) > MOST_TOLD:
        left = len(compared.rows) - MOST_TOLD
        lines.append(f"还有 {left} 行不同 · {left} more rows differ")
    lines += [f"不同 · differs: {name}" for name in compared.summary]
    if compared.since:
        lines.append(f"此后有 {compared.since} 份评分表变化 · {compared.since} sheets came or went since")
    return lines


def _row(row: dict[str, Any] | None) -> str:
    return "—" if row is None else f"{row['place']} {row['adjusted']} {row['raw']} {row['sheets']}"
