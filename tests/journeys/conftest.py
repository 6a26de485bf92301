"""A demonstration as `make run` starts it: its own home, `ketang serve` with a worker on a free port, Debian's Chromium before it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from browsing import launched, wait_for

ROOT = Path(__file__).resolve().parents[2]


PACKAGES = "build/demo"
"""Where `make run` draws the films, too: what it has drawn is used again."""
PREPARING = (
    ("kebao.demo", PACKAGES),
    ("ketang", "migrate"),
    ("ketang", "demo", "--packages", PACKAGES),
)
"""What the recipe of `make run` does before it serves; `test_first_minutes` holds them against each other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first journey of a run waits for the films to be drawn."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.timeout(900))


@dataclass(slots=True)
class Demonstration:
    """A running instance with the accounts of `ketang demo`; `passwords` by role, which is the login; `made` of logins that a journey added."""

    origin: str
    home: Path
    environment: dict[str, str]
    passwords: dict[str, str]
    made: dict[str, str] = field(default_factory=dict)
    _last_code: dict[str, str] = field(default_factory=dict)
    _signed_in: dict[str, Any] = field(default_factory=dict)

    def ketang(self, *arguments: str) -> str:
        """What a command of this instance prints."""
        command = [sys.executable, "-m", "ketang", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=self.home, check=True, capture_output=True, text=True
        ).stdout

    def code(self, role: str) -> str:
        """A one-time password that was not given before: each counts once, so a second sign-in waits for the next."""
        while (code := self.ketang("demo", "otp", role).strip()) == self._last_code.get(role):
            time.sleep(1)
        self._last_code[role] = code
        return code

    def sign_in(self, page: Any, role: str) -> None:
        """Sign in as a person does, with a code where one is asked for; later visitors of the run take over the session."""
        if role not in self._signed_in:
            page.goto("/account/login/")
            page.fill("[name=login]", role)
            page.fill("[name=password]", (self.passwords | self.made)[role])
            page.locator("main").get_by_role("button", name="登录", exact=True).click()
            if page.locator("[name=code]").count():
                page.fill("[name=code]", self.code(role))
                page.locator("main [type=submit]").first.click()
            page.locator("header").get_by_text("退出").wait_for()
            self._signed_in[role] = page.context.storage_state()["cookies"]
        page.context.add_cookies(self._signed_in[role])


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The home that the first three lines of `make run` leave, made once for all processes of a run; and the passwords."""
    if not (ROOT / "src/ketang/web/static/vendor/govuk.css").is_file():
        pytest.skip("the interface's assets are not built: python tools/interface_assets.py")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, said = shared / "demonstration", shared / "demonstration.txt"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            environment = _environment(home)
            for line in PREPARING:
                command = [sys.executable, "-m", *line]
                done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            said.write_text(done.stdout, encoding="utf-8")
    return home, dict(re.findall(r"^  ([a-z]+) +(\S+)", said.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(scope="session")
def demonstration(
    prepared: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """One for all journeys of a process: each leaves it so that the next can still walk."""
    home = tmp_path_factory.mktemp("journeys") / "home"
    shutil.copytree(prepared[0], home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    environment = _environment(home) | {"KETANG_ORIGIN": origin}
    serve = [sys.executable, "-m", "ketang", "serve", "--port", str(port)]
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(serve, env=environment, cwd=home, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"{origin}/healthz", server)
        yield Demonstration(origin, home, environment, prepared[1])
    finally:
        server.terminate()
        server.wait(30)


def _environment(home: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("KETANG_", "DJANGO_"))}
    return plain | {"PYTHONPATH": str(ROOT / "src"), "KETANG_HOME": str(home)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser; each visitor is a context of its own."""
    with launched() as browser:
        yield browser


@pytest.fixture
def page(chromium: Any, demonstration: Demonstration) -> Iterator[Any]:
    """A new visitor's page; an error in one of our scripts fails the journey."""
    context = chromium.new_context(
        base_url=demonstration.origin, viewport={"width": 1280, "height": 900}, locale="zh-CN"
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []
    context.close()
