"""HTTP to other platforms: bounded in time and size, no redirect followed, no proxy, no password of the machine's. It knows no rows."""

from __future__ import annotations

import time
from typing import Any

import requests

from ketang.classroom.lti.addresses import is_secure

CONNECT_SECONDS, SILENT_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 20.0
MOST_BYTES = 1 << 20
REDIRECTS = range(300, 400)


class Bounded(requests.Session):
    """A session whose every answer is read whole within its bounds, or fails as `requests.RequestException`."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.headers["User-Agent"] = "Ketang (LTI 1.3)"

    def request(self, method: Any, url: Any, **more: Any) -> requests.Response:  # type: ignore[override]  # narrower on purpose
        """As the library's; what the caller says of time, redirects and streaming does not count."""
        if not is_secure(str(url)):
            raise requests.exceptions.InvalidURL("not https")
        until = time.monotonic() + WHOLE_SECONDS
        more |= {"timeout": (CONNECT_SECONDS, SILENT_SECONDS), "allow_redirects": False, "stream": True}
        answer = super().request(method, url, **more)
        try:
            if answer.status_code in REDIRECTS:
                raise requests.exceptions.TooManyRedirects(f"{answer.status_code}", response=answer)
            answer._content = _read(answer, until)
        finally:
            answer.close()
        return answer


def _read(answer: requests.Response, until: float) -> bytes:
    parts, size = [], 0
    for part in answer.iter_content(64 << 10):
        size += len(part)
        if size > MOST_BYTES:
            raise requests.exceptions.ContentDecodingError("too long")
        if time.monotonic() > until:
            raise requests.exceptions.ReadTimeout("too slow")
        parts.append(part)
    return b"".join(parts)
