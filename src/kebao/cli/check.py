"""`kebao check`: judge a package and print or write the report."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from kebao.cli.usage import common
from kebao.engine.check import check
from kebao.model.errors import UsageFault
from kebao.model.report import Report
from kebao.model.text import Language, Text
from kebao.occupations.store import load_all
from kebao.report.bars import bars
from kebao.report.docx import write_docx
from kebao.report.html import render_html
from kebao.report.json import report_json
from kebao.report.terminal import print_report
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any

DEFAULT_RULEBOOKS = ("tianjin/2023",)


@click.command(
    "check", help="检查一个课程包（文件夹、压缩包或单个文件）。\n\nCheck a package: a folder, an archive or one file."
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--rulebook", "-r", "names", multiple=True, help="规则册，可多次使用 · rulebook id or .toml; repeatable")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "html", "docx"]), default="terminal", show_default=True,
    help="报告的形式 · form of the report",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 · write to a file")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="并行数 · threads"
)
@click.option("--strict", is_flag=True, help="有任何待复核的也算不通过 · anything left open counts as a failure")
@common
def check_command(
    path: Path, names: tuple[str, ...], form: str, out: Path | None, jobs: int, strict: bool, lang: Language
) -> int:
    """Judge, report, and give the exit code."""
    if form == "docx" and out is None:
        raise UsageFault(Text(zh="docx 报告请用 --out 写明存到哪个文件。", en="A docx report needs --out FILE."))
    rulebooks = tuple(load(name, all_rules()) for name in dict.fromkeys(names or DEFAULT_RULEBOOKS))
    with (
        bars(lang, visible=sys.stderr.isatty()) as progress,
        open_any(path, occupations=load_all() or None, as_of=today()) as opened,
    ):
        report = check(opened.package, rulebooks, jobs=jobs, notes=opened.notes, progress=progress)
    _deliver(report, form, out, lang)
    if report.verdict.word == "failed":
        return 1
    return 1 if strict and report.verdict.word != "passed" else 0


def today() -> date:
    """The day in the user's own time zone, on which dated tables are looked up."""
    return datetime.now().astimezone().date()


def _deliver(report: Report, form: str, out: Path | None, language: Language) -> None:
    if form == "terminal":
        if out is None:
            print_report(report, language)
            return
        with out.open("w", encoding="utf-8") as file:
            print_report(report, language, file=file)
    elif form == "docx" and out is not None:
        write_docx(report, out, language)
    else:
        text = report_json(report) if form == "json" else render_html(report, language)
        if out is None:
            click.echo(text)
            return
        out.write_text(text, encoding="utf-8")
    if out is not None:
        click.echo(
            Text(
                zh=f"{report.verdict.sentence.zh}报告已写到 {out}", en=f"{report.verdict.sentence.en} Report: {out}"
            ).to(language),
            err=True,
        )
