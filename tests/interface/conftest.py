"""The product itself, served by its own command, and Debian's Chromium before it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browsing import launched, wait_for
from interface.looking import Browser

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ROOT / "build/interface/node_modules"


@dataclass(frozen=True, slots=True)
class Site:
    """A running instance."""

    origin: str
    places: dict[str, str]
    sessions: dict[str, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An instance of its own with its tables, its people, and `ketang serve` on a free port."""
    if not ENGINES.is_dir() or not (ROOT / "src/ketang/web/static/vendor/govuk.css").is_file():
        pytest.skip("the interface's assets are not built: python tools/interface_assets.py --tests")
    subprocess.run([sys.executable, str(ROOT / "tools/messages.py"), "compile"], check=True)
    home = tmp_path_factory.mktemp("interface")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KETANG_", "DJANGO_"))}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "interface_settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
        "KETANG_HOME": str(home),
        "KETANG_ORIGIN": f"http://127.0.0.1:{port}",
    }
    run = {"env": environment, "cwd": home, "check": True, "stdout": subprocess.PIPE}
    subprocess.run([sys.executable, "-m", "ketang", "migrate"], **run)
    filled = json.loads(subprocess.run([sys.executable, "-m", "interface.places"], **run).stdout.splitlines()[-1])
    server = subprocess.Popen(
        [sys.executable, "-m", "ketang", "serve", "--workers", "0", "--port", str(port)], env=environment, cwd=home
    )
    origin = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{origin}/healthz", server)
        yield Site(origin, **filled)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Any]:
    """One Chromium; its contexts are made once."""
    with launched() as chromium:
        yield Browser(chromium, site.origin, site.places, site.sessions, ENGINES)
