"""`ketang keys`: the keys that sign what this instance publishes."""

from __future__ import annotations

import click

from ketang.command.setup import with_django


@click.group("keys", invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    """签名密钥的指纹。 · Fingerprints of the signing keys."""
    if context.invoked_subcommand is None:
        context.invoke(listed)


@keys.command("list")
@with_django
def listed() -> None:
    """列出全部。 · List them all."""
    from ketang.platform.signing.queries import published_keys

    found = published_keys()
    for key in found:
        state = "正在使用 · current" if key.is_current else f"{key.retired_at:%Y-%m-%d} 停用 · retired"
        click.echo(f"{key.fingerprint}  {key.made_at:%Y-%m-%d}  {state}")
    if not found:
        click.echo("还没有：第一次签名时生成。 · None yet: it is made when first needed.")


@keys.command("rotate")
@click.option("--reason", required=True, help="为什么换 · why")
@with_django
def rotate(reason: str) -> None:
    """换一把新的；旧的公钥仍然公布。 · A new key; the old public one stays published."""
    from ketang.platform.audit.actions import SYSTEM
    from ketang.platform.refusal import Refused
    from ketang.platform.signing import actions

    try:
        made = actions.rotate(actor=SYSTEM, reason=reason)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(made.fingerprint)
