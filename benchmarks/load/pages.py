"""What a page costs: CPU of the web server's processes for each request, by `httpbench.py`, and its queries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from load.instance import Instance, Served

SHARED = Path(os.environ.get("KEBAO_SHARED", Path(__file__).resolve().parents[3] / "shared"))

PAGES = {
    "call page": ("visitor", "/calls/{slug}", 5),
    "supplier's list": ("supplier", "/supplier/", 20),
    "supplier's list, page 2": ("supplier", "/supplier/?page=2", 20),
    "office's list": ("clerk", "/office/", 20),
    "office's list, page 2": ("clerk", "/office/?page=2", 20),
    "in one state": ("clerk", "/office/?state=incomplete", 20),
    "search: one word, half": ("clerk", f"/office/?words={quote('照护')}", 20),
    "search: every row": ("clerk", f"/office/?words={quote('示例')}", 20),
    "search: two phrases": ("clerk", f"/office/?words={quote('按摩 培训')}", 20),
    "search: a number": ("clerk", "/office/?words=TIANJIN-2023-0077", 20),
    "search: in one state": ("clerk", f"/office/?words={quote('照护')}&state=submitted", 20),
}
"""Page → who looks, its address, and its goal in milliseconds of CPU."""

_QUERIES = """
import json, re, sys
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
ROW = re.compile('href="/(?:supplier|office)/[^"]*[0-9a-f]{8}-')
counts = {}
for name, (session, path) in json.loads(sys.argv[1]).items():
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path, headers={"host": "127.0.0.1"})
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path, headers={"host": "127.0.0.1"})
    assert answer.status_code == 200
    counts[name] = [len(seen), len(ROW.findall(answer.content.decode()))]
print(json.dumps(counts))
"""


Pages = dict[str, tuple[str, str, int]]


def queries(made: Instance, filled: dict[str, object], pages: Pages = PAGES) -> dict[str, list[int]]:
    """Of each page its queries and the rows that it shows."""
    sessions, slug = dict(filled["sessions"]), filled["slug"]  # type: ignore[call-overload]
    asked = {name: (sessions.get(role), path.format(slug=slug)) for name, (role, path, _goal) in pages.items()}
    return dict(made.told("-c", _QUERIES, json.dumps(asked)))


ROUNDS = 3
"""Rounds of requests, of which the one counts that cost least: what else the machine does can only add to it."""


def cpu_ms(
    made: Instance, site: Served, filled: dict[str, object], name: str, requests: int, pages: Pages = PAGES
) -> dict[str, float]:
    """Milliseconds of CPU a request, and the time its answer took; RuntimeError when any answer was an error."""
    rounds = [_round(made, site, filled, pages[name], requests) for _ in range(ROUNDS)]
    return min(rounds, key=lambda done: done["cpu_ms_per_req"])


def cpu_by_turns(
    made: Instance, site: Served, filled: dict[str, object], requests: int, pages: Pages, rounds: int = 6
) -> dict[str, dict[str, float]]:
    """The same for all pages by turns, so that a minute in which the machine is slow is not one page's alone."""
    told: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, page in pages.items():
            told[name].append(_round(made, site, filled, page, requests))
    return {name: min(done, key=lambda one: one["cpu_ms_per_req"]) for name, done in told.items()}


def _round(
    made: Instance, site: Served, filled: dict[str, object], page: tuple[str, str, int], requests: int
) -> dict[str, float]:
    role, path, _goal = page
    session = dict(filled["sessions"]).get(role)  # type: ignore[call-overload]
    words = [
        sys.executable, str(SHARED / "bench/httpbench.py"), "get", made.origin + path.format(slug=filled["slug"]),
        "-c", "1", "-d", "120", "-n", str(requests), "--warm", "5", "--pid", str(site.part("web").pid),
    ]  # fmt: skip
    if session:
        words += ["--cookie", f"sessionid={session}"]
    done = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    if done["errors"]:
        raise RuntimeError(f"{path}: {done}")
    return done  # type: ignore[no-any-return]
