"""What a file is by its first bytes, and whether its name says the same."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from kebao.archive.faults import shown
from kebao.model.text import Text

HEAD_BYTES = 4096
TAIL_BYTES = 65_557  # end record of a zip with the longest comment

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"%PDF-", "pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"),
    (0, b"\x00\x00\x01\xba", "mpeg-ps"),
    (0, b"\x00\x00\x01\xb3", "mpeg-ps"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (257, b"ustar", "tar"),
)
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp", b"moof"})
_OOXML = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
)
_OOXML_HEADS = (b"word/", b"xl/", b"ppt/", b"_rels/.rels", b"[Content_Types].xml", b"docProps/")
_PLAYLISTS = (
    "#extm3u",
    "ffconcat version",
    "v=0\no=",
    "v=0\r\no=",
    "[playlist]",
    "[reference]",
    "<asx",
    "<smil",
    "<mpd",
    "<playlist",
    "<smoothstreamingmedia",
    "rtsptext",
    "rtsp://",
    "smpte-",
)
_XML_PREAMBLE = re.compile(r"^(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)+", re.DOTALL)
_HTML = re.compile(r"^<(html|head|body|title|meta|script|table|div|p|h[1-6]|br|center|font|style|link)[\s>/]")

_WORDS: dict[str, tuple[str, str]] = {
    "empty": ("空文件", "an empty file"),
    "zip": ("zip 压缩包", "a zip archive"),
    "rar": ("RAR 压缩包", "a RAR archive"),
    "7z": ("7z 压缩包", "a 7z archive"),
    "gzip": ("gzip 压缩文件", "a gzip file"),
    "bzip2": ("bzip2 压缩文件", "a bzip2 file"),
    "xz": ("xz 压缩文件", "an xz file"),
    "tar": ("tar 归档", "a tar archive"),
    "pdf": ("PDF 文档", "a PDF document"),
    "png": ("PNG 图片", "a PNG picture"),
    "jpeg": ("JPEG 图片", "a JPEG picture"),
    "gif": ("GIF 图片", "a GIF picture"),
    "webp": ("WebP 图片", "a WebP picture"),
    "bmp": ("BMP 图片", "a BMP picture"),
    "svg": ("SVG 图形", "an SVG drawing"),
    "heic": ("HEIC 图片", "an HEIC picture"),
    "mp4": ("MP4/MOV 音视频", "MP4/MOV media"),
    "matroska": ("Matroska/WebM 音视频", "Matroska/WebM media"),
    "mpeg-ts": ("MPEG-TS 视频", "an MPEG-TS video"),
    "mpeg-ps": ("MPEG 视频", "an MPEG video"),
    "avi": ("AVI 视频", "an AVI video"),
    "flv": ("FLV 视频", "an FLV video"),
    "asf": ("WMV/WMA 音视频", "WMV/WMA media"),
    "mp3": ("MP3 音频", "MP3 audio"),
    "wav": ("WAV 音频", "WAV audio"),
    "flac": ("FLAC 音频", "FLAC audio"),
    "ogg": ("Ogg 音视频", "Ogg media"),
    "aac": ("AAC 音频", "AAC audio"),
    "ole2": ("旧版或加密的 Office 文档", "an old or encrypted Office document"),
    "docx": ("Word 文档（docx）", "a Word document (docx)"),
    "xlsx": ("Excel 表格（xlsx）", "an Excel workbook (xlsx)"),
    "pptx": ("PowerPoint 演示文稿（pptx）", "a PowerPoint presentation (pptx)"),
    "odf": ("OpenDocument 文档", "an OpenDocument file"),
    "epub": ("EPUB 电子书", "an EPUB book"),
    "html": ("网页", "a web page"),
    "xml": ("XML 文件", "an XML file"),
    "json": ("JSON 文件", "a JSON file"),
    "text": ("纯文本", "plain text"),
    "playlist": ("播放列表", "a playlist"),
    "program": ("程序", "a program"),
    "unknown": ("认不出的内容", "content that cannot be recognised"),
}

_TEXTS = frozenset({"text", "json", "xml", "playlist"})
_EXPECTED: dict[str, frozenset[str]] = {
    **{e: frozenset({"zip"}) for e in (".zip", ".h5p", ".imscc")},
    ".mbz": frozenset({"zip", "gzip", "tar"}),
    **{e: frozenset({"gzip"}) for e in (".tgz", ".gz")},
    ".tar": frozenset({"tar"}),
    **{e: frozenset({"docx"}) for e in (".docx", ".docm", ".dotx")},
    **{e: frozenset({"xlsx"}) for e in (".xlsx", ".xlsm", ".xltx")},
    **{e: frozenset({"pptx"}) for e in (".pptx", ".pptm", ".ppsx")},
    **{e: frozenset({"ole2"}) for e in (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")},
    ".pdf": frozenset({"pdf"}),
    ".png": frozenset({"png"}),
    **{e: frozenset({"jpeg"}) for e in (".jpg", ".jpeg")},
    ".gif": frozenset({"gif"}),
    ".webp": frozenset({"webp"}),
    ".bmp": frozenset({"bmp"}),
    ".svg": frozenset({"svg"}),
    **{e: frozenset({"mp4"}) for e in (".mp4", ".m4v", ".mov", ".m4a", ".3gp")},
    **{e: frozenset({"matroska"}) for e in (".mkv", ".webm", ".mka")},
    **{e: frozenset({"mpeg-ts"}) for e in (".ts", ".mts", ".m2ts")},
    **{e: frozenset({"mpeg-ps"}) for e in (".mpg", ".mpeg", ".vob")},
    ".avi": frozenset({"avi"}),
    ".flv": frozenset({"flv"}),
    **{e: frozenset({"asf"}) for e in (".wmv", ".wma", ".asf")},
    ".mp3": frozenset({"mp3"}),
    ".wav": frozenset({"wav"}),
    ".flac": frozenset({"flac"}),
    **{e: frozenset({"ogg"}) for e in (".ogg", ".oga", ".ogv", ".opus")},
    ".aac": frozenset({"aac"}),
    **{e: frozenset({"html", "xml", "text"}) for e in (".html", ".htm", ".xhtml")},
    ".xml": frozenset({"xml", "html", "svg", "playlist"}),
    ".json": frozenset({"json"}),
    **dict.fromkeys((".txt", ".csv", ".md", ".gift", ".vtt", ".srt", ".yaml", ".yml"), _TEXTS),
}
_LOOSE = frozenset(
    {".mp4", ".m4v", ".mov", ".m4a", ".3gp", ".mkv", ".webm", ".mka", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg", ".vob"}
    | {".avi", ".flv", ".wmv", ".wma", ".asf", ".mp3", ".wav", ".flac", ".ogg", ".oga", ".ogv", ".opus", ".aac"}
)  # the media room says what is wrong with what is not recognised here


def sniff(head: bytes, tail: bytes = b"") -> str:
    """The kind of a file: one of the keys of `kind_words`.

    Args:
        head: its first bytes, `HEAD_BYTES` or more; a shorter file whole.
        tail: its last bytes (`TAIL_BYTES` or fewer): tells a docx from any other zip where its first part does not.
    """
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK", b"PK\x07\x08PK")):
        return _zip_kind(head, tail)
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return kind
    return _binary_kind(head) or _text_kind(head)


def _zip_kind(head: bytes, tail: bytes) -> str:
    if head[30:38] == b"mimetype":
        return "epub" if b"application/epub" in head[38:80] else "odf"
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    names = _directory_names(tail)
    if b"[Content_Types].xml" in names or first.startswith(_OOXML_HEADS):
        for part, kind in _OOXML:
            if any(name.startswith(part) for name in names) or part in head:
                return kind
    return "zip"


def _directory_names(tail: bytes) -> frozenset[bytes]:
    """Names in the part of a zip's own directory that lies in its tail; not those of a docx stored uncompressed before it."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 16:
        return frozenset()
    listed = tail[max(0, end - int.from_bytes(tail[end + 12 : end + 16], "little")) : end]
    return frozenset(
        listed[at.end() + 42 : at.end() + 42 + int.from_bytes(listed[at.end() + 24 : at.end() + 26], "little")]
        for at in re.finditer(rb"PK\x01\x02", listed)
    )


def _binary_kind(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if head[4:8] in _BOXES:
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "mp4"
    if (
        head[:2] == b"BM"
        and len(head) >= 18
        and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    for step, start in ((188, 0), (192, 4)):
        marks = head[start::step][:5]
        if len(marks) >= 2 and set(marks) == {0x47}:
            return "mpeg-ts"
    if len(head) >= 4 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[:2] not in (b"\xff\xfe", b"\xff\xff"):
        layer = head[1] >> 1 & 3
        if layer == 0:
            return "aac" if head[1] & 0xF6 == 0xF0 else "unknown"
        return "mp3" if head[2] >> 4 != 15 and head[2] >> 2 & 3 != 3 else "unknown"
    return ""


def _text_kind(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
    elif b"\0" in head:
        return "unknown"
    else:
        text = head.decode("utf-8", "replace")
    if sum(1 for char in text if char < " " and char not in "\t\r\n\f\v\x1a\x1b") > len(text) // 100:
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_PLAYLISTS):
        return "playlist"
    if start.startswith("<"):
        return _markup_kind(start)
    return "json" if re.match(r'^(\{\s*["}]|\[\s*(["\[{\]]|-?\d|true|false|null))', start) else "text"


def _markup_kind(start: str) -> str:
    match = _XML_PREAMBLE.match(start)
    preamble = match.group() if match else ""
    root = start[len(preamble) :]
    if root.startswith(_PLAYLISTS):
        return "playlist"
    if re.match(r"^<(\w+:)?svg[\s>/]", root):
        return "svg"
    if "<!doctype html" in preamble or _HTML.match(root):
        return "html"
    return "xml" if "<?xml" in preamble or re.match(r"^<[\w:!]", root or start) else "text"


def kind_words(kind: str) -> Text:
    """A kind as a person calls it."""
    zh, en = _WORDS[kind]
    return Text(zh=zh, en=en)


def kind_in_sentence(kind: str) -> Text:
    """The same after a Chinese character: a word in Latin letters stands off by a space."""
    words = kind_words(kind)
    return Text(zh=f" {words.zh}", en=words.en) if words.zh[0].isascii() else words


def mislabel(path: str, kind: str) -> Text | None:
    """The sentence when a file's extension and content disagree, else None.

    Media of unknown content are left to the media room, which knows more formats; extensions not listed are not judged.
    """
    extension = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    expected = _EXPECTED.get(extension)
    if expected is None or kind in expected or (kind == "unknown" and extension in _LOOSE):
        return None
    if kind == "empty":
        return Text(zh="“{path}”是空文件。", en="“{path}” is an empty file.").format(path=shown(path))
    return Text(
        zh="“{path}”的扩展名是 {extension}，内容却是{kind}，请核对后换成正确的文件。",
        en="“{path}” ends in {extension} but is {kind}; put the right file in its place.",
    ).format(path=shown(path), extension=extension, kind=kind_in_sentence(kind))
