"""`ketang administrator` and `ketang password`: how an instance begins, and what to do when somebody is locked out."""

from __future__ import annotations

import click

from ketang.command.setup import with_django


@click.command("administrator")
@click.argument("login")
@click.argument("name")
@with_django
def administrator(login: str, name: str) -> None:
    """为新实例开设第一位系统管理员。 · Open the account of a new instance's first administrator."""
    from ketang.people.account.actions import open_by_command
    from ketang.people.role.actions import appoint_first_administrator
    from ketang.platform.audit.actions import audited
    from ketang.platform.refusal import Refused

    try:
        with audited():
            opened = open_by_command(login=login, name=name)
            appoint_first_administrator(account=opened.account)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"登录名 · login: {login}\n口令 · password: {opened.password}")
    click.echo("首次登录后设置动态口令或通行密钥。 · The first sign-in sets up the second factor.")


@click.command("password")
@click.argument("login")
@click.option("--second-factor", is_flag=True, help="同时去掉动态口令和通行密钥 · take the second factor away too")
@with_django
def password(login: str, second_factor: bool) -> None:
    """给忘记口令的人换新口令。 · A new password for somebody who lost theirs."""
    from ketang.people.account.actions import remove_second_factor_by_command, set_password_by_command
    from ketang.people.account.models import Account

    account = Account.objects.filter(login__iexact=login, erased_at=None).first()
    if account is None:
        raise click.ClickException(f"没有这个登录名 · no such login name: {login}")
    if second_factor:
        remove_second_factor_by_command(account=account)
    click.echo(f"口令 · password: {set_password_by_command(account=account)}")
