"""Debian's Chromium before a served product: how it is launched, waited for and asked."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip


@contextmanager
def playwright_here() -> Iterator[Any]:
    """Playwright, for Chromium; the test is skipped where either is missing."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).is_file():
        pytest.skip("no Chromium: apt install chromium")
    with sync.sync_playwright() as playwright:
        yield playwright


@contextmanager
def launched() -> Iterator[Any]:
    """Chromium, headless; the test is skipped where there is none."""
    with playwright_here() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers, a minute at most."""
    for _ in range(600):
        assert server.poll() is None, "ketang serve ended"
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def until(page: Any, expression: str, arg: Any = None, timeout: int = 30_000) -> None:
    """Ask the page again and again until the expression is true of it.

    Playwright's own `wait_for_function` builds a function from text inside the page, which the page's security policy forbids.
    """
    end = time.monotonic() + timeout / 1000
    while not page.evaluate(expression, arg):
        if time.monotonic() > end:
            raise AssertionError(f"not true within {timeout / 1000:.0f} s: {expression}")
        page.wait_for_timeout(50)
