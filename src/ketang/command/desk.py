"""`ketang desk`: a USB stick or disk is copied from where it is mounted."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ketang.command.setup import with_django


@click.group("desk")
def desk() -> None:
    """窗口。 · The desk."""


@desk.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "login", required=True, help="以哪个账号的名义（登录名） · login name of whoever copies it")
@click.option("--to", "number", default="", help="受理编号 · number of the submission it belongs to")
@click.option("--parcel", default="", help="随哪一件来（收件编号） · arrival number of the parcel it came with")
@click.option("--supplier", default="", help="写明的单位 · supplier as written on it")
@click.option("--title", default="", help="写明的课程 · course as written on it")
@with_django
def import_disk(path: Path, login: str, number: str, parcel: str, supplier: str, title: str) -> None:
    """复制 U 盘或硬盘里的文件夹；只读，拔出后再运行同一命令就接着复制。 · Copy a folder of a disk, which is only read; after it was pulled out the same command goes on."""
    from django.core.exceptions import PermissionDenied

    from ketang.people.account.models import Account
    from ketang.platform.refusal import Refused
    from ketang.selection.desk.copying import begin_copy, copy
    from ketang.selection.desk.models import CopyState, DiskFile, Parcel
    from ketang.selection.intake.models import Submission

    account = Account.objects.filter(login=login).first()
    if account is None:
        raise click.ClickException(f"没有账号 {login} · no account {login}")
    to = Submission.objects.filter(number=number.strip().upper()).first() if number else None
    if number and to is None:
        raise click.ClickException(f"没有受理编号 {number} · no submission {number}")
    with_parcel = Parcel.objects.select_related("arrival__call").filter(arrival__number=parcel.strip().upper()).first()
    if parcel and with_parcel is None:
        raise click.ClickException(f"没有包裹 {parcel} · no parcel {parcel}")
    try:
        made, is_new = begin_copy(
            actor=account, place=path.absolute(), submission=to, supplier=supplier, title=title, parcel=with_parcel
        )
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    except PermissionDenied:
        raise click.ClickException(f"{login} 没有窗口登记的权限 · {login} may not work at the desk") from None
    if not is_new:
        click.echo("接着上次复制 · going on where it stopped", err=True)
    last = [-1]

    def tell(done: int, whole: int) -> None:
        percent = done * 100 // whole if whole else 100
        if percent != last[0]:
            last[0] = percent
            click.echo(f"\r{percent:3d} %  {done / 1e9:.2f} / {whole / 1e9:.2f} GB", nl=False, err=True)

    copy(made, tell)
    click.echo("", err=True)
    if made.state != CopyState.WHOLE:
        raise click.ClickException(f"{made.fault} 再运行同一命令就接着复制。 · Stopped: run the same command to go on.")
    for file, why in made.skipped:
        click.echo(f"没有复制 · left out: {file}：{why}", err=True)
    arrivals = {
        row.arrival for row in DiskFile.objects.filter(copy=made).select_related("arrival__receipt") if row.arrival
    }
    for arrival in sorted(arrivals, key=lambda one: one.number):
        receipt = arrival.receipt.number if arrival.receipt is not None else arrival.get_state_display()
        click.echo(f"{arrival.number}  {receipt}  {arrival.name}  {arrival.size}  sha256:{arrival.digest}")
    sys.exit(0)
