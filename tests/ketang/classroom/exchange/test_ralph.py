"""The statements before a real store that is not ours: Ralph (`ralph-malph`), in an environment of its own that `KEBAO_RALPH` names.

python3 -m venv V; V/bin/pip install 'ralph-malph[lrs]==5.1.0' requests python-dateutil cryptography
KEBAO_RALPH=V/bin/python pytest -m extra tests/ketang/classroom/exchange/test_ralph.py
"""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from ketang.classroom.exchange.statements import CERTIFICATE, EARNED, KINDS, Score, Thing, statement
from ketang.classroom.exchange.store import Store, Unreachable
from ketang_servers import free_port

pytestmark = pytest.mark.extra
SITE = "https://ketang.example.org"
_HASH = "import bcrypt; print(bcrypt.hashpw(b'secret', bcrypt.gensalt()).decode())"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    python = os.environ.get("KEBAO_RALPH", "")
    if not python:
        pytest.skip("KEBAO_RALPH names no Python with ralph-malph")
    told = subprocess.run([python, "-c", _HASH], check=True, capture_output=True, text=True).stdout.strip()
    user = {"agent": {"mbox": "mailto:ketang@example.org"}, "scopes": ["all"], "hash": told, "username": "ketang"}
    (tmp_path / "auth.json").write_text(json.dumps([user]))
    found = free_port()
    environment = {
        "PATH": os.environ["PATH"], "RALPH_AUTH_FILE": str(tmp_path / "auth.json"), "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(tmp_path), "RALPH_APP_DIR": str(tmp_path),
    }  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        command = [python, "-m", "uvicorn", "ralph.api:app", "--port", str(found)]
        served = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
    try:
        for _ in range(600):
            assert served.poll() is None, (tmp_path / "log").read_text()
            try:
                socket.create_connection(("127.0.0.1", found)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        served.terminate()
        served.wait(20)


def test_a_real_store_takes_them_once_and_gives_them_back(port: int) -> None:
    course = Thing(f"{SITE}/courses/1", f"{KINDS}course", "饮水照护")
    learner, at = UUID(int=7), datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    paper, lesson = Thing(f"{SITE}/learn/papers/1", f"{KINDS}assessment", "试卷1"), Thing(f"{SITE}/courses/1#2", f"{KINDS}lesson", "试水温")  # fmt: skip
    made = [
        statement(
            origin=SITE, source="marking:1", learner=learner, verb="passed", of=paper, inside=course, at=at,
            score=Score(Decimal("66.67"), Decimal(100), True), used_ms=123_456, registration=UUID(int=9),
        ),
        statement(origin=SITE, source="progress:1", learner=learner, verb="completed", of=lesson, inside=course, at=at, used_ms=90_000),
        statement(
            origin=SITE, source="certificate:1", learner=learner, verb=EARNED, of=Thing(f"{SITE}/certificates/?number=ZS1", CERTIFICATE, "饮水照护"),
            inside=course, at=at,
        ),
    ]  # fmt: skip
    store = Store.read(f"http://ketang:secret@127.0.0.1:{port}/xAPI")
    assert (store.send(made), store.send(made)) == ("", "")
    with pytest.raises(Unreachable, match="401"):
        Store.read(f"http://ketang:wrong@127.0.0.1:{port}/xAPI").send(made)
    key = base64.b64encode(b"ketang:secret").decode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/xAPI/statements", headers={"Authorization": f"Basic {key}", "X-Experience-API-Version": "1.0.3"}
    )  # fmt: skip
    with urllib.request.urlopen(asked, timeout=20) as answer:
        kept = json.load(answer)["statements"]
    ours = [{name: one[name] for name in made[0] if name in one} for one in kept]
    assert sorted(ours, key=lambda one: one["id"]) == sorted(made, key=lambda one: str(one["id"]))
