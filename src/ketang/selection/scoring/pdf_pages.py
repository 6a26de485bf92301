"""Pages of a PDF as pictures for blind copies: what its text says that gives the supplier away is painted over (decision 0047)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kebao.model.errors import Unreadable
from kebao.model.text import Text
from ketang.selection.scoring import pdf_child
from ketang.selection.scoring.blinding import Blinder

SECONDS = 180
LARGEST = 200_000_000
"""Bytes; a larger one is not drawn."""
_DAMAGED = Text(
    zh="这份 PDF 打不开：可能已损坏，设了密码，或者太大。",
    en="This PDF cannot be opened: it may be damaged, too large, or asks for a password.",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: its picture, its size in pixels, and its words without what gives away; empty words for a scan."""

    picture: Path
    width: int
    height: int
    words: str


@contextmanager
def drawn_pages(stream: IO[bytes], blinder: Blinder) -> Iterator[tuple[list[Drawn], int]]:
    """The first pages, and how many there are; the pictures lie there until the context is left.

    Raises:
        Unreadable: `damaged`.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        _copy(stream, file)
        count, texts = _asked(["text", str(file)])
        spans = [[[first, after] for first, after, _what in blinder.spans(words)] for words in texts]
        _count, sizes = _asked(["draw", str(file), folder], json.dumps(spans))
        pages = [
            Drawn(Path(folder) / f"{k + 1}.jpg", width, height, _tidy(blinder.text(words)))
            for k, ((width, height), words) in enumerate(zip(sizes, texts, strict=True))
        ]
        yield pages, count


def _copy(stream: IO[bytes], file: Path) -> None:
    left = LARGEST
    with file.open("wb") as out:
        while piece := stream.read(1 << 20):
            left -= len(piece)
            if left < 0:
                raise Unreadable("damaged", _DAMAGED)
            out.write(piece)


def _asked(arguments: list[str], given: str = "") -> tuple[int, list[Any]]:
    """What the child says; it knows nothing of the product and is given nothing but the file."""
    try:
        done = subprocess.run(  # noqa: S603  our own file, by our own interpreter
            [sys.executable, "-I", pdf_child.__file__, *arguments],
            input=given.encode(), capture_output=True, check=True, timeout=SECONDS,
        )  # fmt: skip
        count, told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as fault:
        raise Unreadable("damaged", _DAMAGED) from fault
    return count, told


def _tidy(words: str) -> str:
    """Lines without space around them, and no more than one empty line between."""
    lines: list[str] = []
    for line in (line.strip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()
