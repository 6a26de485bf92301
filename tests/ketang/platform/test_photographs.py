"""Photographs are read under limits and kept without what the file held beside the picture; what is none is told in both languages."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image

from ketang.platform.photographs import LONGEST_SIDE, MOST_BYTES, SMALL_SIDE, read_photograph
from ketang.platform.refusal import Refused
from ketang_covers import cover, photographed, plain


def bomb(kind: str = "PNG") -> bytes:
    """A head that promises 40 000 × 40 000 pixels."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)

    def piece(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(b"\0" * 99)) + piece(b"IEND", b"")


def moving(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


LARGE = plain((300, 300))
WRONG = {
    "empty": (b"", "文件是空的", "empty"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不是照片", "not a photograph"),
    "html called jpg": (b"<!doctype html><script>alert(1)</script>", "不是照片", "not a photograph"),
    "pdf": (b"%PDF-1.7 ...", "不是照片", "not a photograph"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", "HEIC"),
    "gif": (moving("GIF"), "动图", "moving picture"),
    "moving png": (moving("PNG"), "动图", "moving picture"),
    "moving webp": (moving("WEBP"), "动图", "moving picture"),
    "truncated": (photographed(Image.effect_noise((900, 700), 90).convert("RGB"))[:40_000], "损坏", "damaged"),
    "a head alone": (b"\xff\xd8\xff\xe0\0\x10JFIF", "损坏", "damaged"),
    "pixels": (bomb(), "像素太多", "too many pixels"),
    "many passes": (LARGE + b"\xff\xda" * 200, "损坏", "damaged"),
    "bytes": (LARGE + b"\0" * MOST_BYTES, "照片太大", "too large"),
    "small": (plain((100, 400)), "照片太小（100 × 400 像素）", "100 × 400"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_photograph_is_told(name: str) -> None:
    content, chinese, english = WRONG[name]
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language), pytest.raises(Refused) as told:
            read_photograph(content, field="photograph")
        assert (words in str(told.value), told.value.field) == (True, "photograph")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_it_is_upright_and_says_nothing_of_phone_and_place(orientation: int) -> None:
    drawn = cover(turned=0, noise=0)
    sent = photographed(drawn, orientation=orientation)
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)[1] == "N"
    made = read_photograph(sent, field="photograph")
    with Image.open(BytesIO(made.large)) as kept, Image.open(BytesIO(made.small)) as small:
        assert (kept.format, kept.size, small.size) == ("JPEG", (1600, 1200), (SMALL_SIDE, SMALL_SIDE * 3 // 4))
        assert (dict(kept.getexif()), set(kept.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
            {},
            set(),
        )
        red, green, blue = kept.getpixel((300, 800))  # cardboard below the label
        assert max(abs(red - 176), abs(green - 138), abs(blue - 96)) < 12
    for content in (made.large, made.small):
        assert [word in content for word in (b"Exif", "示例手机".encode(), b"remark", b"GPS")] == [False] * 4


def test_a_large_one_is_made_smaller_and_what_is_see_through_lies_on_white() -> None:
    made = read_photograph(plain((5000, 2500)), field="photograph")
    assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    made = read_photograph(out.getvalue(), field="photograph")
    assert Image.open(BytesIO(made.large)).getpixel((150, 150)) == (255, 255, 255)
    out = BytesIO()
    Image.new("RGB", (300, 300), "white").save(out, "WEBP")
    assert read_photograph(out.getvalue(), field="photograph").width == 300


def test_a_picture_that_is_something_else_too_is_a_picture_afterwards() -> None:
    made = read_photograph(plain((300, 300)) + b"PK\x03\x04<script>alert(1)</script>", field="photograph")
    assert (b"<script>" in made.large, b"PK\x03\x04" in made.large) == (False, False)
