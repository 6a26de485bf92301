"""From raw names to a package's entries: junk dropped, names judged, clashes found, one wrapping folder stepped into."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from kebao.archive.faults import sentence, unsafe
from kebao.archive.limits import Limits
from kebao.archive.names import is_junk, path_fault
from kebao.archive.streams import too_big
from kebao.archive.tree import Entry, Note
from kebao.model.errors import Unsafe

Place = TypeVar("Place")
_DESCRIBING = frozenset(
    {".xlsx", ".xls", ".yaml", ".yml", ".xml", ".json"}
)  # what describes a package lies in its root
_ENCODING_WORDS = {"gb18030": "GBK/GB18030", "big5": "Big5"}


@dataclass(frozen=True, slots=True)
class Found(Generic[Place]):
    """A name as it was found.

    Attributes:
        path: decoded; a backslash is still one.
        raw: its bytes in the container.
        encoding: what it was decoded from; `ascii`, `utf-8` or something that deserves a note.
        size: bytes declared.
        folder: whether it stands for a folder.
        place: how the container finds it again.
    """

    path: str
    raw: bytes
    encoding: str
    size: int
    folder: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Gathered(Generic[Place]):
    """What came of it; `places` is keyed by the entries' paths."""

    entries: tuple[Entry, ...]
    places: dict[str, Place]
    wrapper: str
    notes: tuple[Note, ...]


def gather(
    found: Iterable[Found[Place]], limits: Limits, *, keep_junk: bool = False, in_folder: bool = False
) -> Gathered[Place]:
    """Judge all names together. Junk is dropped unless `keep_junk` (inside an office file every part can be reached).

    Raises:
        Unsafe: what `path_fault` names, `dup-name`, `case-clash`, `zip-bomb` (all together too large).
    """
    kept: dict[str, tuple[str, Found[Place]]] = {}
    folded: dict[str, str] = {}
    notes: list[Note] = []
    encodings: Counter[str] = Counter()
    total = backslashes = 0
    for item in found:
        written = _slashed(item.path)
        if not keep_junk and is_junk(written):
            continue
        path = _judged(written, item.folder, limits)
        if not path or item.folder:
            continue
        total += item.size
        if total > limits.unpacked_bytes:
            raise too_big(path, limits)
        encodings[item.encoding] += 1
        backslashes += "\\" in item.path
        path = _without_clash(path, written, kept, folded, notes)
        kept[path] = (written, item)
    _check_folders(folded)
    _note_names(encodings, backslashes, notes)
    wrapper = _wrapper(kept, in_folder)
    cut = len(wrapper) + 1 if wrapper else 0
    paths = sorted(kept)
    entries = tuple(
        Entry(path[cut:], item.size, None if item.raw == path.encode() else item.raw)
        for path, (_, item) in ((path, kept[path]) for path in paths)
    )
    return Gathered(entries, {path[cut:]: kept[path][1].place for path in paths}, wrapper, tuple(notes))


def _slashed(path: str) -> str:
    """Windows separators turned, leading `./` (as tar writes) dropped."""
    path = path.replace("\\", "/")
    while path.startswith("./"):
        path = path[2:]
    return path


def _judged(written: str, folder: bool, limits: Limits) -> str:
    """The NFC path; empty for the root folder itself."""
    path = unicodedata.normalize("NFC", written)
    if folder:
        path = path[:-1] if path.endswith("/") else path
        if path in ("", "."):
            return ""
    fault = path_fault(path, limits)
    if fault:
        raise Unsafe(fault[0], fault[1], entry=path)
    return path


def _without_clash(
    path: str, written: str, kept: dict[str, tuple[str, Found[Place]]], folded: dict[str, str], notes: list[Note]
) -> str:
    """The path under which the file is kept; the same name twice or another letter case is refused."""
    key = unicodedata.normalize("NFC", path.casefold())
    other = folded.setdefault(key, path)
    if path not in kept:
        if other != path:
            raise unsafe(
                "case-clash",
                "“{entry}”与“{other}”只有大小写不同，在 Windows 上会互相覆盖，请改名。",
                "“{entry}” and “{other}” differ only by letter case and overwrite each other on Windows; rename one.",
                path,
                other=other,
            )
        return path
    first = kept[path][0]
    if written == first or (written in kept and written != path):
        raise unsafe(
            "dup-name",
            "有两个文件都叫“{entry}”，请删去一个或改名。",
            "Two files are both called “{entry}”; remove or rename one.",
            path,
        )
    notes.append(
        Note(
            "norm-clash",
            sentence(
                "有两个文件看上去都叫“{entry}”（字符编码形式不同），建议改名。",
                "Two files both look like “{entry}” (in different Unicode forms); better rename one.",
                path,
            ),
            path,
        )
    )
    if written != path:
        return written
    kept[first] = kept.pop(path)  # the spelling that is NFC keeps the plain path
    return path


def _check_folders(folded: dict[str, str]) -> None:
    """A name that is a file here and a folder there cannot be unpacked."""
    folders: set[str] = set()
    for key in folded:
        parent = key.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    for key in folders & folded.keys():
        raise unsafe(
            "dup-name",
            "“{entry}”既是文件又是文件夹，请改名。",
            "“{entry}” is both a file and a folder; rename one.",
            folded[key],
        )


def _note_names(encodings: Counter[str], backslashes: int, notes: list[Note]) -> None:
    for encoding, count in sorted(encodings.items()):
        if encoding in ("ascii", "utf-8"):
            continue
        notes.append(
            Note(
                "name-decoded",
                sentence(
                    "{count} 个文件名没有注明编码，已按 {encoding} 读出，请核对。",
                    "{count} file names do not state their encoding; they were read as {encoding}. Please check them.",
                    count=count,
                    encoding=_ENCODING_WORDS.get(encoding, encoding),
                ),
            )
        )
    if backslashes:
        notes.append(
            Note(
                "backslash",
                sentence(
                    "{count} 个文件名用反斜杠分隔文件夹，已按 / 处理。",
                    "{count} file names separate folders by a backslash; it was read as /.",
                    count=backslashes,
                ),
            )
        )


def _wrapper(kept: dict[str, tuple[str, Found[Place]]], in_folder: bool) -> str:
    """The one folder that wraps everything, or nothing.

    In a folder that somebody chose (`in_folder`), a single folder of lessons and nothing else is a chapter, no wrapper.
    """
    tops = {path.partition("/")[0] if "/" in path else "" for path in kept}
    if len(tops) != 1 or "" in tops:
        return ""
    if not in_folder:
        return tops.pop()
    within = [path.split("/")[1:] for path in kept]
    wraps = any(len(parts) > 1 or PurePosixPath(parts[-1]).suffix.lower() in _DESCRIBING for parts in within)
    return tops.pop() if wraps else ""
