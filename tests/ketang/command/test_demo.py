"""`ketang demo` and `ketang doctor`, in processes of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import needs_second_factor, roles_of
from ketang.platform.audit.queries import Whole, verify
from ketang_columns import Column


def passwords(said: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) +((?:\w{4}-){3}\w{4})", said, re.MULTILINE))


def test_an_account_of_each_role(column: Column) -> None:
    first = passwords(column.run("demo").stdout)
    assert set(first) == {str(role) for role in Role} - {"visitor"}
    accounts = {account.login: account for account in Account.objects.all()}
    assert {login: roles_of(account) for login, account in accounts.items()} == {
        login: frozenset({Role(login), Role.LEARNER}) for login in first
    }
    assert all(accounts[login].check_password(password) for login, password in first.items())
    second = passwords(column.run("demo").stdout)
    assert set(second.values()).isdisjoint(first.values())
    assert Account.objects.get(login="clerk").check_password(second["clerk"])
    assert Account.objects.count() == len(first)
    assert isinstance(verify(), Whole)


def test_everybody_gets_in_with_password_and_code(small_column: Column) -> None:
    for login, password in passwords(small_column.run("demo").stdout).items():
        client = Client()
        answer = client.post("/account/login/", {"login": login, "password": password})
        if needs_second_factor(Account.objects.get(login=login)):
            assert answer.headers["Location"] == "/account/2fa/authenticate/"
            code = small_column.run("demo", "otp", login).stdout.strip()
            answer = client.post("/account/2fa/authenticate/", {"code": code})
        assert (login, answer.status_code, answer.headers["Location"]) == (login, 302, "/")
        assert (login, client.get("/").status_code) == (login, 200)


def test_the_line_that_is_printed_gives_a_code(small_column: Column) -> None:
    said = small_column.run("demo").stdout
    printed = re.search(r"code: (.+ demo otp clerk)$", said, re.MULTILINE)
    assert printed is not None
    # As typed into a shell that knows nothing of the instance, from the same folder and with the same Python.
    plain = {name: value for name, value in small_column.environment.items() if not name.startswith("KETANG_")}
    line = printed[1].replace("python -m", f"{sys.executable} -m")
    done = subprocess.run(["bash", "-c", line], env=plain, check=True, capture_output=True, text=True)
    assert re.fullmatch(r"\d{6}\n", done.stdout)


def test_an_instance_without_tables_says_what_to_type(tmp_path: Path, small_column: Column) -> None:
    environment = {**small_column.environment, "KETANG_HOME": str(tmp_path / "elsewhere")}
    command = [sys.executable, "-m", "ketang", "demo", "otp", "clerk"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{tmp_path / 'elsewhere'} 里没有演示：请照 make run 打印的整行命令输入")


def test_not_in_an_instance_with_people_of_its_own(small_column: Column) -> None:
    open_by_command(login="somebody", name="某人")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        small_column.run("demo")
    assert refused.value.stderr == "这个实例已有真实账号，不能放入演示账号。 · This instance has accounts of its own.\n"
    with pytest.raises(subprocess.CalledProcessError) as without:
        small_column.run("demo", "otp", "clerk")
    assert without.value.stderr.startswith(f"{small_column.home} 里没有演示：")
    assert Account.objects.count() == 1


def test_migrating_again_says_that_nothing_was_to_do(small_column: Column) -> None:
    assert small_column.run("migrate").stdout == "· 数据表已是最新 · the tables are up to date\n"


def test_the_doctor_finds_nothing_in_a_good_instance(column: Column) -> None:
    said = column.run("doctor").stdout
    assert "✗" not in said
    assert said.count("✓") == 10


FAULTS = {
    "debug": ({"KETANG_DEBUG": "1"}, "调试模式"),
    "key": ({}, "密钥只有属主可读"),
    "cache": ({"KETANG_CACHE": "redis://127.0.0.1:1/0"}, "缓存"),
    "broker": ({"KETANG_BROKER": "redis://127.0.0.1:1/0"}, "队列"),
    "database": ({"KETANG_DATABASE": "postgres://nobody@127.0.0.1:1/none"}, "数据库"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_doctor_says_what_is_wrong(small_column: Column, fault: str) -> None:
    environment, words = FAULTS[fault]
    if fault == "key":
        (small_column.home / "secret-key").chmod(0o644)
    sick = Column("small", small_column.home, {**small_column.environment, **environment})
    with pytest.raises(subprocess.CalledProcessError) as told:
        sick.run("doctor")
    wrong = [line for line in told.value.stdout.splitlines() if line.startswith("✗")]
    assert wrong
    assert words in wrong[0]
    if fault != "database":
        assert len(wrong) == 1
