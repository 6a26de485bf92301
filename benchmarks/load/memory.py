"""Memory of the site: idle, after it has served pages, while a large file comes in, and while a package is checked."""

from __future__ import annotations

import http.client
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil

from load.instance import Instance, Served, family, resident_mb, served

SITE_MB, CHECK_MB, UPLOAD_MB, FIRST_PAGE_S = 200.0, 400.0, 50.0, 3.0
LARGE = 300 << 20
PIECE = 1 << 20
ROWS = str(Path(__file__).with_name("rows.py"))


def memory(made: Instance) -> list[str]:
    """Print each figure; what misses its goal."""
    filled = made.told(ROWS, "100")
    sessions = filled["sessions"]
    missed = []

    def said(what: str, value: float, goal: float, unit: str) -> None:
        good = value <= goal
        missed.extend([] if good else [what])
        print(f"{what:52} {value:>7.1f} {unit}   ≤{goal:g} {'✓' if good else '✗'}")

    with served(made) as site:
        said("first page after the start of `ketang serve`", site.first_page_s, FIRST_PAGE_S, "s")
        time.sleep(5)  # the worker has started, too, and idles
        told = partial(_told, site, said)
        told("idle")
        for path, who in (
            ("/", ""),
            ("/calls/", ""),
            ("/courses/", ""),
            ("/supplier/", "supplier"),
            ("/office/", "clerk"),
        ):
            for _ in range(20):
                _get(made, path, sessions.get(who, ""))
        told("after 100 pages of five kinds")
        web = family(site.part("web"))
        for how, send in (("a plain form", _by_form), ("tus", _by_tus)):
            before = resident_mb(*web)
            with _peak(web) as peak:
                send(made, sessions["supplier"])
            said(f"300 MB uploaded by {how}: web's growth", peak() - before, UPLOAD_MB, "MB")
    return missed


def _told(site: Served, said: Callable[[str, float, float, str], None], when: str) -> None:
    """Web and worker, each with what it started; the supervisor, which only waits for them, beside it."""
    whole = resident_mb(*family(site.process))
    said(f"{when}: web and worker", whole - resident_mb(site.process), SITE_MB, "MB")
    print(f"{when + ', the supervisor with them':52} {whole:>7.1f} MB")


@contextmanager
def _peak(processes: list[psutil.Process]) -> Iterator[Callable[[], float]]:
    """The most that the processes held together, read fifty times a second."""
    over, most = threading.Event(), [0.0]

    def look() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], resident_mb(*processes))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        thread.join()


def _get(made: Instance, path: str, session: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", made.port, timeout=60)
    line.request("GET", path, headers={"Cookie": f"sessionid={session}"} if session else {})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    line.close()
    return token[1] if token else ""


def _by_form(made: Instance, session: str) -> None:
    """A visitor's trial of 300 MB through the form."""
    edge, token = "----benchmark-edge", _get(made, "/checks/try", session)
    head = f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
    head += f'--{edge}\r\nContent-Disposition: form-data; name="package"; filename="a.zip"\r\n\r\n'
    tail = f"\r\n--{edge}--\r\n"
    length = len(head) + LARGE + len(tail)
    line = _begun(made, "POST", "/checks/try", length, {
        "Content-Type": f"multipart/form-data; boundary={edge}", "Cookie": f"sessionid={session}; csrftoken={token}",
    })  # fmt: skip
    line.send(head.encode())
    _pour(line)
    line.send(tail.encode())
    _ended(line, (200, 302))


def _by_tus(made: Instance, session: str) -> None:
    """300 MB in one request of tus."""
    token = _get(made, "/checks/try", session)
    tus = {"Tus-Resumable": "1.0.0", "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    line = _begun(made, "POST", "/uploads/", 0, {**tus, "Upload-Length": str(LARGE)})
    place = _ended(line, (201,))
    more = {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    line = _begun(made, "PATCH", place, LARGE, more)
    _pour(line)
    _ended(line, (204,))


def _begun(made: Instance, method: str, path: str, length: int, headers: dict[str, str]) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection("127.0.0.1", made.port, timeout=300)
    line.putrequest(method, path)
    for name, value in {"Origin": made.origin, "Content-Length": str(length), **headers}.items():
        line.putheader(name, value)
    line.endheaders()
    return line


def _pour(line: http.client.HTTPConnection) -> None:
    for _ in range(LARGE // PIECE):
        line.send(os.urandom(PIECE))


def _ended(line: http.client.HTTPConnection, expected: tuple[int, ...]) -> str:
    answer = line.getresponse()
    words = answer.read()
    line.close()
    if answer.status not in expected:
        raise RuntimeError(f"{answer.status}: {words[:300]!r}")
    return answer.headers.get("Location", "")
