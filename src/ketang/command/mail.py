"""`ketang mail`: mails out of files, and out of the office's mailbox at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketang.command.setup import with_django

if TYPE_CHECKING:
    from datetime import datetime
    from typing import BinaryIO


@click.group("mail")
def mail() -> None:
    """邮件。 · Mail."""


@mail.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_django
def import_mails(files: tuple[Path, ...]) -> None:
    """把 .eml 或 .mbox 文件里的邮件收进台账；收过的不会再收。 · Take the mails of .eml or .mbox files; none is taken twice."""
    from ketang.mailroom.importing import import_file
    from ketang.mailroom.receiving import receive_mail

    new = seen = 0

    def taken(file: BinaryIO, _uid: int, _numbering: int, arrived: datetime | None) -> None:
        nonlocal new, seen
        is_new = receive_mail(file, arrived=arrived)[1]
        new, seen = new + is_new, seen + (not is_new)

    for path in files:
        count = import_file(path, taken)
        click.echo(f"{path.name}：{count} 封 · {count} mails")
    click.echo(f"新收 {new} 封，以前收过 {seen} 封 · {new} new, {seen} taken before")


@mail.command("fetch")
@with_django
def fetch_mails() -> None:
    """立即收取 KETANG_IMAP 写明的邮箱；邮箱里什么也不改、不删。 · Take what is new in the mailbox of KETANG_IMAP, which stays as it is."""
    from ketang.mailroom.fetching import FetchFault
    from ketang.mailroom.mailbox import NoMailbox, configured, fetch

    try:
        if not configured():
            raise NoMailbox("没有设置 KETANG_IMAP（imaps://账号:授权码@服务器/INBOX） · KETANG_IMAP is not set")
        new = fetch(configured())
    except NoMailbox as none:
        raise click.ClickException(str(none)) from None
    except FetchFault as fault:
        raise click.ClickException(f"{fault.message.zh} · {fault.message.en}") from None
    click.echo(f"新收 {new} 封 · {new} new")
