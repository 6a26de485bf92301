"""`ketang call`: calls as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ketang.command.setup import with_django


@click.group("call")
def call() -> None:
    """征集文件的导入和导出。 · Calls as files."""


@call.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="以哪个账号的名义（登录名） · login name of whoever imports it")
@with_django
def import_call(file: Path, login: str) -> None:
    """导入为草稿。 · Import as a draft."""
    from ketang.people.account.models import Account
    from ketang.platform.refusal import Refused
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import NotACall, read_call

    account = Account.objects.filter(login=login).first()
    if account is None:
        click.echo(f"没有账号 {login} · no account {login}", err=True)
        sys.exit(1)
    try:
        made = create(file=read_call(file.read_bytes()), actor=account)
    except NotACall as refused:
        for place, words in refused.problems:
            click.echo(f"{place}：{words}" if place else words, err=True)
        sys.exit(1)
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    click.echo(f"已导入为草稿 · imported as a draft: {made.slug}")


@call.command("export")
@click.argument("slug")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到文件 · write to a file")
@with_django
def export_call(slug: str, out: Path | None) -> None:
    """导出征集文件。 · Export a call."""
    from ketang.selection.calls.callfile import call_yaml
    from ketang.selection.calls.models import Call

    found = Call.objects.filter(slug=slug).first()
    if found is None:
        click.echo(f"没有征集 {slug} · no call {slug}", err=True)
        sys.exit(1)
    text = call_yaml(found.content)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"已写到 · written to {out}", err=True)
