"""How an instance begins, and what to do when somebody is locked out; and where errors are told."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from ketang.people.account.actions import open_account, remove_second_factor
from ketang.people.account.models import Account
from ketang.people.account.queries import accounts
from ketang.people.organisation.models import Organisation
from ketang.people.organisation.queries import organisations
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.models import AuditEntry
from ketang_columns import Column


def password(said: str) -> str:
    found = re.search(r"password: (\S+)", said)
    assert found is not None
    return found[1]


def test_the_first_administrator(small_column: Column) -> None:
    given = password(small_column.run("administrator", "chief", "示例管理员").stdout)
    account = Account.objects.get()
    assert (account.check_password(given), roles_of(account)) == (True, {Role.ADMINISTRATOR, Role.LEARNER})
    with pytest.raises(subprocess.CalledProcessError) as refused:
        small_column.run("administrator", "second", "另一位")
    assert "已经有系统管理员" in refused.value.stderr
    assert Account.objects.count() == 1
    TOTP.activate(account, generate_totp_secret())
    given = password(small_column.run("password", "chief", "--second-factor").stdout)
    account.refresh_from_db()
    assert (account.check_password(given), Authenticator.objects.count()) == (True, 0)
    with pytest.raises(subprocess.CalledProcessError, match="password"):
        small_column.run("password", "nobody")


def test_a_lost_second_factor_is_taken_away_by_an_administrator(actors: dict[Role, Actor]) -> None:
    clerk = actors[Role.CLERK]
    assert isinstance(clerk, Account)
    TOTP.activate(clerk, generate_totp_secret())
    remove_second_factor(actor=actors[Role.ADMINISTRATOR], account=clerk)
    assert Authenticator.objects.count() == 0
    last = AuditEntry.objects.order_by("number").last()
    assert last is not None
    assert (last.action, last.object_key) == ("people.remove_second_factor", str(clerk.uuid))


def test_accounts_and_organisations_are_found_by_words(administrator: Account, unit: Organisation) -> None:
    pupil = open_account(actor=administrator, login="xuesheng-1", name="学生甲").account
    assert list(accounts("学生 XUE")) == [pupil]
    assert list(accounts("学生 administrator")) == []
    assert len(accounts()) == 3
    assert list(organisations("培训 9112")) == [unit]
    assert list(organisations("协会")) == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_is_told_outside_of_debugging_too(small_column: Column, form: str) -> None:
    program = (
        "import django; django.setup(); import logging\n"
        "logging.getLogger('django.request').error('坏了 %s', '甲')\n"
        "logging.getLogger('ketang.trial').info('开始')\n"
    )
    environment = {**small_column.environment, "KETANG_LOG": form}
    words = [line for line in _said(program, environment, small_column).splitlines() if line]
    if form == "json":
        assert [(row["level"], row["logger"], row["message"]) for row in map(json.loads, words)] == [
            ("ERROR", "django.request", "坏了 甲"),
            ("INFO", "ketang.trial", "开始"),
        ]
    else:
        assert [word.partition(" ")[2].partition(" ")[2] for word in words] == [
            "ERROR django.request: 坏了 甲",
            "INFO ketang.trial: 开始",
        ]


def _said(program: str, environment: dict[str, str], column: Column) -> str:
    import sys

    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=column.home, check=True, capture_output=True, text=True
    ).stderr
