"""`kebao media`: look at one video or recording: curves, shots, pictures, and what is wrong where."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from pathlib import Path

import click

from kebao.cli.check import today
from kebao.cli.kept_look import kept_or_looked
from kebao.cli.output import check_writable, reader_may_leave, writing
from kebao.cli.usage import common
from kebao.engine.measuring import Measuring
from kebao.engine.medium import Looking, look
from kebao.media.store import default_store
from kebao.model.errors import UsageFault
from kebao.model.medium import MediumReport
from kebao.model.outcome import Outcome, Severity
from kebao.model.text import Language, Text
from kebao.report.bars import bars
from kebao.report.medium_html import render_medium
from kebao.report.medium_json import medium_json
from kebao.report.medium_terminal import print_medium
from kebao.report.medium_words import found_sentence
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.medium import open_medium
from kebao.text.measures import parse_clock

FORMS = ("terminal", "json", "html")
_NO_CLOCK = Text(
    zh="“{raw}”不是时间。写成 3:12、1:02:30 或 45秒 这样。", en="“{raw}” is no time. Write 3:12, 1:02:30 or 45s."
)


@click.command(
    "media",
    help="测量一个视频或录音：响度和电平曲线、频谱、镜头画面，问题在哪一段。\n\n"
    "Measure one video or recording: curves, spectrum, shots with stills, and what is wrong where.",
)
@click.argument("path", type=click.Path(exists=True, readable=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMS),
    help="形式；不写时按 --out 的扩展名 · form; by the extension of --out when not given",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 · write to a file")
@click.option("--from", "start", help="只看从这一刻起，例如 3:12 · show from this time on")
@click.option("--to", "end", help="只看到这一刻为止 · show up to this time")
@click.option("--cheap", is_flag=True, help="只看关键帧，马上就好，不测量 · keyframes alone, at once, nothing measured")
@click.option("--no-store", is_flag=True, help="不使用、也不留下测量记录 · neither use nor keep measurements")
@common
def media_command(
    path: Path,
    form: str | None,
    out: Path | None,
    start: str | None,
    end: str | None,
    cheap: bool,
    no_store: bool,
    lang: Language,
) -> int:
    """Look, print or write, and give the exit code."""
    form = form or ({".json": "json", ".html": "html", ".htm": "html"}.get(out.suffix.lower()) if out else None)
    check_writable(out)
    measuring = None if cheap else Measuring(None if no_store else default_store(), os.cpu_count() or 1)
    how = Looking(measuring, _clock(start), _clock(end))
    rulebooks = tuple(load(name, all_rules()) for name in shipped_ids())
    with bars(lang, visible=sys.stderr.isatty()) as progress, open_medium(path, as_of=today()) as medium:
        report = kept_or_looked(medium, rulebooks, how, lambda: look(medium, rulebooks, how, progress=progress))
    _deliver(report, form or "terminal", path, out, lang)
    bad = [one for one in report.findings if one.outcome is Outcome.FAILED and one.severity is Severity.ERROR]
    return 1 if bad else 0


def _clock(raw: str | None) -> Fraction | None:
    if raw is None:
        return None
    time = parse_clock(raw)
    if time is None:
        raise UsageFault(_NO_CLOCK.format(raw=raw))
    return time


def _deliver(report: MediumReport, form: str, path: Path, out: Path | None, language: Language) -> None:
    if out is None:
        with reader_may_leave():
            if form == "terminal":
                print_medium(report, language)
            else:
                click.echo(medium_json(report) if form == "json" else render_medium(report, language, report.name))
        return
    with writing(out):
        if form == "terminal":
            with out.open("w", encoding="utf-8") as file:
                print_medium(report, language, file=file)
        else:
            link = _link(path, out)
            text = medium_json(report) if form == "json" else render_medium(report, language, link)
            out.write_text(text + "\n", encoding="utf-8")
    told = found_sentence(report, language)
    click.echo(told + Text(zh=f"报告已写到 {out}", en=f" Report: {out}").to(language), err=True)


def _link(path: Path, out: Path) -> str:
    """The medium as seen from the page, so that its times open; its name alone where the two share no root."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return path.name
