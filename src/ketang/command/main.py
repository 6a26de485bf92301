"""`ketang`: serve, worker, migrate, demo, doctor, verify-audit … and `ketang django …` for Django's own commands."""

from __future__ import annotations

import os

import click

from ketang.command.administrator import administrator, password
from ketang.command.audit import verify_audit
from ketang.command.call import call
from ketang.command.catalogue import catalogue, list_what_is_public
from ketang.command.demo import demo
from ketang.command.desk import desk
from ketang.command.doctor import doctor
from ketang.command.keys import keys
from ketang.command.mail import mail
from ketang.command.rank import rank
from ketang.command.serve import content, serve, web
from ketang.command.setup import with_django
from ketang.command.worker import attempt, celery, worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """课堂平台：征集、检查、评审、学习。 · The platform: calls, checks, reviews, classroom."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketang.settings")


for command in (
    serve,
    web,
    content,
    worker,
    celery,
    attempt,
    administrator,
    password,
    demo,
    doctor,
    call,
    keys,
    mail,
    desk,
    rank,
    catalogue,
    verify_audit,
):
    main.add_command(command)


@main.command("migrate")
@click.option("--verbose", is_flag=True, help="列出每一步 · tell every step")
@with_django
def migrate(verbose: bool) -> None:
    """建立或更新数据库的表，收集静态文件。 · Create or update the tables; collect the static files."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from ketang.command.prepared import mark
    from ketang.instance import HOME

    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    click.echo(
        f"· 更新数据表（{steps} 步） · bringing the tables up to date ({steps} steps)"
        if steps
        else "· 数据表已是最新 · the tables are up to date"
    )
    call_command("migrate", interactive=False, verbosity=1 if verbose else 0)
    list_what_is_public()
    call_command("collectstatic", interactive=False, verbosity=0)
    mark(HOME)


@main.command("django", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def django_command(words: tuple[str, ...]) -> None:
    """Django 自己的命令。 · Django's own commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ketang django", *words])


if __name__ == "__main__":
    main()
