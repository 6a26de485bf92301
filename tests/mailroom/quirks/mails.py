"""Every program's habits with every shape of mail: raw bytes, and what a reader must find, from a fixed seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mailroom.quirks.clients import CLIENTS, Client
from mailroom.quirks.writing import CRLF, Said, base64_lines, multipart, uu_lines

SEED = 20261126
UNITS = (
    "示例津南职业培训学校",
    "示例朝暘科技有限公司",
    "示例个人珺",
    "示例残疾人就业服务中心",
    "示例镕铭职业技术学院",
)
TITLES = ("养老护理员急救入门", "电子商务客服（初级）", "手工编织喆字", "盲人按摩基础：头颈部", "无障碍PPT制作")
REPLIES = (
    "",
    "",
    "回复：",
    "转发: ",
    "Re: ",
    "Fwd: 回复：",
    "【外部邮件】",
    "答复: Re:",
    "FW：转发：",
    "[外部邮件]Fw: ",
)
PLUSES = ("+", "＋", " + ", "-", "_")
File = tuple[str, str]


@dataclass(frozen=True)
class Mail:
    """Raw bytes and the outcome: subject, (unit, title), files as (name, sha256) in order, state, whether automatic, remarks' codes."""

    label: str
    raw: bytes
    subject: str
    named: tuple[str, str] | None
    files: tuple[File, ...]
    state: str
    automatic: bool = False
    remarks: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass
class Desk:
    """What one mail is made with."""

    client: Client
    random: random.Random
    number: int

    def bytes(self) -> bytes:
        return self.random.randbytes(self.random.randrange(200, 3000))

    def file(self, name: str, content: bytes, kind: bytes = b"application/octet-stream") -> Said:
        head = (*self.client.file(kind, name), b"Content-Transfer-Encoding: " + self.client.transfer)
        return Said(head, base64_lines(content, self.client.width, padded=self.client.padded))

    def text(self, words: str = "您好，请查收附件。") -> Said:
        return self.client.body(words)

    def mixed(self, parts: list[Said], **more: bool) -> Said:
        return multipart("mixed", parts, self.client.boundary, **more)

    def whole(self, subject: str, content: Said, *more: bytes) -> bytes:
        head = (
            b"Return-Path: <sender%d@example.com>" % self.number,
            b"Received: from mx.example.com by mail.example.org; Thu, 26 Nov 2026 09:00:%02d +0800"
            % (self.number % 60),
            b'From: "%s" <sender%d@example.com>' % (self.client.word("示例发件人珺"), self.number),
            b"To: office@example.org",
            b"Subject: " + self.client.word(subject),
            b"Date: Thu, 26 Nov 2026 08:59:00 +0800",
            b"Message-ID: <%s.%d@example.com>" % (self.client.name.encode(), self.number),
            *self.client.headers,
            b"MIME-Version: 1.0",
            *more,
        )
        kept = [
            line
            for line in head
            if not (line.startswith(b"Return-Path") and any(m.startswith(b"Return-Path") for m in more))
        ]
        return b"".join(line + CRLF for line in kept) + content.raw()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


Shape = Callable[[Desk, str, str, str], tuple[Said, tuple[bytes, ...], dict[str, object]]]


def one_zip(desk: Desk, unit: str, title: str, plus: str):
    content, name = desk.bytes(), f"网络课程{plus}{unit}{plus}{title}.zip"
    return (
        desk.mixed([desk.text(), desk.file(name, content)]),
        (),
        {"files": ((name, digest(content)),), "state": "package"},
    )


def rar_with_form(desk, unit, title, plus):
    package, form = desk.bytes(), desk.bytes()
    files = ((f"{title}.rar", package), ("基本情况表.docx", form))
    return (
        desk.mixed([desk.text(), *(desk.file(*one) for one in files)]),
        (),
        {"files": tuple((name, digest(content)) for name, content in files), "state": "package"},
    )


def two_courses(desk, unit, title, plus):
    files = [(f"网络课程+{unit}+{title}{part}.zip", desk.bytes()) for part in ("甲", "乙")]
    return (
        desk.mixed([desk.text(), *(desk.file(*one) for one in files)]),
        (),
        {"files": tuple((n, digest(c)) for n, c in files), "state": "packages"},
    )


def numbered_pieces(desk, unit, title, plus):
    content = desk.random.randbytes(2500)
    files = [(f"{title}.zip.{n + 1:03}", content[n * 1000 : n * 1000 + 1000]) for n in range(3)]
    order = files[::-1]
    return (
        desk.mixed([desk.text(), *(desk.file(*one) for one in order)]),
        (),
        {"files": tuple((n, digest(c)) for n, c in order), "state": "package"},
    )


def z_pieces(desk, unit, title, plus):
    files = [(f"{title}.z01", desk.bytes()), (f"{title}.z02", desk.bytes()), (f"{title}.zip", desk.bytes())]
    return (
        desk.mixed([desk.text(), *(desk.file(*one) for one in files)]),
        (),
        {"files": tuple((n, digest(c)) for n, c in files), "state": "package"},
    )


def lone_piece(desk, unit, title, plus):
    name, content = f"{title}.part2.rar", desk.bytes()
    return (
        desk.mixed([desk.text(), desk.file(name, content)]),
        (),
        {"files": ((name, digest(content)),), "state": "pieces"},
    )


def loose_files(desk, unit, title, plus):
    files = [("基本情况表.docx", desk.bytes()), ("培训包.xlsx", desk.bytes()), ("第1讲 导入.mp4", desk.bytes())]
    return (
        desk.mixed([desk.text(), *(desk.file(*one) for one in files)]),
        (),
        {"files": tuple((n, digest(c)) for n, c in files), "state": "loose"},
    )


def nothing(desk, unit, title, plus):
    return desk.text("附件随后发送，谢谢。"), (), {"files": (), "state": "nothing"}


def baidu(desk, unit, title, plus):
    address = f"https://pan.baidu.com/s/1Ab{desk.number}"
    return (
        desk.text(f"链接：{address} 提取码：k3{desk.number % 90 + 10}"),
        (),
        {"files": (), "state": "links", "links": ((address, f"k3{desk.number % 90 + 10}"),)},
    )


def qq_large(desk, unit, title, plus):
    address = f"https://wx.mail.qq.com/ftn/download?func=3{desk.number}"
    return (
        desk.text(f"从QQ邮箱发来的超大附件 进入下载页面：{address} （2026年12月26日 08:59 到期）"),
        (),
        {"files": (), "state": "links", "links": ((address, ""),)},
    )


def signature_picture(desk, unit, title, plus):
    picture, content = desk.bytes(), desk.bytes()
    shown = Said(
        (
            b'Content-Type: image/png; name="image001.png"',
            b"Content-ID: <image001.png@01DA>",
            b"Content-Transfer-Encoding: base64",
        ),
        base64_lines(picture),
    )
    related = multipart("related", [desk.text(), shown], b"rel" + desk.client.boundary)
    return (
        desk.mixed([related, desk.file("课程.7z", content)]),
        (),
        {"files": (("image001.png", digest(picture)), ("课程.7z", digest(content))), "state": "package"},
    )


def picture_alone(desk, unit, title, plus):
    picture = desk.bytes()
    shown = Said(
        (
            b'Content-Type: image/png; name="image001.png"',
            b"Content-ID: <image001.png@01DA>",
            b"Content-Transfer-Encoding: base64",
        ),
        base64_lines(picture),
    )
    return (
        multipart("related", [desk.text(), shown], desk.client.boundary),
        (),
        {"files": (("image001.png", digest(picture)),), "state": "nothing"},
    )


def auto_reply(desk, unit, title, plus):
    return (
        desk.text("我正在休假。"),
        (b"Auto-Submitted: auto-replied", b"Precedence: bulk"),
        {"files": (), "state": "automatic", "automatic": True},
    )


def autoreply_qq(desk, unit, title, plus):
    return (
        desk.text("您好，邮件已收到。"),
        (b"X-Autoreply: yes",),
        {"files": (), "state": "automatic", "automatic": True},
    )


def bounce(desk, unit, title, plus):
    returned = Said(
        (b"Content-Type: message/rfc822",), b"Subject: receipt\r\nFrom: office@example.org\r\n\r\nhello\r\n"
    )
    status = Said(
        (b"Content-Type: message/delivery-status",),
        b"Reporting-MTA: dns; mx.example.com\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    )
    return (
        multipart("report", [desk.text("退信"), status, returned], desk.client.boundary),
        (b"Return-Path: <>",),
        {"files": (), "state": "automatic", "automatic": True},
    )


def mailing_list(desk, unit, title, plus):
    return (
        desk.text("本周通知"),
        (b"List-Id: <news.example.org>",),
        {"files": (), "state": "automatic", "automatic": True},
    )


def forwarded(desk, unit, title, plus):
    name, content = f"{title}.zip", desk.bytes()
    inner = multipart("mixed", [desk.text("原邮件"), desk.file(name, content)], b"inner" + desk.client.boundary)
    raw = (
        b"From: other@example.com\r\nSubject: "
        + desk.client.word("网络课程")
        + b"\r\nMessage-ID: <inner@example.com>\r\nMIME-Version: 1.0\r\n"
        + inner.raw()
    )
    return (
        desk.mixed([desk.text(), Said((b"Content-Type: message/rfc822",), raw)]),
        (),
        {"files": ((name, digest(content)),), "state": "package"},
    )


def forwarded_eml(desk, unit, title, plus):
    name, content = f"{title}.zip", desk.bytes()
    inner = multipart("mixed", [desk.text("原邮件"), desk.file(name, content)], b"inner" + desk.client.boundary)
    raw = b"From: other@example.com\r\nSubject: old\r\nMIME-Version: 1.0\r\n" + inner.raw()
    return (
        desk.mixed([desk.text(), desk.file("原邮件.eml", raw)]),
        (),
        {"files": (("原邮件.eml", digest(raw)), (name, digest(content))), "state": "package"},
    )


def tnef(desk, unit, title, plus):
    content = b"\x78\x9f\x3e\x22" + desk.bytes()
    part = Said(
        (b'Content-Type: application/ms-tnef; name="winmail.dat"', b"Content-Transfer-Encoding: base64"),
        base64_lines(content),
    )
    return (
        desk.mixed([desk.text(), part]),
        (),
        {"files": (("winmail.dat", digest(content)),), "state": "unreadable", "remarks": ("tnef",)},
    )


def encrypted(desk, unit, title, plus):
    content = desk.bytes()
    head = (
        b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
        b"Content-Transfer-Encoding: base64",
    )
    return (
        Said(head, base64_lines(content)),
        (),
        {"files": (("smime.p7m", digest(content)),), "state": "unreadable", "remarks": ("encrypted",)},
    )


def signed(desk, unit, title, plus):
    name, content = f"{title}.zip", desk.bytes()
    seal = Said(
        (b"Content-Type: application/pkcs7-signature", b"Content-Transfer-Encoding: base64"), base64_lines(desk.bytes())
    )
    inner = multipart("mixed", [desk.text(), desk.file(name, content)], b"in" + desk.client.boundary)
    return (
        multipart("signed", [inner, seal], desk.client.boundary),
        (),
        {"files": ((name, digest(content)),), "state": "package", "remarks": ("signed",)},
    )


def partial(desk, unit, title, plus):
    body = b"part one of three\r\n"
    return (
        Said((b'Content-Type: message/partial; id="a@b"; number=1; total=3',), body),
        (),
        {"files": (("", digest(body)),), "state": "unreadable", "remarks": ("partial",)},
    )


def cut_end(desk, unit, title, plus):
    name, content = f"{title}.zip", desk.bytes()
    return (
        desk.mixed([desk.text(), desk.file(name, content)], ended=False),
        (),
        {"files": ((name, digest(content)),), "state": "package", "remarks": ("no-end",)},
    )


def unnamed_boundary(desk, unit, title, plus):
    name, content = f"{title}.zip", desk.bytes()
    return (
        desk.mixed([desk.text(), desk.file(name, content)], named=False),
        (),
        {"files": ((name, digest(content)),), "state": "package", "remarks": ("no-boundary",)},
    )


def uuencoded(desk, unit, title, plus):
    content = desk.bytes()
    body = b"see below\r\n\r\n" + uu_lines(content, b"course.zip")
    return (
        Said((b"Content-Type: text/plain",), body),
        (),
        {"files": (("course.zip", digest(content)),), "state": "package"},
    )


def footer(desk, unit, title, plus):
    """A list's or virus scanner's footer behind the base64; the size leaves one byte over, so that the padding marks the end."""
    name, content = f"{title}.zip", desk.random.randbytes(1000)
    part = desk.file(name, content)
    written = Said(part.headers, base64_lines(content) + b"\r\n-- \r\nScanned by gateway!\r\n")
    return (
        desk.mixed([desk.text(), written]),
        (),
        {"files": ((name, digest(content)),), "state": "package", "remarks": ("text-after-base64",)},
    )


SHAPES: tuple[Shape, ...] = (
    one_zip, rar_with_form, two_courses, numbered_pieces, z_pieces, lone_piece, loose_files, nothing, baidu, qq_large,
    signature_picture, picture_alone, auto_reply, autoreply_qq, bounce, mailing_list, forwarded, forwarded_eml, tnef, encrypted,
    signed, partial, cut_end, unnamed_boundary, uuencoded, footer,
)  # fmt: skip


def mails() -> Iterator[Mail]:
    """All of them, always the same bytes."""
    for number, (client, shape) in enumerate((client, shape) for client in CLIENTS for shape in SHAPES):
        desk = Desk(client, random.Random(SEED + number), number)
        unit, title = desk.random.choice(UNITS), desk.random.choice(TITLES)
        plus, reply = desk.random.choice(PLUSES), desk.random.choice(REPLIES)
        subject = f"{reply}网络课程{plus}{unit}{plus}{title}"
        content, more, outcome = shape(desk, unit, title, plus)
        raw = desk.whole(subject, content, *more)
        if number % 5 == 4:
            raw = raw.replace(CRLF, b"\n")
            outcome = outcome | _with_newlines(shape, outcome)
        yield Mail(f"{client.name}/{shape.__name__}", raw, subject, (unit, title), **outcome)  # type: ignore[arg-type]


def _with_newlines(shape: Shape, outcome: dict[str, object]) -> dict[str, object]:
    """A part that is kept as it stands has the line ends of its mail."""
    if shape is partial:
        return {"files": (("", digest(b"part one of three\n")),)}
    return {}
