"""`kebao occupations`: import and show the dated subsidy catalogue (A3(2))."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kebao.cli.usage import common
from kebao.model.text import Language, Text
from kebao.occupations.import_xlsx import import_catalogue
from kebao.occupations.store import load_all, save


@click.group("occupations", help="补贴标准目录：导入和查看。\n\nThe subsidy catalogue: import and list.")
def occupations_group() -> None:
    """The group."""


@occupations_group.command("import", help="导入公布的目录（xlsx）。\n\nImport the published table.")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, readable=False, path_type=Path))
@click.option("--name", required=True, help="目录名称和文号 · name of the edition")
@click.option("--from", "valid_from", required=True, type=click.DateTime(["%Y-%m-%d"]), help="起始日期 · valid from")
@click.option("--to", "valid_to", type=click.DateTime(["%Y-%m-%d"]), help="截止日期 · valid to")
@click.option("--source", required=True, help="来源 · where it was published")
@click.option("--fictitious", is_flag=True, help="虚构的表，仅供演示 · a made-up table")
@common
def import_command(
    path: Path,
    name: str,
    valid_from: datetime,
    valid_to: datetime | None,
    source: str,
    fictitious: bool,
    lang: Language,
) -> int:
    """Read, keep, and say what was not understood."""
    edition, problems = import_catalogue(
        path, name=name, valid_from=valid_from.date(), valid_to=valid_to.date() if valid_to else None, source=source,
        fictitious=fictitious,
    )  # fmt: skip
    kept = save(edition)
    click.echo(
        Text(
            zh=f"已装入《{name}》{len(edition.entries)} 个职业等级，存在 {kept}。",
            en=f"Loaded “{name}”: {len(edition.entries)} entries, kept in {kept}.",
        ).to(lang)
    )
    for problem in problems:
        click.echo(f"  {problem.at.words.to(lang)}：{problem.because.to(lang)}（{problem.raw}）", err=True)
    return 0


@occupations_group.command("list", help="列出已装入的目录。\n\nList loaded editions.")
@common
def list_command(lang: Language) -> int:
    """One line an edition."""
    loaded = load_all()
    if not loaded:
        click.echo(Text(zh="还没有装入目录。", en="No edition is loaded.").to(lang))
        return 0
    for edition in loaded.editions:
        mark = Text(zh="（虚构）", en=" (fictitious)").to(lang) if edition.fictitious else ""
        click.echo(
            f"{edition.name}{mark}\t{edition.valid_from}–{edition.valid_to or ''}\t{len(edition.entries)}\t{edition.source}"
        )
    return 0
