"""Talking to a learning record store (xAPI 1.0.3, HTTP with a password). It knows no rows."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from ketang.classroom.exchange.statements import VERSION

TIMEOUT_SECONDS = 20
_WORDS = 400
"""Characters of what a store answers that are kept."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Unreachable(Exception):
    """The store is not there, is busy, or does not let us in: it is tried again later."""


class NotAStore(ValueError):
    """The address is none of a store."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where statements go: `https://login:password@host/path`, the path before `/statements`."""

    host: str
    port: int | None
    path: str
    login: str
    password: str
    secure: bool

    @classmethod
    def read(cls, address: str) -> Store:
        """Out of one address. Raises NotAStore: not https (http on this machine alone), no host, no login."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:  # its words would tell the password
            raise NotAStore from None
        host = parts.hostname or ""
        if not host or not parts.username or parts.query or parts.fragment:
            raise NotAStore
        if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
            raise NotAStore
        path, secure = parts.path.rstrip("/"), parts.scheme == "https"
        return cls(host, port, path, unquote(parts.username), unquote(parts.password or ""), secure)

    def send(self, statements: Sequence[Mapping[str, Any]]) -> str:
        """Store statements, all or none. Gives empty words, or those with which the store refuses them for good.

        Raises:
            Unreachable: no answer, or one that may be another tomorrow.
        """
        body = json.dumps(list(statements), ensure_ascii=False).encode()
        key = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        heads = {
            "Authorization": f"Basic {key}", "Content-Type": "application/json", "X-Experience-API-Version": VERSION,
        }  # fmt: skip
        line = self._line()
        try:
            line.request("POST", f"{self.path}/statements", body, heads)
            answer = line.getresponse()
            said = answer.read(64 << 10).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as wrong:
            raise Unreachable(repr(wrong)) from wrong
        finally:
            line.close()
        if answer.status in (200, 204):
            return ""
        if answer.status in (401, 403, 404, 408, 425, 429) or answer.status >= 500 or answer.status < 400:
            raise Unreachable(f"{answer.status} {said[:_WORDS]}")
        return f"{answer.status} {said}"[:_WORDS]

    def _line(self) -> http.client.HTTPConnection:
        if self.secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_SECONDS)
