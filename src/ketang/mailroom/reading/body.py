"""HTML of a mail as plain text: sanitised by `nh3` first, so that no script, style or remote content is ever met."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

_BLOCKS = frozenset(
    {"p", "div", "tr", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre", "hr"}
)
_BLANKS = re.compile(r"[ \t\xa0]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)


def text_of_html(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words, a line a block, and the links as (address, words of the link)."""
    writer = _Writer()
    writer.feed(
        nh3.clean(
            html,
            tags=set(_BLOCKS) | {"a"},
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )
    writer.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(writer.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), tuple(writer.links)


def said_charset(content: bytes) -> str:
    """What an HTML body's own head says, for parts whose header says nothing."""
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else ""


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.href, self.since = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.words.append("\n")
        elif tag == "a":
            self.href, self.since = dict(attrs).get("href") or "", len(self.words)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href:
            self.links.append((self.href, " ".join("".join(self.words[self.since :]).split())))
            self.href = ""
        elif tag in _BLOCKS and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(re.sub(r"\s*\n\s*", " ", data))
