"""winmail.dat, written byte by byte from [MS-OXTNEF]."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile

TITLE = "网络课程+天津市晴禾职业培训学校+老年人饮水照护入门"


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(*rows: bytes) -> bytes:
    return struct.pack("<I", len(rows)) + b"".join(rows)


def wide(text: str) -> bytes:
    raw = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x001F, 0x3707, 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)


def narrow(text: str) -> bytes:
    raw = text.encode("gbk") + b"\0"
    return struct.pack("<HHII", 0x001E, 0x3707, 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)


BEFORE = (
    struct.pack("<HHI", 0x0003, 0x3705, 1),  # how it is attached
    struct.pack("<HHH2x", 0x000B, 0x7FFE, 0),
    struct.pack("<HHQ", 0x0040, 0x3007, 1),
    struct.pack("<HH16sII", 0x0003, 0x8000, b"s" * 16, 0, 7) + struct.pack("<I", 5),  # named by a number
    struct.pack("<HH16sII", 0x101E, 0x8001, b"s" * 16, 1, 6) + b"a\0b\0c\0\0\0"  # by words, and of two texts
    + struct.pack("<I", 2) + struct.pack("<I", 2) + b"x\0\0\0" + struct.pack("<I", 3) + b"yz\0\0",
    struct.pack("<HHIII", 0x0102, 0x3709, 1, 3, 0x00030201),  # a picture of its icon
)  # fmt: skip
"""Properties of every shape that may stand before the name."""


def attached(short: bytes, content: bytes | None, *rows: bytes) -> bytes:
    made = attribute(2, 0x00069002, b"\1\0" + b"\xff" * 12)
    if content is not None:
        made += attribute(2, 0x00018010, short + b"\0") + attribute(2, 0x0006800F, content)
    return made + attribute(2, 0x00069005, properties(*BEFORE, *rows))


def wrapped(*files: bytes) -> bytes:
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, b"\0\0\1\0")
        + attribute(1, 0x00069007, struct.pack("<II", 936, 0))
        + attribute(1, 0x00069003, properties(*BEFORE))
        + b"".join(files)
    )


def mail_of(content: bytes, kind: str = 'application/ms-tnef; name="winmail.dat"') -> bytes:
    head = f'From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\n您好\r\n--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode() + base64.encodebytes(content) + b"--b--\r\n"


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("课程信息.yaml", "a: 1")
        packed.writestr("片.bin", random.Random(3).randbytes(200_000))
    return made.getvalue()


PACKAGE = archive()
LETTER = b"%PDF-1.4 letter"
WHOLE = wrapped(attached(b"PACKAG~1.ZIP", PACKAGE, wide(f"{TITLE}.zip")), attached("推荐函.pdf".encode("gbk"), LETTER))
