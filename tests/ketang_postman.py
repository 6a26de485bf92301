"""A real SMTP server that keeps what it is given, for letters of the product."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


class Postman:
    """Keeps what it is given, refuses or hangs up as it is told."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.answer = "250 OK"
        self.hangs_up = False

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content))  # type: ignore[arg-type]  # bytes here
        if self.hangs_up:
            server.transport.close()  # type: ignore[union-attr]  # while it talks
        return self.answer


@contextmanager
def listening() -> Iterator[tuple[Postman, int]]:
    """The server for the length of the block, and its port."""
    keeps = Postman()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(keeps, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield keeps, port
    finally:
        server.stop()


@contextmanager
def delivering() -> Iterator[Postman]:
    """The same, and this process sends its letters there."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with (
        listening() as (keeps, port),
        override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=5),
    ):
        yield keeps
