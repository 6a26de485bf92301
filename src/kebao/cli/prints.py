"""`kebao prints`: keep the prints of packages in a file, for `kebao check --known` to compare the next package with."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from kebao.cli.check import today
from kebao.cli.output import check_writable, writing
from kebao.cli.usage import common
from kebao.engine.gathering import gather
from kebao.engine.measuring import Measuring, measure_package
from kebao.media.fingerprint.known import KnownMedium, add, load
from kebao.media.store import default_store
from kebao.model.text import Language, Text
from kebao.report.bars import bars
from kebao.subjects.course import Package
from kebao.subjects.opening import open_any
from kebao.subjects.repeated_media import medium_print, timed

_KNOWN = click.option(
    "--known", required=True, type=click.Path(path_type=Path, dir_okay=False), help="指纹库文件 · the file of known prints"
)  # fmt: skip


@click.group(
    "prints", help="指纹库：收录课程包的视频和音频，供比对。\n\nKnown prints: keep packages' films for comparison."
)
def prints_group() -> None:
    """The group."""


@prints_group.command("add", help="收录课程包；再次收录会替换。\n\nKeep packages; adding one again replaces it.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, readable=False, path_type=Path))
@_KNOWN
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="并行数 · at a time"
)
@common
def add_command(paths: tuple[Path, ...], known: Path, jobs: int, lang: Language) -> int:
    """Measure every medium of every package (what was measured before costs nothing) and keep its prints."""
    check_writable(known)
    if known.exists():
        load(known)  # a file that is something else is refused before the long work
    for path in paths:
        with (
            bars(lang, visible=sys.stderr.isatty()) as progress,
            open_any(path, occupations=None, as_of=today()) as opened,
        ):
            gather(opened.package, jobs=jobs, digests=False, progress=progress)
            measure_package(opened.package, Measuring(default_store(), jobs), progress=progress)
            media, left_out = _media(opened.package)
        supplier, title = _whose(opened.package)
        with writing(known):
            gone = add(known, supplier, title, media)
        click.echo(_said(supplier, title, len(media), gone).to(lang))
        if left_out:
            names = "、".join(left_out)
            click.echo(
                Text(zh=f"  解不开，没有收录：{names}", en=f"  could not be decoded, not kept: {names}").to(lang),
                err=True,
            )
    return 0


@prints_group.command("list", help="列出收录的课程包。\n\nList the packages that are kept.")
@_KNOWN
@common
def list_command(known: Path, lang: Language) -> int:
    """One line a package: supplier, title, media, minutes."""
    media = load(known).media
    counts = Counter((medium.supplier, medium.package) for medium in media)
    for (supplier, package), count in counts.items():
        minutes = sum(m.print.seconds for m in media if (m.supplier, m.package) == (supplier, package)) / 60
        what = Text(zh=f"{count} 个，{minutes:.0f} 分钟", en=f"{count} media, {minutes:.0f} minutes").to(lang)
        click.echo(f"{supplier}\t{package}\t{what}")
    if not counts:
        click.echo(Text(zh="指纹库是空的。", en="The file is empty.").to(lang))
    return 0


def _media(package: Package) -> tuple[list[KnownMedium], list[str]]:
    """What is kept of a package, and the paths of media that are there and could not be measured."""
    supplier, title = _whose(package)
    kept, left_out = [], []
    for medium in timed(package):
        made = medium_print(medium)
        path = medium.entry.path
        if made is not None:
            kept.append(KnownMedium(supplier, title, medium.name, path, package.facts.digest(path), made))
        elif medium.exists:
            left_out.append(path)
    return kept, left_out


def _whose(package: Package) -> tuple[str, str]:
    return package.manifest.supplier.name, package.manifest.title or package.name


def _said(supplier: str, title: str, count: int, gone: int) -> Text:
    by_zh, by_en = (f"（{supplier}）", f" by {supplier}") if supplier else ("", "")
    gone_zh, gone_en = (f"，替换原来的 {gone} 个", f", in place of {gone} kept before") if gone else ("", "")
    return Text(
        zh=f"已收录《{title}》{by_zh}的 {count} 个视频和音频{gone_zh}。",
        en=f"Kept {count} media of “{title}”{by_en}{gone_en}.",
    )
