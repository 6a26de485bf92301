"""A line to the server that can be cut: what crosses it is counted, and when it is down nobody gets through."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import Self
from urllib.parse import urlsplit


class Line:
    """Passes bytes between a browser and the server until it is cut."""

    def __init__(self, origin: str) -> None:
        self._server = (urlsplit(origin).hostname or "", urlsplit(origin).port or 0)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._left: int | None = None
        self.is_down = False
        self.cuts = 0
        self.begun = 0
        """Uploads that were begun: `POST` to where tus makes them."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_down = True
        self._listening.close()
        self._hang_up()

    def cut_after(self, sent: int) -> None:
        """Go down once the browser has sent so many more bytes."""
        self._left = sent

    def mend(self) -> None:
        """Let everybody through again."""
        self.is_down = False

    def _listen(self) -> None:
        while True:
            try:
                browser, _address = self._listening.accept()
            except OSError:
                return
            if self.is_down:
                _reset(browser)
                continue
            server = socket.create_connection(self._server)
            with self._lock:
                self._open |= {browser, server}
            for source, target, counts in ((browser, server, True), (server, browser, False)):
                threading.Thread(target=self._pass, args=(source, target, counts), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        try:
            while part := source.recv(1 << 16):
                if counts:
                    self._count(part)
                target.sendall(part)
        except OSError:
            pass  # cut
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _count(self, part: bytes) -> None:
        self.begun += part.count(b"POST /uploads/ HTTP")
        if self._left is not None:
            self._left -= len(part)
            if self._left <= 0:
                self._left, self.is_down = None, True
                self.cuts += 1
                self._hang_up()
                raise OSError("cut")

    def _hang_up(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _reset(end)


def _reset(end: socket.socket) -> None:
    """As when a cable is pulled: no farewell."""
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()
