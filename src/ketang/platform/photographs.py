"""Photographs that people send: known by their content, read under limits, and never kept as they came.

What is kept is drawn anew from the pixels: upright, in plain colours, without a word of what the file held beside them. So a
file that is a picture and something else is a picture afterwards, the place where a phone stood is gone, and the result may
be shown in this site, where a stranger's file may not.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 20 << 20
MOST_PIXELS = 64_000_000
"""The largest sensors of phones give 50 million pixels in their common setting; three bytes each are in memory for a moment."""
LEAST_SIDE = 200
"""Below it nobody reads a cover."""
LONGEST_SIDE, SMALL_SIDE = 2400, 480
"""Sides of the picture that is kept and of the one in lists, in pixels: small print of a waybill is still read at the first."""
MOST_SCANS = 100
"""Passes of a JPEG over its picture: cameras write one, programs about ten; each costs as much as the whole picture."""
_HEADS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_ISO_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph as it is kept: two JPEGs without any metadata, and the pixels of the larger one."""

    large: bytes
    small: bytes
    width: int
    height: int


def read_photograph(content: bytes, *, field: str) -> Photograph:
    """Read what was sent as a photograph.

    Args:
        content: of the file; one byte more than `MOST_BYTES` is enough to say that it is too large.
        field: of the form it came with.

    Raises:
        Refused: what is no JPEG, PNG or WebP; too large or too small; damaged; moving. Each in words that say what to do.
    """
    kind = _kind(content, field)
    if len(content) > MOST_BYTES:
        raise Refused(_("照片太大：最多 20 MB。请降低分辨率再拍一张。"), field=field)
    from PIL import Image, ImageOps, UnidentifiedImageError

    if kind == "JPEG" and content.count(b"\xff\xda") > MOST_SCANS:
        raise Refused(_damaged(), field=field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limit of pixels warns first; ours is below
            with Image.open(BytesIO(content), formats=(kind,)) as opened:
                _refuse_by_head(opened, kind, field)
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
                opened.load()
                upright = _plain(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as fault:
        raise Refused(_damaged(), field=field) from fault
    except Image.DecompressionBombError as fault:
        raise Refused(_too_many_pixels(), field=field) from fault
    large = _within(upright, LONGEST_SIDE)
    return Photograph(_jpeg(large, 88), _jpeg(_within(large, SMALL_SIDE), 80), large.width, large.height)


def _kind(content: bytes, field: str) -> str:
    """JPEG, PNG or WEBP, by the first bytes; the name and what the browser says of it count for nothing."""
    if not content:
        raise Refused(_("这个文件是空的，请重新拍一张。"), field=field)
    for head, kind in _HEADS.items():
        if content.startswith(head):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _ISO_BRANDS:
        words = _(
            "这是 HEIC 照片，不能读取。iPhone 请在“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或者把照片存成 JPG 再传。"
        )
        raise Refused(words, field=field)
    if content[:6] in (b"GIF87a", b"GIF89a"):
        raise Refused(_moving(), field=field)
    raise Refused(_("这个文件不是照片。请选择 JPG、PNG 或 WebP 格式的照片。"), field=field)


def _refuse_by_head(opened: Image.Image, kind: str, field: str) -> None:
    """What the head of the file tells before a pixel is decoded. A JPEG may hold several pictures (depth, preview): the first counts."""
    if opened.width * opened.height > MOST_PIXELS:
        raise Refused(_too_many_pixels(), field=field)
    if min(opened.size) < LEAST_SIDE:
        words = _("照片太小（%(width)d × %(height)d 像素），看不清字。请走近一点再拍一张。")
        raise Refused(words % {"width": opened.width, "height": opened.height}, field=field)
    if kind != "JPEG" and getattr(opened, "is_animated", False):
        raise Refused(_moving(), field=field)


def _plain(picture: Image.Image) -> Image.Image:
    """Red, green and blue alone; what is see-through lies on white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")


def _within(picture: Image.Image, side: int) -> Image.Image:
    made = picture.copy()
    made.thumbnail((side, side))
    return made


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    from PIL import Image

    bare = Image.new("RGB", picture.size)  # a new one: what was read keeps its metadata by its side
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _damaged() -> str:
    return _("照片损坏或不完整，打不开。请重新拍一张。")


def _too_many_pixels() -> str:
    return _("照片的像素太多：最多 6400 万。请在相机里选小一些的尺寸再拍。")


def _moving() -> str:
    return _("这是动图，不是照片。请拍一张静止的照片。")
