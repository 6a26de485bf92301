"""The product itself, served by its own command, and Debian's Chromium before it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
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
def filled(
    run_folder: Path, one_at_a_time: Callable[[str], AbstractContextManager[None]]
) -> tuple[Path, dict[str, Any]]:
    """A home with its tables, its people and their rows, made once for all processes of a run; and where everything is."""
    if not ENGINES.is_dir() or not (ROOT / "src/ketang/web/static/vendor/govuk.css").is_file():
        pytest.skip("the interface's assets are not built: python tools/interface_assets.py --tests")
    home, said = run_folder / "interface", run_folder / "interface.json"
    with one_at_a_time("interface"):
        if not said.exists():
            subprocess.run([sys.executable, str(ROOT / "tools/messages.py"), "compile"], check=True)
            home.mkdir()
            run = {"env": environment_of(home), "cwd": home, "check": True, "stdout": subprocess.PIPE}
            subprocess.run([sys.executable, "-m", "ketang", "migrate"], **run)
            done = subprocess.run([sys.executable, "-m", "interface.places"], **run)
            said.write_bytes(done.stdout.splitlines()[-1])
    return home, json.loads(said.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def site(filled: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of it for each process, and `ketang serve` on a free port."""
    home = tmp_path_factory.mktemp("interface") / "home"
    shutil.copytree(filled[0], home, symlinks=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = environment_of(home) | {"KETANG_ORIGIN": f"http://127.0.0.1:{port}"}
    server = subprocess.Popen(
        [sys.executable, "-m", "ketang", "serve", "--workers", "0", "--port", str(port)], env=environment, cwd=home
    )
    origin = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{origin}/healthz", server)
        yield Site(origin, **filled[1])
    finally:
        server.terminate()
        server.wait(20)


def environment_of(home: Path) -> dict[str, str]:
    """What a process of the instance is started with."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("KETANG_", "DJANGO_"))}
    return plain | {
        "DJANGO_SETTINGS_MODULE": "interface_settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
        "KETANG_HOME": str(home),
        "KETANG_DESK_ROOT": str(home / "media"),
    }


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Any]:
    """One Chromium; its contexts are made once."""
    with launched() as chromium:
        yield Browser(chromium, site.origin, site.places, site.sessions, ENGINES)
