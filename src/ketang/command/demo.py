"""`ketang demo`: an account of each role in an instance made for trying things out; everybody in it is invented."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketang.command.setup import with_django

if TYPE_CHECKING:
    from ketang.people.account.models import Account
    from ketang.people.role.models import Role

NAMES = {
    "administrator": "示例管理员", "clerk": "示例经办员", "expert": "示例专家", "finance": "示例财务员",
    "supplier": "示例报送员", "recommender": "示例推荐员", "learner": "示例学员", "centre": "示例中心教师",
}  # fmt: skip
"""Login name, which is the role, and the name shown."""


@click.group("demo", invoke_without_command=True)
@click.option(
    "--packages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="python -m kebao.demo 做好的文件夹：放入征集和试检的例子 · folder made by python -m kebao.demo: a call and samples to try",
)
@click.pass_context
@with_django
def demo(context: click.Context, packages: Path | None) -> None:
    """建立演示账号，每次运行换新口令并显示一次。 · Demo accounts; each run sets new passwords and shows them once."""
    if context.invoked_subcommand is not None:
        return
    from ketang.people.account.models import Account
    from ketang.platform.audit.actions import audited

    mark = _mark()
    if Account.objects.exists() and not mark.exists():
        click.echo("这个实例已有真实账号，不能放入演示账号。 · This instance has accounts of its own.", err=True)
        sys.exit(1)
    mark.touch()
    with audited():
        found = {login: _account(login, name) for login, name in NAMES.items()}
        _enrol({login: account for login, (account, _password) in found.items()})
    if packages is not None:
        _fill(packages, {login: account for login, (account, _password) in found.items()})
    click.echo("演示账号 · demo accounts:")
    for login, (account, password) in found.items():
        factor = f"   动态口令 · code: {_as_typed()} demo otp {login}" if _has_totp(account) else ""
        click.echo(f"  {login:<14}{password}{factor}")


def _fill(packages: Path, accounts: dict[str, Account]) -> None:
    """The call, the samples, and the course that was published."""
    from ketang.command.demo_course import Cast, send_and_publish
    from ketang.command.demo_packages import put_in
    from ketang.command.demo_recommender import recommend

    click.echo("· 放入征集和试检的例子 · a call, and samples to try")
    call = put_in(packages, accounts["administrator"])
    click.echo("· 报送、检查、入选、发布一门课 · a package is sent, checked, selected and published")
    send_and_publish(Cast(accounts["supplier"], accounts["clerk"], accounts["administrator"]), call)
    recommend(accounts["clerk"], call)
    click.echo(f"· 推荐单位的链接 · link of the recommending body: {_as_typed()} demo recommender")


@demo.command("otp")
@click.argument("login", type=click.Choice(sorted(NAMES)))
@with_django
def otp(login: str) -> None:
    """显示演示账号此刻的动态口令。 · The one-time password of a demo account, now."""
    import time

    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    from ketang.platform.encryption import decrypt

    if not _mark().exists():
        click.echo(
            f"{_mark().parent} 里没有演示：请照 make run 打印的整行命令输入，开头的 KETANG_HOME=… 指明是哪个实例。"
            " · No demonstration there: type the whole line that make run printed; its KETANG_HOME=… names the instance.",
            err=True,
        )
        sys.exit(1)
    found = Authenticator.objects.filter(user__login=login, type=Authenticator.Type.TOTP).first()
    if found is None:
        click.echo("这个演示账号不需要动态口令。 · This demo account needs no code.", err=True)
        sys.exit(1)
    click.echo(format_hotp_value(hotp_value(decrypt(found.data["secret"]), int(time.time()) // 30)))


@demo.command("recommender")
@with_django
def recommender() -> None:
    """推荐单位的新链接，以前的作废。 · A new link of the recommending body; the one before ends."""
    from ketang.command.demo_recommender import new_link

    link = new_link() if _mark().exists() else ""
    if not link:
        click.echo(
            "没有演示的推荐单位：请先运行 ketang demo --packages。 · No recommending body: run ketang demo --packages first.",
            err=True,
        )
        sys.exit(1)
    click.echo(link)


def _as_typed() -> str:
    """How the person who runs this reaches the same instance again from the same folder."""
    home = os.environ.get("KETANG_HOME")
    program = sys.argv[0] if Path(sys.argv[0]).name == "ketang" else "python -m ketang"
    if shutil.which("ketang") == program:
        program = "ketang"
    elif Path(program).is_absolute() and Path(program).is_relative_to(Path.cwd()):
        program = str(Path(program).relative_to(Path.cwd()))
    return (f"KETANG_HOME={shlex.quote(home)} " if home else "") + program


def _mark() -> Path:
    from ketang.settings.site import DEMONSTRATION_MARK

    return DEMONSTRATION_MARK


def _account(login: str, name: str) -> tuple[Account, str]:
    """The account with a new password."""
    from ketang.people.account.actions import open_by_command, set_password_by_command
    from ketang.people.account.models import Account

    standing = Account.objects.filter(login=login).first()
    if standing is None:
        opened = open_by_command(login=login, name=name)
        return opened.account, opened.password
    return standing, set_password_by_command(account=standing)


def _enrol(accounts: dict[str, Account]) -> None:
    """Roles, organisations (the supplier's as its package names it), second factors; what stands already stays."""
    from kebao.demo.course import manifest
    from ketang.command.demo_recommender import NAME
    from ketang.people.organisation.actions import (
        add_member,
        register_centre,
        register_organisation,
        register_recommender,
    )
    from ketang.people.organisation.models import OrganisationKind
    from ketang.people.organisation.queries import organisations_of
    from ketang.people.role.actions import appoint, appoint_first_administrator
    from ketang.people.role.models import APPOINTED, Role
    from ketang.people.role.queries import holds

    administrator = accounts["administrator"]
    if not holds(administrator, Role.ADMINISTRATOR):
        appoint_first_administrator(account=administrator)
    for role in APPOINTED:
        appoint(actor=administrator, account=accounts[role], role=role)
        _second_factor(accounts[role], role)
    if not organisations_of(accounts["supplier"]).exists():
        unit = manifest().supplier
        register_organisation(
            actor=accounts["supplier"], kind=OrganisationKind.UNIT, name=unit.name, credit_code=unit.credit_code
        )
    if not organisations_of(accounts["recommender"]).exists():
        body = register_recommender(actor=administrator, kind=OrganisationKind.BUREAU, name=NAME)
        add_member(invited_by=administrator, account=accounts["recommender"], organisation=body, manages=True)
    if not organisations_of(accounts["centre"]).exists():
        centre = register_centre(actor=administrator, name="示例区残疾人培训中心")
        add_member(invited_by=administrator, account=accounts["centre"], organisation=centre, manages=True)
    _second_factor(accounts["centre"], Role.CENTRE)


def _second_factor(account: Account, role: Role) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from ketang.platform.audit.actions import SYSTEM, record

    if not _has_totp(account):
        TOTP.activate(account, generate_totp_secret())
        RecoveryCodes.activate(account)
        kind = Authenticator.Type.TOTP.value
        record(actor=SYSTEM, action="people.add_second_factor", of=account, payload={"kind": kind, "role": role})


def _has_totp(account: Account) -> bool:
    from allauth.mfa.models import Authenticator

    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())
