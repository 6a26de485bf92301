"""Pictures: format and size from their headers, no pixel decoded, nothing hidden behind their end."""

from __future__ import annotations

import os
import re
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import BmpImagePlugin, GifImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from kebao.archive.faults import unreadable, unsafe
from kebao.archive.limits import MIB, Limits
from kebao.archive.sniff import HEAD_BYTES, TAIL_BYTES, kind_in_sentence, sniff
from kebao.archive.streams import truncated
from kebao.archive.xml import walk_xml

# Called directly, not through Image.open: no plugin beyond these five is ever tried, and Pillow's global pixel limit
# (a warning, not thread-safe to catch) stays out of it.
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "png": PngImagePlugin.PngImageFile,
    "jpeg": JpegImagePlugin.JpegImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
}
_FOREIGN = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a", b"7z\xbc\xaf", b"%PDF-", b"MZ\x90", b"\x7fELF")
_FOREIGN_TEXT = (b"<?php", b"<script", b"<html", b"<!doctype")
_SCAN_BYTES = 64 * MIB  # of a jpeg or gif, in which the end is looked for
_SVG_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$")
_SVG_RUNS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_SVG_FETCHES = frozenset({"image", "use", "feimage", "pattern", "lineargradient", "radialgradient", "filter", "mpath"})
_OUTSIDE = re.compile(r"^\s*([a-z][a-z0-9+.-]*:)?//|^\s*file:", re.IGNORECASE)
_SVG_SCHEMES = re.compile(
    r"^[\s\x00-\x20]*(javascript|vbscript|data\s*:\s*(text|application|image/svg))", re.IGNORECASE
)
_CSS_RUNS = re.compile(r"@import|expression\s*\(|javascript:|url\(\s*[\"']?\s*(https?:|//|file:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What the header says.

    Attributes:
        format: png, jpeg, gif, webp, bmp or svg.
        width, height: pixels; 0 where an svg does not say.
        trailing: bytes behind the picture's end (phones append previews and clips); never an archive or a script.
    """

    format: str
    width: int
    height: int
    trailing: int = 0


def image_facts(stream: BinaryIO, limits: Limits, name: str = "") -> ImageFacts:
    """Judge a picture without decoding it.

    Args:
        stream: seekable; left at its start.
        limits: `image_pixels`, and the XML limits for an svg.
        name: the file's name for messages.

    Raises:
        Unsafe: `pixel-bomb`, `polyglot`, `svg-script`, and for an svg what `parse_xml` raises.
        Unreadable: `mislabel`, `empty`, `truncated`, `damaged`.
    """
    name = name or "image"
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - TAIL_BYTES))
    tail = stream.read(TAIL_BYTES)
    stream.seek(0)
    kind = sniff(stream.read(HEAD_BYTES), tail)
    try:
        stream.seek(0)
        if kind == "svg":
            return _svg(stream, limits, name)
        if kind not in _READERS:
            raise _no_picture(kind, name)
        if _ends_as_zip(tail):
            raise _polyglot(kind, name)
        width, height = _dimensions(kind, stream, name, limits)
        if width * height > limits.image_pixels:
            raise _too_large(f"{width}×{height}", name, limits)
        trailing = _trailing(kind, stream, size, name)
        return ImageFacts(kind, width, height, trailing)
    finally:
        stream.seek(0)


def _dimensions(kind: str, stream: BinaryIO, name: str, limits: Limits) -> tuple[int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a broken EXIF block is no fault of the picture
            with _READERS[kind](stream, name) as picture:
                return picture.size
    except Image.DecompressionBombError as error:  # the gif reader asks Pillow's own limit
        raise _too_large("?×?", name, limits) from error
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, MemoryError) as error:
        raise _damaged(name) from error
    except (struct.error, zlib.error, AttributeError, RuntimeError, AssertionError, NotImplementedError) as error:
        raise _damaged(name) from error


def _trailing(kind: str, stream: BinaryIO, size: int, name: str) -> int:
    """Bytes behind the picture's end."""
    end = _ENDS[kind](stream, size, name)
    trailing = max(0, size - end)
    stream.seek(end)
    behind = stream.read(min(trailing, HEAD_BYTES)) if trailing else b""
    hidden = behind.lstrip(b"\0\r\n\t ").startswith(_FOREIGN) or any(m in behind.lower() for m in _FOREIGN_TEXT)
    if hidden:
        raise _polyglot(kind, name)
    return trailing


def _ends_as_zip(tail: bytes) -> bool:
    """Whether a zip's end record closes the file, wherever the zip itself hides."""
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") <= len(tail)


def _png_end(stream: BinaryIO, size: int, name: str) -> int:
    at = 8
    while at + 12 <= size:
        stream.seek(at)
        header = stream.read(8)
        at += 12 + int.from_bytes(header[:4], "big")
        if header[4:] == b"IEND":
            return at
    raise truncated(name)


def _jpeg_end(stream: BinaryIO, size: int, _: str) -> int:
    stream.seek(0)
    content: bytes = stream.read(_SCAN_BYTES)
    at: int = 2
    while 0 <= at < len(content) - 1:
        if content[at] != 0xFF:
            at = content.find(b"\xff", at)
            continue
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return size  # cut pictures are common and shown by every browser


def _gif_end(stream: BinaryIO, size: int, name: str) -> int:
    stream.seek(0)
    content = stream.read(_SCAN_BYTES)
    at = 13 + (3 << (content[10] & 7) + 1 if content[10] & 0x80 else 0)
    while at < len(content):
        block = content[at]
        if block == 0x3B:
            return at + 1
        if block == 0x2C and at + 10 < len(content):
            flags = content[at + 9]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        elif block == 0x21:
            at += 2
        else:
            raise _damaged(name)
        while at < len(content) and content[at]:
            at += 1 + content[at]
        at += 1
    if size > _SCAN_BYTES:
        return size
    raise truncated(name)


def _riff_end(stream: BinaryIO, size: int, name: str) -> int:
    stream.seek(4)
    length = int.from_bytes(stream.read(4), "little") + 8
    if length > size + 1:
        raise truncated(name)
    return min(length, size)


def _bmp_end(stream: BinaryIO, size: int, _: str) -> int:
    stream.seek(2)
    length = int.from_bytes(stream.read(4), "little")
    return min(length, size) if length else size


_ENDS: dict[str, Callable[[BinaryIO, int, str], int]] = {
    "png": _png_end,
    "jpeg": _jpeg_end,
    "gif": _gif_end,
    "webp": _riff_end,
    "bmp": _bmp_end,
}


def _svg(stream: BinaryIO, limits: Limits, name: str) -> ImageFacts:
    """Walk an svg; anything that runs or fetches is refused."""
    lengths: dict[str, int] = {}
    stack: list[str] = []
    style: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2].lower()
        if not stack:
            lengths.update(_svg_size(attributes))
        stack.append(local)
        if local in _SVG_RUNS:
            raise _svg_script(name)
        for key, value in attributes.items():
            key = key.rpartition("}")[2].lower()
            runs = key.startswith("on") or (
                key in ("href", "src", "to", "from", "values", "by") and _SVG_SCHEMES.match(value)
            )
            fetches = key == "href" and local in _SVG_FETCHES and _OUTSIDE.match(value)
            if (
                runs
                or fetches
                or (key == "attributename" and value.lower().startswith("on"))
                or _CSS_RUNS.search(value)
            ):
                raise _svg_script(name)

    def end(_: str) -> None:
        if stack.pop() == "style" and _CSS_RUNS.search("".join(style)):
            raise _svg_script(name)

    def instruction(target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _svg_script(name)

    def text(words: str) -> None:
        if stack and stack[-1] == "style":
            style.append(words)

    walk_xml(stream, limits, name, start=start, end=end, text=text, instruction=instruction)
    return ImageFacts("svg", lengths.get("width", 0), lengths.get("height", 0))


def _svg_size(attributes: dict[str, str]) -> dict[str, int]:
    sizes = {}
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    for index, key in ((2, "width"), (3, "height")):
        match = _SVG_LENGTH.match(attributes.get(key, "")) or (_SVG_LENGTH.match(box[index]) if len(box) == 4 else None)
        if match and len(match.group(1)) < 10:
            sizes[key] = round(float(match.group(1)))
    return sizes


def _no_picture(kind: str, name: str) -> Exception:
    if kind == "empty":
        return unreadable("empty", "“{entry}”是空文件。", "“{entry}” is an empty file.", name)
    return unreadable(
        "mislabel",
        "“{entry}”是{kind}，不是可用的图片；请用 png、jpg、gif、webp、bmp 或 svg。",
        "“{entry}” is {kind}, not a picture that can be used; use png, jpg, gif, webp, bmp or svg.",
        name,
        kind=kind_in_sentence(kind),
    )


def _damaged(name: str) -> Exception:
    return unreadable(
        "damaged", "图片“{entry}”已损坏，请换一张。", "The picture “{entry}” is damaged; replace it.", name
    )


def _too_large(size: str, name: str, limits: Limits) -> Exception:
    return unsafe(
        "pixel-bomb",
        "图片“{entry}”有 {size} 像素，超过上限 {limit} 万像素，请缩小。",
        "The picture “{entry}” has {size} pixels, above the limit of {megapixels} megapixels; reduce it.",
        name,
        size=size,
        limit=limits.image_pixels // 10_000,
        megapixels=limits.image_pixels // 1_000_000,
    )


def _polyglot(kind: str, name: str) -> Exception:
    return unsafe(
        "polyglot",
        "“{entry}”看上去是{kind}，后面却藏着别的内容，已拒收；请用画图软件另存一份。",
        "“{entry}” looks like {kind} but hides something behind its end; refused. Save it again with a picture editor.",
        name,
        kind=kind_in_sentence(kind),
    )


def _svg_script(name: str) -> Exception:
    return unsafe(
        "svg-script",
        "SVG 图形“{entry}”里有脚本或外部内容，已拒收；请改用 png，或另存为纯图形的 SVG。",
        "The drawing “{entry}” holds a script or outside content; refused. Use png, or save it as a plain SVG.",
        name,
    )
