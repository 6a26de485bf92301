"""kill -9 of the web server while a sheet keeps itself, on both columns: what was acknowledged is there, whole, and nothing is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from http.client import HTTPException

import pytest

from ketang.people.account.models import Account
from ketang.selection.assigning.actions import assign
from ketang.selection.assigning.models import MemberCount
from ketang.selection.scoring.models import Sheet
from ketang_columns import Column, kill, until
from ketang_servers import free_port
from review_columns import Review, review

SIGNED_IN = """
import sys, django
django.setup()
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from interface.places import session_of
from ketang.people.account.models import Account
account = Account.objects.get(login=sys.argv[1])
TOTP.activate(account, generate_totp_secret())
print(session_of(account))
"""


class Window:
    """The expert's page: sends the whole sheet with each change, and again until it is acknowledged."""

    def __init__(self, made: Review, site: str, session: str, address: str) -> None:
        self.made, self.site, self.address = made, site, address
        self.cookies = f"sessionid={session}; csrftoken={'a' * 32}"
        self.revision = self.acknowledged = 0

    def words(self, number: int) -> str:
        return f"第 {number} 句。" + "示例" * 200

    def send(self, number: int) -> bool:
        """Whether the server acknowledged the change of that number; False when it died over it."""
        said = {
            "filled": self.made.filled("7", self.words(number)),
            "private": f"自己的第 {number} 句",
            "revision": self.revision,
        }
        sent = urllib.request.Request(
            f"{self.site}{self.address}",
            json.dumps(said).encode(),
            {"Cookie": self.cookies, "X-CSRFToken": "a" * 32, "Content-Type": "application/json", "Referer": self.site},
        )
        try:
            with urllib.request.urlopen(sent, timeout=60) as answer:
                content = answer.read()
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused
        except (OSError, HTTPException):
            return False
        self.revision = json.loads(content)["revision"]
        self.acknowledged = number
        return True


def keep_through_kills(column: Column, shipped_call: str, *, kills: int, seed: int) -> tuple[int, int]:
    """Changes acknowledged, and kills that hit one under way. All assertions are here."""
    chance, port = random.Random(seed), free_port()
    made = review(shipped_call, [b"no package"], experts=1)
    if column.name == "large":
        column.run("migrate")  # its static files
    assignment = assign(actor=made.chief, submission=made.packages[0], expert=made.seats[0].expert)
    window = Window(
        made, f"http://127.0.0.1:{port}", session_of(column, made.members[0]), f"/review/{assignment.uuid}/sheet/keep"
    )
    number, hit = 0, 0
    for _kill in range(kills + 1):
        process = column.start("serve", "--port", str(port), "--workers", "0")
        try:
            until(lambda: answers(window.site), column.log)
            for more in range(3 if number else 1):  # after a kill: what the server did not acknowledge, once more
                number += bool(more) or not number
                assert window.send(number)
            last = threading.Timer(chance.uniform(0, 0.3), kill, [process])
            last.start()
            while True:
                number += 1
                if not window.send(number):
                    break
            last.join()
        finally:
            kill(process)
        kept = Sheet.objects.get()
        said = kept.filled["overall"], kept.private
        known = {n: (window.words(n), f"自己的第 {n} 句") for n in (window.acknowledged, number)}
        assert said in known.values(), (window.acknowledged, number, said[0][:20])
        assert kept.revision == window.revision + (said == known[number])
        hit += said == known[number]
    assert MemberCount.objects.get().last_at is not None
    assert column.run("verify-audit").returncode == 0
    return window.acknowledged, hit


def session_of(column: Column, account: Account) -> str:
    """A session that the served instance takes: signed with its own key."""
    told = subprocess.run(
        [sys.executable, "-c", SIGNED_IN, account.login], env=dict(column.environment), cwd=column.home, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.strip()


def answers(site: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{site}/healthz", timeout=5):
        return True
    return False


def test_a_kill_while_a_sheet_keeps_itself(column: Column, shipped_call: str) -> None:
    acknowledged, _hit = keep_through_kills(column, shipped_call, kills=1, seed=20260101)
    assert acknowledged >= 4


@pytest.mark.sweep
@pytest.mark.timeout(3600)
def test_thirty_kills_while_a_sheet_keeps_itself(column: Column, shipped_call: str) -> None:
    acknowledged, _hit = keep_through_kills(column, shipped_call, kills=30, seed=1)
    assert acknowledged >= 90
