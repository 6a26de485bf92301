"""Habits of mail programs: how each writes words in headers, names of files, bodies, and what it calls itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mailroom.quirks.writing import (
    Said,
    b_word,
    base64_lines,
    broken_word,
    cut_words,
    extended,
    folded_words,
    multipart,
    q_word,
    quoted_lines,
    unpadded_word,
)


@dataclass(frozen=True)
class Client:
    """`word` writes text in a header; `name` gives the two lines that carry a file's name; `body` the text part."""

    name: str
    headers: tuple[bytes, ...]
    boundary: bytes
    word: Callable[[str], bytes]
    file: Callable[[bytes, str], tuple[bytes, ...]]
    body: Callable[[str], Said]
    transfer: bytes = b"base64"
    padded: bool = True
    width: int = 76


def quoted_names(word: Callable[[str], bytes]) -> Callable[[bytes, str], tuple[bytes, ...]]:
    """Encoded words inside quotation marks, which RFC 2047 forbids and nearly all do."""
    return lambda kind, name: (
        b'Content-Type: %s;\r\n\tname="%s"' % (kind, word(name)),
        b'Content-Disposition: attachment;\r\n\tfilename="%s"' % word(name),
    )


def bare_names(word: Callable[[str], bytes]) -> Callable[[bytes, str], tuple[bytes, ...]]:
    return lambda kind, name: (
        b"Content-Type: %s; name=%s" % (kind, word(name)),
        b"Content-Disposition: attachment; filename=%s" % word(name),
    )


def type_only(word: Callable[[str], bytes]) -> Callable[[bytes, str], tuple[bytes, ...]]:
    return lambda kind, name: (b'Content-Type: %s; name="%s"' % (kind, word(name)), b"Content-Disposition: attachment")


def extended_names(charset: str, each: int = 0) -> Callable[[bytes, str], tuple[bytes, ...]]:
    return lambda kind, name: (
        b"Content-Type: %s;\r\n %s" % (kind, extended("name", name, charset, each)),
        b"Content-Disposition: attachment;\r\n %s" % extended("filename", name, charset, each),
    )


def both_names(kind: bytes, name: str) -> tuple[bytes, ...]:
    """A name for old readers and one for new: the new counts."""
    return (
        b"Content-Type: %s" % kind,
        b'Content-Disposition: attachment; filename="?????.bin"; %s' % extended("filename", name),
    )


def plain(charset: str, codec: str = "") -> Callable[[str], Said]:
    def write(text: str) -> Said:
        head = (b"Content-Type: text/plain; charset=%s" % charset.encode(), b"Content-Transfer-Encoding: base64")
        return Said(head, base64_lines(text.encode(codec or charset)))

    return write


def raw_text(codec: str) -> Callable[[str], Said]:
    return lambda text: Said(
        (b"Content-Type: text/plain", b"Content-Transfer-Encoding: 8bit"), text.encode(codec) + b"\r\n"
    )


def html(charset: str, codec: str = "") -> Callable[[str], Said]:
    def write(text: str) -> Said:
        content = f"<html><head><style>p{{}}</style></head><body><p>{text}</p><script>x()</script></body></html>"
        head = (
            b"Content-Type: text/html; charset=%s" % charset.encode(),
            b"Content-Transfer-Encoding: quoted-printable",
        )
        return Said(head, quoted_lines(content.encode(codec or charset)))

    return write


def alternative(charset: str, codec: str = "", boundary: bytes = b"----=_alt_001") -> Callable[[str], Said]:
    return lambda text: multipart("alternative", [plain(charset, codec)(text), html(charset, codec)(text)], boundary)


def _word(make: Callable[..., bytes], charset: str, codec: str = "") -> Callable[[str], bytes]:
    return lambda text: make(text, charset, codec)


_GB = _word(b_word, "gb2312", "gb18030")
CLIENTS = (
    Client(
        "foxmail",
        (b"X-Mailer: Foxmail 7.2.25.331[cn]", b"X-Has-Attach: yes"),
        b"----=_001_NextPart305419896_=----",
        _GB,
        quoted_names(_GB),
        alternative("GB2312", "gb18030"),
    ),
    Client(
        "qq-web",
        (b"X-Mailer: QQMail 2.x", b"X-QQ-mid: webmail1t1"),
        b"----=_NextPart_65A1_0BC3",
        _word(b_word, "gb18030"),
        quoted_names(_word(b_word, "gb18030")),
        html("gb18030"),
    ),
    Client(
        "163-web",
        (b"X-Mailer: Coremail Webmail Server Version XT5.0.14", b"X-Originating-IP: [203.0.113.9]"),
        b"----=_Part_1_42.17",
        _word(q_word, "GBK"),
        quoted_names(_word(q_word, "GBK")),
        alternative("GBK"),
    ),
    Client(
        "outlook",
        (b"X-Mailer: Microsoft Outlook 16.0", b"Thread-Index: Adz1"),
        b"----=_NextPart_000_0001_01DA",
        _word(folded_words, "gb2312", "gb18030"),
        quoted_names(_word(folded_words, "gb2312", "gb18030")),
        alternative("gb2312", "gb18030"),
    ),
    Client(
        "coremail",
        (b"X-Mailer: Coremail Webmail Server",),
        b"----=_Part_77_88.99",
        _word(cut_words, "UTF-8"),
        quoted_names(_word(cut_words, "UTF-8")),
        plain("UTF-8"),
    ),
    Client(
        "coremail-gb",
        (b"X-Mailer: Coremail",),
        b"----=_Part_gb",
        _word(cut_words, "GBK"),
        bare_names(_word(b_word, "GBK")),
        plain("GBK"),
    ),
    Client(
        "iphone",
        (b"X-Mailer: iPhone Mail (20A362)",),
        b"Apple-Mail-12AB",
        _word(q_word, "utf-8"),
        extended_names("utf-8"),
        plain("utf-8"),
    ),
    Client(
        "xiaomi",
        (b"X-Mailer: MiuiMail",),
        b"--_com.android.email_1",
        lambda text: text.encode(),
        lambda kind, name: (
            b'Content-Type: %s; name="%s"' % (kind, name.encode()),
            b'Content-Disposition: attachment; filename="%s"; size=9' % name.encode(),
        ),
        raw_text("utf-8"),
    ),
    Client(
        "gmail",
        (b"MIME-Version: 1.0 (sic)",),
        b"000000000000a1b2c3",
        _word(folded_words, "UTF-8"),
        both_names,
        alternative("UTF-8"),
        padded=True,
    ),
    Client(
        "apple",
        (b"X-Mailer: Apple Mail (2.3696)",),
        b"Apple-Mail=_1F",
        _word(folded_words, "utf-8"),
        extended_names("utf-8", 20),
        html("utf-8"),
    ),
    Client(
        "apple-gb",
        (b"X-Mailer: Apple Mail (2.1085)",),
        b"Apple-Mail-3--99",
        _word(q_word, "GB18030"),
        extended_names("gb18030", 11),
        plain("GB18030"),
    ),
    Client(
        "scanner",
        (b"X-Mailer: MFP Scan to E-mail",),
        b"BOUNDARY0001",
        lambda text: text.encode("gbk"),
        lambda kind, name: (
            b"Content-Type: %s; name=%s" % (kind, name.encode("gbk")),
            b"Content-Disposition: attachment",
        ),
        raw_text("gbk"),
        width=1000,
    ),
    Client(
        "old-oa",
        (b"X-Mailer: OA 3.1",),
        b"=====oa=====",
        _word(unpadded_word, "gb2312", "gb18030"),
        type_only(_word(unpadded_word, "gb2312", "gb18030")),
        plain("gb2312", "gb18030"),
        padded=False,
    ),
    Client(
        "android",
        (b"X-Mailer: Android Mail",),
        b"----ABCDEF",
        _word(broken_word, "utf-8"),
        quoted_names(_word(broken_word, "utf-8")),
        plain("us-ascii", "utf-8"),
        b"BASE64 ",
    ),
)
