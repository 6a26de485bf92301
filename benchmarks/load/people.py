"""Sixteen suppliers who send complete submissions at once: begin, form F, rights, the package, send, receipt. No answer may be an error."""

from __future__ import annotations

import http.client
import io
import re
import time
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from load.instance import Instance, served

MANY, TURNS = 16, 4
ROWS = str(Path(__file__).with_name("rows.py"))

_COUNTED = """
import json
import django
django.setup()
from ketang.platform.audit.queries import Whole, verify
from ketang.selection.intake.models import Receipt, Submission, Version
sent = Submission.objects.filter(title__startswith="同时提交")
print(json.dumps({
    "submissions": sent.count(), "numbers": len(set(sent.values_list("number", flat=True))),
    "versions": Version.objects.filter(submission__in=sent).count(),
    "receipts": len(set(Receipt.objects.filter(version__submission__in=sent).values_list("number", flat=True))),
    "whole": isinstance(verify(), Whole),
}))
"""


class Browser:
    """One person: cookies, and of the form seen last its token and the name of its file."""

    def __init__(self, made: Instance, session: str) -> None:
        self._made, self._cookies, self._token, self._chosen = made, {"sessionid": session}, "", ""

    def get(self, path: str) -> str:
        """A page."""
        return self._ask("GET", path, {}, b"")[1]

    def post(self, path: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None) -> str:
        """Send the form of the page seen last; where it leads."""
        fields = {"csrfmiddlewaretoken": self._token, **fields}
        kind, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
        if file is not None:
            kind, body = _multipart(fields, self._chosen, file)
        return self._ask("POST", path, {"Content-Type": kind, "Origin": self._made.origin}, body, expected=302)[0]

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes, expected: int = 200
    ) -> tuple[str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self._made.port, timeout=300)
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        line.request(method, path, body, headers)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} {re.sub('<[^>]+>', '', page)[:300]}")
        for cookie in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page):
            self._token = found[1]
        for field in re.findall(r"<input[^>]*>", page):
            if 'type="file"' in field and (found := re.search(r'name="([^"]+)"', field)):
                self._chosen = found[1]
        return answer.headers.get("Location", ""), page


def people(made: Instance) -> list[str]:
    """Let them all send, some turns each; what went wrong."""
    filled = made.told(ROWS, "100")
    with served(made) as site, ThreadPoolExecutor(MANY) as threads:
        began, before = time.perf_counter(), sum(site.part("web").children()[0].cpu_times()[:2])
        sent = [threads.submit(_submit, made, filled, one, turn) for turn in range(TURNS) for one in range(MANY)]
        faults = [str(one.exception()) for one in sent if one.exception() is not None]
        seconds = time.perf_counter() - began
        cpu = sum(site.part("web").children()[0].cpu_times()[:2]) - before
    found, wanted = made.told("-c", _COUNTED), MANY * TURNS
    print(f"{MANY} people at once, {wanted} complete submissions: {len(faults)} errors, {seconds:.0f} s, "
          f"{cpu / wanted * 1000:.0f} ms CPU of the web server each; {found}")  # fmt: skip
    kept = {"submissions": wanted, "numbers": wanted, "versions": wanted, "receipts": wanted, "whole": True}
    return faults[:3] + ([] if found == kept else [f"kept: {found}"])


def _submit(made: Instance, filled: dict[str, Any], one: int, turn: int) -> None:
    """One whole submission, as a browser without scripts sends it; each person is a session of their own."""
    person, name = Browser(made, filled["people"][one]), f"{one}-{turn}"
    start = f"/supplier/start/{filled['slug']}"
    unit = re.search(r'name="organisation"[^>]*value="([^"]+)"', person.get(start))
    if unit is None:
        raise RuntimeError("no supplier to choose")
    place = person.post(start, {"organisation": unit[1], "title": f"同时提交 {name}", "category": "P2(3)"})
    person.get(f"{place}/form")
    person.post(
        f"{place}/form", {"unit": "示例培训学校", "contact": "联系人甲", "own_rights": "yes", "topic_source": "自制"}
    )
    person.get(f"{place}/rights")
    person.post(f"{place}/rights", {"what": "照片", "owner": "示例培训学校", "own": "yes"})
    person.get(f"{place}/files")
    person.post(f"{place}/files", {}, ("课程包.zip", _package(name)))
    person.get(f"{place}/send")
    receipt = person.post(f"{place}/send", {"by": "联系人甲", "agreed": "on"})
    if "回执" not in person.get(receipt):
        raise RuntimeError("no receipt")


def _package(name: str) -> bytes:
    """A small package of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.writestr("课程包/说明.txt", f"示例 {name}\n" * 2000)
    return out.getvalue()


def _multipart(fields: Mapping[str, str], chosen: str, file: tuple[str, bytes]) -> tuple[str, bytes]:
    edge = "----benchmark-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{chosen}"; filename="{file[0]}"\r\n\r\n'.encode()
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, head, file[1], f"\r\n--{edge}--\r\n".encode()])
