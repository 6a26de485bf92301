"""Links in a mail's text behind which a package may lie, with the password and the expiry that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_URL = re.compile(r"https?://[^\s<>\"'，。；）】》、\u4e00-\u9fff]+", re.IGNORECASE)
_PASSWORD = re.compile(
    r"(?:提取码|访问码|提取密码|密码|口令|password|access code)\s*(?:是|为)?\s*[:：]?\s*([A-Za-z0-9]{4,12})",
    re.IGNORECASE,
)
_EXPIRY = re.compile(
    r"(?:有效期|到期时间|过期时间|失效时间|expires?)[^\n]{0,4}?[:：至 ]\s*([0-9]{4}\s*[-/年]\s*[0-9]{1,2}\s*[-/月]\s*[0-9]{1,2}\s*日?(?:\s*[0-9]{1,2}:[0-9]{2})?|永久(?:有效)?|[0-9]+\s*(?:天|days?))",
    re.IGNORECASE,
)
_DATED = re.compile(r"([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:\s*[0-9]{1,2}:[0-9]{2})?)\s*(?:到期|过期|失效)")
_NEAR = 160
_ARCHIVE = re.compile(r"\.(?:zip|rar|7z|tar|tgz|tar\.gz)(?:\.\d{3})?$", re.IGNORECASE)
_PLACES = (
    (
        "qq-large",
        re.compile(r"^(?:.+\.)?(?:mail\.qq\.com|wx\.mail\.qq\.com|ftn\.qq\.com)$"),
        re.compile(r"(ftn|download|bigfile|attach)", re.IGNORECASE),
    ),
    (
        "163-cloud",
        re.compile(r"^(?:.+\.)?(?:mail\.163\.com|mail\.126\.com|mail\.yeah\.net|dashi\.163\.com|netease\.com)$"),
        re.compile(r"(filehub|download|attachment|large-attachment)", re.IGNORECASE),
    ),
    ("baidu", re.compile(r"^(?:pan|yun)\.baidu\.com$"), re.compile(r"^/(?:s/|share/)")),
    ("aliyun", re.compile(r"^(?:www\.)?(?:alipan|aliyundrive)\.com$"), re.compile(r"^/s/")),
    ("quark", re.compile(r"^pan\.quark\.cn$"), re.compile(r"^/s/")),
    ("weiyun", re.compile(r"^share\.weiyun\.com$"), re.compile(r"^/.")),
    ("lanzou", re.compile(r"^(?:.+\.)?lanzou[a-z]?\.com$"), re.compile(r"^/.")),
    ("123pan", re.compile(r"^(?:www\.)?123pan\.(?:com|cn)$"), re.compile(r"^/s/")),
    ("tianyi", re.compile(r"^cloud\.189\.cn$"), re.compile(r"^/(?:t/|web/share)")),
    (
        "transfer",
        re.compile(r"^(?:we\.tl|(?:.+\.)?wetransfer\.com|(?:.+\.)?cowtransfer\.com|(?:www\.)?wenshushu\.cn)$"),
        re.compile(r"^/."),
    ),
    (
        "cloud",
        re.compile(r"^(?:drive\.google\.com|(?:www\.)?dropbox\.com|1drv\.ms|(?:www\.)?icloud\.com)$"),
        re.compile(r"^/."),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may lead to a package. `kind` names the service (`baidu`, `qq-large` …) or `archive`; words as written."""

    address: str
    kind: str
    name: str = ""
    password: str = ""
    expiry: str = ""


def package_links(text: str, written: tuple[tuple[str, str], ...] = ()) -> tuple[Link, ...]:
    """Every such link once, in order: addresses in `text`, then those of an HTML body (address, words)."""
    found: dict[str, Link] = {}
    places = list(_URL.finditer(text))
    for number, match in enumerate(places):
        address = match[0].rstrip(".,;!?)]}")
        end = places[number + 1].start() if number + 1 < len(places) else len(text)
        before = places[number - 1].end() if number else 0
        after = text[match.end() : min(end, match.end() + _NEAR)]
        _keep(found, address, "", (after, text[max(before, match.start() - _NEAR) : match.start()]))
    for address, words in written:
        at = text.find(words) if words else -1
        near = text[at : at + len(words) + _NEAR] if at >= 0 else ""
        _keep(found, address, "" if words == address else words, (near, text[max(0, at - _NEAR) : max(0, at)]))
    return tuple(found.values())


def _keep(found: dict[str, Link], address: str, name: str, near: tuple[str, str]) -> None:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    if parts.scheme not in {"http", "https"}:
        return
    kind = next(
        (kind for kind, hosts, paths in _PLACES if hosts.match(host) and paths.search(parts.path + "?" + parts.query)),
        "",
    )
    if not kind and _ARCHIVE.search(unquote(parts.path)):
        kind = "archive"
    if not kind or address in found:
        return
    in_address = parse_qs(parts.query).get("pwd", [""])[0]
    password = in_address or _first(_PASSWORD, near)
    if kind == "archive" and not name:
        name = unquote(parts.path.rsplit("/", 1)[-1])
    found[address] = Link(address, kind, name, password, _first(_EXPIRY, near) or _first(_DATED, near))


def _first(pattern: re.Pattern[str], near: tuple[str, str]) -> str:
    """What stands after the link counts before what stands before it."""
    return next((match[1].strip() for words in near if (match := pattern.search(words))), "")
