"""Names from strangers: decoding them, and what no name may be."""

from __future__ import annotations

import codecs
import re
import struct
import unicodedata
import zlib
from urllib.parse import unquote

from kebao.archive.charset import ranked
from kebao.archive.faults import sentence, unreadable
from kebao.archive.limits import Limits
from kebao.model.text import Text

_BAD_CHARS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_WINDOWS_CHARS = re.compile('[<>:"|?*]')
_WINDOWS_NAME = re.compile(
    r"^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)", re.IGNORECASE
)
_DRIVE = re.compile(r"^[A-Za-z]:")
_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_JUNK_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", ".spotlight-v100", ".trashes"})
_UNICODE_PATH = 0x7075
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONFIDENT = 0.25


def decode_name(raw: bytes, *, utf8: bool = False, extra: bytes = b"") -> tuple[str, str]:
    """An archive entry's name and the encoding it was read in, separators untouched.

    Decode before splitting: a GBK trail byte can be 0x5C, the backslash.

    Args:
        raw: the bytes as they stand in the archive.
        utf8: the archive says that they are UTF-8 (flag bit 11); believed where they are.
        extra: zip extra field, searched for the Info-ZIP Unicode Path (0x7075), which counts when its CRC is `raw`'s.
    """
    if raw.isascii():
        return raw.decode("ascii"), "ascii"
    if utf8:
        try:
            return raw.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    path = _unicode_path(raw, extra)
    if path is not None:
        return path, "utf-8"
    _, text, encoding = ranked(raw)[0]
    return text, encoding


def name_candidates(raw: bytes) -> tuple[str, ...]:
    """Every reading of a name, most plausible first, so that a manifest's hrefs may decide between them."""
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", text) for _, text, _ in ranked(raw)))


def decode_text(raw: bytes) -> tuple[str, str]:
    """A text file's text and encoding: byte order mark, UTF-16 by its zeros, UTF-8, then GB 18030, Big5, cp1252.

    Raises:
        Unreadable: `encoding`, no reading is plausible.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError as error:
                raise _no_encoding() from error
    guess = _utf16_by_zeros(raw)
    if guess:
        return raw.decode(guess), guess
    try:
        return raw.decode("utf-8"), "ascii" if raw.isascii() else "utf-8"
    except UnicodeDecodeError:
        pass
    readings = ranked(raw, western=("cp1252",))
    if not readings or readings[0][0] < _CONFIDENT:
        raise _no_encoding()
    _, text, encoding = readings[0]
    return text, encoding


def _utf16_by_zeros(raw: bytes) -> str:
    """`utf-16-le` or `utf-16-be` when most of the high bytes in the first kilobyte are zero, else nothing."""
    head = raw[: min(1024, len(raw) & ~1)]
    if len(head) < 4 or len(raw) % 2 or b"\0" not in head:
        return ""
    pairs = len(head) // 2
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if high.count(0) > 0.3 * pairs and low.count(0) == 0:
            try:
                raw.decode(encoding)
            except UnicodeDecodeError:
                return ""
            return encoding
    return ""


def _no_encoding() -> Exception:
    return unreadable(
        "encoding",
        "认不出文字编码，请用记事本另存为 UTF-8 编码。",
        "The text's encoding cannot be told; save it as UTF-8.",
    )


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
                return None
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def is_junk(path: str) -> bool:
    """What operating systems and office programs leave behind: `__MACOSX/`, `.DS_Store`, `~$` lock files, `._` twins."""
    parts = path.rstrip("/").split("/")
    last = parts[-1].casefold()
    return (
        last in _JUNK_NAMES
        or last.startswith(("~$", "._", ".~lock."))
        or any(part.casefold() in _JUNK_FOLDERS for part in parts)
    )


def path_fault(path: str, limits: Limits) -> tuple[str, Text] | None:
    """What is wrong with a path inside a package, as (code, sentence), or None.

    A good path is relative with forward slashes, NFC, at most `limits.path_chars` characters and `limits.depth`
    components, has no empty, `.` or `..` component, no drive, backslash, control or bidi character, and can be stored
    on Windows (no device name, none of `<>:"|?*`, no component that ends in a dot or a space).

    Codes: `path-traversal`, `bad-name`, `depth`, `long-name`.
    """
    if _escapes(path):
        return "path-traversal", sentence(
            "“{entry}”指向包外的位置（含 ..、盘符或以 / 开头），不能接收；请用包内的相对路径。",
            "“{entry}” points outside the package (.., a drive or a leading /); use a relative path inside it.",
            path,
        )
    parts = path.split("/")
    fault = _character_fault(path) or next((f for f in (_part_fault(path, part) for part in parts) if f), None)
    if fault:
        return fault
    if len(parts) > limits.depth:
        return "depth", sentence(
            "“{entry}”的文件夹超过 {limit} 层，请减少层数。",
            "“{entry}” lies deeper than {limit} folders; use fewer.",
            path,
            limit=limits.depth,
        )
    if len(path) > limits.path_chars or any(len(part.encode()) > limits.name_bytes for part in parts):
        return "long-name", sentence(
            "“{entry}”太长：路径不超过 {limit} 个字符，每级名称不超过 {bytes} 字节（约 {hanzi} 个汉字）。请改短。",
            "“{entry}” is too long: at most {limit} characters a path and {bytes} bytes a name (about {hanzi} hanzi).",
            path,
            limit=limits.path_chars,
            bytes=limits.name_bytes,
            hanzi=limits.name_bytes // 3,
        )
    return None


def _escapes(path: str) -> bool:
    """Leaves the package, as written, with Windows separators, or after percent-decoding (twice)."""
    for _ in range(3):
        slashed = path.replace("\\", "/")
        if slashed.startswith("/") or _DRIVE.match(slashed) or ".." in slashed.split("/"):
            return True
        if "%" not in path:
            return False
        path = unquote(path)
    return False


def _character_fault(path: str) -> tuple[str, Text] | None:
    if _BAD_CHARS.search(path):
        return "bad-name", sentence(
            "文件名“{entry}”含有看不见的控制字符，请改名。",
            "The name “{entry}” holds an invisible control character; rename it.",
            path,
        )
    if "\\" in path:
        return "bad-name", sentence(
            "路径“{entry}”含有反斜杠，请改用 /。", "The path “{entry}” holds a backslash; use / instead.", path
        )
    if not unicodedata.is_normalized("NFC", path):
        return "bad-name", sentence(
            "路径“{entry}”的字符不是标准形式（NFC），请重新输入一遍。",
            "The path “{entry}” is not in Unicode normal form C; type it again.",
            path,
        )
    return None


def _part_fault(path: str, part: str) -> tuple[str, Text] | None:
    if part in ("", "."):
        return "bad-name", sentence(
            "路径“{entry}”里有空的一级或“.”，请改正。",
            "The path “{entry}” has an empty component or “.”; mend it.",
            path,
        )
    if part[-1] in ". " or _WINDOWS_NAME.match(part):
        return "bad-name", sentence(
            "“{entry}”在 Windows 上无法保存（系统保留名称，或以点、空格结尾），请改名。",
            "“{entry}” cannot be stored on Windows (a reserved name, or it ends in a dot or a space); rename it.",
            path,
        )
    if _WINDOWS_CHARS.search(part):
        return "bad-name", sentence(
            '“{entry}”含有 Windows 不允许的字符（< > : " | ? *），请改用全角标点或改名。',
            '“{entry}” holds a character that Windows does not allow (< > : " | ? *); rename it.',
            path,
        )
    return None
