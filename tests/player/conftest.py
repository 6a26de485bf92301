"""A page with a player in Debian's Chromium, served with byte ranges as a real server does."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from browsing import launched
from kebao.player.page import STATIC, Lesson, Line, Track, render_player
from making import make_clip

LINES = (
    Line(Fraction(0), Fraction(3), "喂水前先洗手。"),
    Line(Fraction(4), Fraction(8), "把水滴在手腕内侧试温。"),
    Line(Fraction(10), Fraction(16), "扶老人坐稳，小口慢喂。"),
)
VTT = (
    "WEBVTT\n\n00:00.000 --> 00:03.000\n喂水前先洗手。\n\n00:04.000 --> 00:08.000\n把水滴在手腕内侧试温。\n\n"
    "00:10.000 --> 00:16.000\n扶老人坐稳，小口慢喂。\n"
)
DESCRIBED = "WEBVTT\n\n00:05.000 --> 00:06.000\n老师卷起袖口。\n"


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, whole files or ranges of them; says nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None: ...

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        start, end = (int(asked[1]), int(asked[2] or len(content) - 1)) if asked else (0, len(content) - 1)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.end_headers()
        try:
            self.wfile.write(content[start : end + 1])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the browser has seen enough


def lesson(**changes: Any) -> Lesson:
    fields: dict[str, Any] = {
        "id": "lesson", "title": "试温与喂水", "sources": (("clip.mp4", "video/mp4"),),
        "captions": (Track("captions.vtt", "zh-Hans", "中文字幕"),), "descriptions": (Track("described.vtt", "zh-Hans", "口述"),),
        "sign": "sign.mp4", "transcript": LINES, "download": "clip.mp4",
    }  # fmt: skip
    return Lesson(**{**fields, **changes})


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and folder of a site with the player's files and a clip of twenty seconds."""
    folder = tmp_path_factory.mktemp("site")
    make_clip(folder / "clip.mp4", 20)
    make_clip(folder / "sign.mp4", 20, channels=0)
    (folder / "captions.vtt").write_text(VTT, encoding="utf-8")
    (folder / "described.vtt").write_text(DESCRIBED, encoding="utf-8")
    for name in ("player.js", "player.css", "step.js", "transcript.js"):
        shutil.copy(STATIC / name, folder / name)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranges, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


def page_of(shown: Lesson, language: Any = "zh") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>试</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="player.css"></head>'
        f'<body><h1>课</h1>{render_player(shown, language)}<p><a href="#t=4" data-seeks="lesson" data-time="4.5">00:04 电流声</a></p>'
        '<script type="module" src="player.js"></script></body></html>'
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless."""
    with launched() as browser:
        yield browser
