"""Words of a text file, whatever a teacher wrote it with: .md .txt .csv .vtt .srt .html .docx."""

from __future__ import annotations

import zipfile
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import BinaryIO

from kebao.archive.limits import Limits
from kebao.archive.names import decode_text
from kebao.archive.office import vet_office
from kebao.archive.xml import parse_xml

MOST_BYTES = 2 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(stream: BinaryIO, path: str, limits: Limits) -> str:
    """The words of a file, read as its suffix says; at most 2 MB of text are read.

    Raises:
        Unreadable: damaged or mislabelled.
        Unsafe: macros, or XML made to break a reader.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".docx":
        return _docx(stream, path, limits)
    text, _ = decode_text(stream.read(MOST_BYTES))
    return _html(text) if suffix in (".html", ".htm") else text


def _docx(stream: BinaryIO, path: str, limits: Limits) -> str:
    """Every descendant `w:t`, so that what stands in smart tags, insertions, tables and text boxes is kept."""
    vet_office(stream, limits, path)
    with zipfile.ZipFile(stream) as parts, parts.open("word/document.xml") as body:
        root = parse_xml(body.read(limits.xml_bytes + 1), limits)
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        words = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                words.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}br"):
                words.append(" ")
        lines.append("".join(words))
    return "\n".join(lines)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self.hidden:
            self.hidden -= 1
        if tag in ("p", "div", "li", "tr", "br", "h1", "h2", "h3"):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _html(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)
