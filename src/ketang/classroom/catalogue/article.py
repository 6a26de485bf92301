"""A stranger's text as HTML that is safe to show on our own pages: sanitised by `nh3` first, then written anew.

What is written knows no class, style, script, form or frame. Headings begin at the second level and skip none, since the page
has the first; pictures are files of the lesson itself or only their words; wide tables scroll by themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt

_BLOCKS = frozenset({"p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "div"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"strong", "em", "b", "i", "u", "s", "sub", "sup", "code", "ruby", "rt", "rp", "q", "cite", "abbr", "mark"}
)
_LISTS = frozenset({"ul", "ol", "dl"})
_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "th", "td"})
_VOID = frozenset({"br", "hr", "img"})
_KEPT = _BLOCKS | _HEADINGS | _INLINE | _LISTS | _TABLES | _VOID | {"a", "figure"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "li": {"value"},
    "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}, "abbr": {"title"}, "*": {"lang"},
}  # fmt: skip
_GONE = frozenset(
    {
        "script", "style", "title", "iframe", "noframes", "noembed", "noscript", "object", "embed", "applet", "template", "svg",
        "math", "select", "textarea", "button", "canvas", "audio", "video", "head",
    }
)  # fmt: skip
"""Gone with what stands in them; of any other unknown element the words stay."""
_NUMBER = re.compile(r"-?[0-9]{1,4}")
_OWN = re.compile(r"files/[0-9]{1,6}")
_BLANKS = re.compile(r"\s+")
_PART = re.compile(r'<h[23] id="(part-[0-9]+)"[^>]*>(.*?)</h[23]>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
MOST_CHARACTERS = 2_000_000
LEAST_PARTS = 4
"""A text of fewer parts needs no list of them."""
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Article:
    """HTML for a page, and the same as words, a line a paragraph."""

    html: str
    words: str


Picture = Callable[[str], str]
"""From an address in the text to the address of a file of the lesson (`files/3`); empty where there is none to show."""


def no_picture(source: str) -> str:
    """None is shown."""
    del source
    return ""


def article_of_html(raw: str, picture: Picture = no_picture) -> Article:
    """Sanitised. `picture` is asked for each picture's address."""
    clean = nh3.clean(
        raw[:MOST_CHARACTERS],
        tags=set(_KEPT),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    writer = _Writer(picture)
    writer.feed(clean)
    writer.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(writer.words).split("\n"))
    return Article("".join(writer.out).strip(), "\n".join(line for line in lines if line))


def article_of_markdown(raw: str, picture: Picture = no_picture) -> Article:
    """CommonMark with tables; HTML inside it is only words."""
    ticked = re.sub(
        r"^(\s*[-*] )\[( |x|X)\] ", lambda m: m[1] + ("□ " if m[2] == " " else "☑ "), raw, flags=re.MULTILINE
    )
    return article_of_html(_markdown.render(ticked), picture)


def article_of_text(raw: str) -> Article:
    """A paragraph a line."""
    return article_of_html("".join(f"<p>{html.escape(line)}</p>" for line in raw.splitlines() if line.strip()))


def contents_of(written: str) -> list[tuple[str, str]]:
    """(Id, words) of each part of an article as it was written here; empty where there are too few to choose from."""
    found = [(name, html.unescape(_TAG.sub("", words)).strip()) for name, words in _PART.findall(written)]
    return [one for one in found if one[1]] if len(found) >= LEAST_PARTS else []


class _Writer(HTMLParser):
    """Writes what nh3 left, element by element; whatever it does not know is not written."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self.picture = picture
        self.out: list[str] = []
        self.words: list[str] = []
        self.levels: list[int] = []
        self.tables = self.parts = 0
        self.open: list[tuple[str, str]] = []  # as it came, as it was written

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS | _HEADINGS | {"br", "hr"}:
            self.words.append("\n")
        elif tag in ("td", "th"):
            self.words.append(" ")
        if tag in _VOID:
            self._void(tag, told)
            return
        if tag not in _KEPT:
            return
        begin, end = self._written(tag, told)
        self.open.append((tag, end))
        self.out.append(begin)

    def _written(self, tag: str, told: dict[str, str]) -> tuple[str, str]:
        if tag in _HEADINGS:
            level = self._level(int(tag[1]))
            self.parts += 1
            size = "m" if level == 2 else "s"
            return f'<h{level} id="part-{self.parts}" class="govuk-heading-{size}">', f"</h{level}>"
        if tag == "table":
            self.tables += 1
            name = f'role="group" tabindex="0" aria-label="表格 {self.tables}"'
            return f'<div class="scroll" {name}><table class="govuk-table">', "</table></div>"
        if tag in ("th", "td"):
            return (
                f'<{tag} class="govuk-table__{"header" if tag == "th" else "cell"}"{self._cell(tag, told)}>',
                f"</{tag}>",
            )
        if tag == "a":
            return self._link(told.get("href", ""))
        if tag in ("ol", "li"):
            number = told.get("start" if tag == "ol" else "value", "")
            name = "start" if tag == "ol" else "value"
            return f"<{tag}{_attribute(name, number) if _NUMBER.fullmatch(number) else ''}>", f"</{tag}>"
        language = told.get("lang", "")
        safe = language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}", language) else ""
        return f"<{tag}{_attribute('lang', safe)}>", f"</{tag}>"

    def _level(self, level: int) -> int:
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return min(6, 1 + len(self.levels))

    @staticmethod
    def _cell(tag: str, told: dict[str, str]) -> str:
        spans = "".join(
            _attribute(name, value)
            for name in ("colspan", "rowspan")
            if re.fullmatch(r"[1-9][0-9]?", value := told.get(name, ""))
        )
        if tag == "td":
            return spans
        return spans + _attribute("scope", told["scope"] if told.get("scope") in ("row", "col") else "col")

    @staticmethod
    def _link(address: str) -> tuple[str, str]:
        """A link to elsewhere; what leads into the supplier's own files leads nowhere here, and its words stay."""
        scheme = urlsplit(address.strip()).scheme.lower() if _splits(address) else ""
        if scheme not in ("http", "https", "mailto", "tel"):
            return "", ""
        return f'<a class="govuk-link" rel="noopener noreferrer"{_attribute("href", address.strip())}>', "</a>"

    def _void(self, tag: str, told: dict[str, str]) -> None:
        if tag != "img":
            self.out.append(f"<{tag}>")
            return
        words = " ".join(told.get("alt", "").split())
        self.words.append(f" {words} " if words else "")
        source = told.get("src", "")
        found = self.picture(unquote(source)) if source else ""
        if _OWN.fullmatch(found):
            self.out.append(f'<img src="{found}" alt="{html.escape(words)}" loading="lazy">')
        elif words:
            self.out.append(html.escape(words))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS | _HEADINGS:
            self.words.append("\n")
        if tag not in {name for name, _end in self.open}:
            return
        while self.open:
            name, end = self.open.pop()
            self.out.append(end)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self.out.append(html.escape(data, quote=False))
        self.words.append(_BLANKS.sub(" ", data))

    def close(self) -> None:
        super().close()
        while self.open:
            self.out.append(self.open.pop()[1])


def _attribute(name: str, value: str) -> str:
    return f' {name}="{html.escape(value)}"' if value else ""


def _splits(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
