"""`kebao new` and `kebao kit`: the supplier's kit, empty and filled."""

from __future__ import annotations

from pathlib import Path

import click

from kebao.cli.check import DEFAULT_RULEBOOKS, today
from kebao.cli.output import writing
from kebao.cli.usage import common
from kebao.engine.check import check
from kebao.kit.new import make_kit
from kebao.kit.pack import pack
from kebao.model.text import Language, Text
from kebao.occupations.store import load_all
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any


@click.command("new", help="生成一套空白的培训包（表格、试卷模板、基本情况表、承诺书、封面）。\n\nMake an empty kit.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--unit", default="", help="单位全称或个人姓名 · full name of the unit or person")
@click.option("--title", default="", help="课程名称 · course title")
@click.option("--person", is_flag=True, help="以个人名义申报 · handed in by a person")
@common
def new_command(folder: Path, unit: str, title: str, person: bool, lang: Language) -> int:
    """Lay out the kit and say what to do next."""
    with writing(folder):
        made = make_kit(folder, unit=unit, title=title, person=person)
    for path in made:
        click.echo(f"  {path.relative_to(folder)}")
    click.echo(
        Text(
            zh=f"已在 {folder} 生成 {len(made)} 个文件。先看“使用说明.txt”，填好后运行：kebao check {folder}",
            en=f"Made {len(made)} files in {folder}. Read 使用说明.txt, fill the workbook in, then run: kebao check {folder}",
        ).to(lang)
    )
    return 0


@click.command("kit", help="把填好的文件夹打成报送的压缩包。\n\nPack a filled folder for handing in.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, readable=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="放在哪个文件夹 · output folder")
@click.option("--force", is_flag=True, help="覆盖已有的压缩包 · replace an existing zip")
@common
def kit_command(folder: Path, out: Path | None, force: bool, lang: Language) -> int:
    """Pack, and print what the mail and the parcel must say."""
    with writing(folder):
        made = pack(folder, out or folder.resolve().parent, force=force)
    click.echo(
        Text(
            zh=f"资源包名：{made.name}\n邮件主题：{made.mail_subject}\n压缩包：{made.archive}（{made.files} 个文件，{made.bytes / 1e6:.1f} MB）\n"
            "快递封面：请打印“快递封面.docx”。书面版和电子版都要报送。",
            en=f"Package name: {made.name}\nMail subject: {made.mail_subject}\nZip: {made.archive} ({made.files} files, {made.bytes / 1e6:.1f} MB)\n"
            "Parcel: print 快递封面.docx. Both the paper and the electronic copy are to be handed in.",
        ).to(lang)
    )
    rulebooks = tuple(load(name, all_rules()) for name in DEFAULT_RULEBOOKS)
    with open_any(made.archive, occupations=load_all() or None, as_of=today()) as opened:
        verdict = check(opened.package, rulebooks, digests=False).verdict
    click.echo(
        Text(
            zh=f"压缩包的检查结论——{verdict.sentence.zh}"
            + ("请先改好再报送：" if verdict.word == "failed" else "详细看：")
            + f'kebao check "{made.archive}"',
            en=f"The zip, checked: {verdict.sentence.en} "
            + ("Mend it before handing it in: " if verdict.word == "failed" else "Details: ")
            + f'kebao check "{made.archive}"',
        ).to(lang)
    )
    return 0
