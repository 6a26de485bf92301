"""Sixteen people at once at a served instance: every one of them is answered."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

import pytest

from ketang.people.account.actions import Opened, open_by_command
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang_columns import Column, kill, until
from ketang_servers import free_port

PEOPLE = 16


def sign_in(site: str, opened: Opened) -> tuple[int, str]:
    """Fill in the form of the page as a browser does; where it led."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{site}/account/login/", timeout=120) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "login": opened.account.login, "password": opened.password}
    sent = urllib.request.Request(f"{site}/account/login/", urllib.parse.urlencode(form).encode(), {"Referer": site})
    with browser.open(sent, timeout=120) as answer:
        return answer.status, urllib.parse.urlsplit(answer.url).path


@pytest.mark.parametrize("column", ["small", "large"], indirect=True)
def test_sixteen_sign_in_at_once(column: Column) -> None:
    if column.name == "large":
        column.run("migrate")
    everybody = [open_by_command(login=f"person-{number}", name=f"示例{number}") for number in range(PEOPLE)]
    port = free_port()
    process = column.start("serve", "--port", str(port), "--workers", "0")
    site = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(site), column.log)
        with ThreadPoolExecutor(PEOPLE) as pool:
            found = list(pool.map(lambda opened: sign_in(site, opened), everybody))
    finally:
        kill(process)
    assert found == [(200, "/")] * PEOPLE, column.log()
    signed = AuditEntry.objects.filter(action="people.sign_in").values_list("actor", flat=True)
    assert sorted(signed) == sorted(f"account:{opened.account.uuid}" for opened in everybody)
    assert isinstance(verify(), Whole)


def answers(site: str) -> bool:
    try:
        with urllib.request.urlopen(f"{site}/healthz", timeout=5):
            return True
    except OSError:
        return False
