"""`kebao check`: judge a package and print or write the report."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from kebao.cli.output import check_writable, reader_may_leave, writing
from kebao.cli.usage import common
from kebao.engine.check import check
from kebao.engine.measuring import Measuring
from kebao.media.fingerprint.known import load as load_known
from kebao.media.store import default_store
from kebao.model.errors import UsageFault
from kebao.model.report import Report
from kebao.model.text import Language, Text
from kebao.occupations.store import load_all
from kebao.report.bars import bars
from kebao.report.docx import write_docx
from kebao.report.html import render_html
from kebao.report.json import report_json
from kebao.report.terminal import print_report
from kebao.rulebook.book import Rulebook
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any

DEFAULT_RULEBOOKS = ("tianjin/2023",)
FORMS = ("terminal", "json", "html", "docx")


@click.command(
    "check", help="检查一个课程包（文件夹、压缩包或单个文件）。\n\nCheck a package: a folder, an archive or one file."
)
@click.argument("path", type=click.Path(exists=True, readable=False, path_type=Path))
@click.option("--rulebook", "-r", "names", multiple=True, help="规则册，可多次使用 · rulebook id or .toml; repeatable")
@click.option(
    "--format", "form", type=click.Choice(FORMS),
    help="报告的形式；不写时按 --out 的扩展名 · form of the report; by the extension of --out when not given",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 · write to a file")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True, help="并行数 · threads"
)
@click.option(
    "--no-media", is_flag=True, help="不测量声音和画面，快得多 · leave sound and picture unmeasured; much faster"
)
@click.option(
    "--known", type=click.Path(exists=True, path_type=Path, dir_okay=False),
    help="与指纹库里的视频比对（见 kebao prints） · compare films with known prints",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="有任何待复核的也算不通过 · anything left open counts as a failure")
@common
def check_command(
    path: Path,
    names: tuple[str, ...],
    form: str | None,
    out: Path | None,
    jobs: int,
    no_media: bool,
    known: Path | None,
    strict: bool,
    lang: Language,
) -> int:
    """Judge, report, and give the exit code."""
    form = form or _form_of(out)
    if form == "docx" and out is None:
        raise UsageFault(Text(zh="docx 报告请用 --out 写明存到哪个文件。", en="A docx report needs --out FILE."))
    check_writable(out)
    rulebooks = _load(names or DEFAULT_RULEBOOKS)
    prints = load_known(known) if known is not None else None
    with (
        bars(lang, visible=sys.stderr.isatty()) as progress,
        open_any(path, occupations=load_all() or None, as_of=today()) as opened,
    ):
        opened.package.known = prints
        measuring = None if no_media else Measuring(default_store(), jobs)
        report = check(opened.package, rulebooks, jobs=jobs, media=measuring, notes=opened.notes, progress=progress)
    _deliver(report, form, out, lang)
    if report.verdict.word == "failed":
        return 1
    return 1 if strict and report.verdict.word != "passed" else 0


def _load(names: tuple[str, ...]) -> tuple[Rulebook, ...]:
    books: dict[str, Rulebook] = {}
    for name in dict.fromkeys(names):
        book = load(name, all_rules())
        if book.id in books:
            raise UsageFault(
                Text(zh=f"规则册 {book.id} 用了两次：{name}。", en=f"Rulebook {book.id} is given twice: {name}.")
            )
        books[book.id] = book
    return tuple(books.values())


def today() -> date:
    """The day in the user's own time zone, on which dated tables are looked up."""
    return datetime.now().astimezone().date()


def _form_of(out: Path | None) -> str:
    suffix = out.suffix.lower().lstrip(".") if out is not None else ""
    return {"htm": "html"}.get(suffix, suffix) if suffix in (*FORMS, "htm") else "terminal"


def _deliver(report: Report, form: str, out: Path | None, language: Language) -> None:
    if out is None:
        with reader_may_leave():
            if form == "terminal":
                print_report(report, language)
            else:
                click.echo(report_json(report) if form == "json" else render_html(report, language))
        return
    with writing(out):
        if form == "terminal":
            with out.open("w", encoding="utf-8") as file:
                print_report(report, language, file=file)
        elif form == "docx":
            write_docx(report, out, language)
        else:
            text = report_json(report) if form == "json" else render_html(report, language)
            out.write_text(text + "\n", encoding="utf-8")
    said = report.verdict.sentence
    click.echo(Text(zh=f"{said.zh}报告已写到 {out}", en=f"{said.en} Report: {out}").to(language), err=True)
