"""A learner who studied, and a store of one's own that keeps, refuses or is not there, as a test wishes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from pytest_django import Settings

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from stand_ins import stand_in


@dataclass
class Peer:
    """What a store was sent, and what it answers: a status for each request in turn, the last one for ever."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [200])
    got: list[list[dict[str, Any]]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    @property
    def told(self) -> list[dict[str, Any]]:
        """Every statement that it took."""
        return [one for piece in self.got for one in piece]


@pytest.fixture
def peer(settings: Settings) -> Iterator[Peer]:
    kept = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = kept.answers.pop(0) if len(kept.answers) > 1 else kept.answers[0]
            kept.heads.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
            if status in (200, 204):
                kept.got.append(body)
            self.send_response(status)
            self.end_headers()
            if status != 204:
                self.wfile.write(b'"said"')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with stand_in(Handler) as kept.port:
        settings.XAPI = f"http://ketang:s%40fe@127.0.0.1:{kept.port}/xapi/"
        settings.XAPI_NAME = "示例学习记录库"
        settings.LETTER_ORIGIN = "https://ketang.example.org"
        yield kept


@pytest.fixture
def course(db: None) -> Course:
    return course_with_papers()


@pytest.fixture
def learner(db: None) -> Account:
    return open_by_command(login="learner", name="示例学员").account
