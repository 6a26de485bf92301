"""One door for whatever was handed in: a folder, a zip, a tar, by content and not by extension."""

from __future__ import annotations

from pathlib import Path

from kebao.archive.faults import unreadable, unsafe
from kebao.archive.folder import FolderTree
from kebao.archive.limits import Limits
from kebao.archive.sniff import HEAD_BYTES, TAIL_BYTES, kind_in_sentence, sniff
from kebao.archive.source import FileSource
from kebao.archive.streams import damaged
from kebao.archive.tartree import TarTree
from kebao.archive.tree import Tree
from kebao.archive.ziptree import ZipTree
from kebao.model.errors import Unreadable

_END = b"PK\x05\x06"
_ARCHIVES = ("rar", "7z", "bzip2", "xz")
_OFFICE = ("docx", "xlsx", "pptx", "odf", "epub", "ole2")


def open_tree(path: Path, limits: Limits = Limits()) -> Tree:  # noqa: B008  frozen, made once
    """Open a folder or an archive for reading, after judging it whole. Nothing is unpacked and nothing is written.

    A link given as `path` itself is followed (the caller chose it); links inside are refused.

    Raises:
        Unsafe: traversal, links, bombs and the like; `code` says which, `entry` names the file inside.
        Unreadable: `missing`, `empty`, `truncated`, `damaged`, `mislabel`, `encrypted`, `method`, `split`.
    """
    try:
        real = path.resolve(strict=True)
        is_folder = real.is_dir()
    except FileNotFoundError as error:
        raise unreadable("missing", "找不到“{entry}”。", "“{entry}” is not there.", path.name) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise unreadable("unreadable", "打不开“{entry}”。", "“{entry}” cannot be opened.", path.name) from error
    if is_folder:
        return FolderTree(path, limits)
    source = FileSource(real)
    try:
        kind = _kind(source, path.name)
        if kind == "zip":
            return ZipTree(path, source, limits)
        return TarTree(path, source, limits)
    except Unreadable:
        source.close()
        raise
    except (OverflowError, MemoryError) as error:  # a number in a header that no machine can hold
        source.close()
        raise damaged(path.name) from error


def _kind(source: FileSource, name: str) -> str:
    """`zip`, `gzip` or `tar`; everything else is refused with advice."""
    head = source.read_at(0, HEAD_BYTES)
    start = max(0, source.size - TAIL_BYTES)
    tail = source.read_at(start, TAIL_BYTES)
    kind = sniff(head, tail)
    if kind in ("zip", "gzip", "tar"):
        return kind
    if kind == "empty":
        raise unreadable("empty", "“{entry}”是空文件，请重新发送。", "“{entry}” is an empty file; send it again.", name)
    if kind in _ARCHIVES:
        raise unreadable(
            "mislabel",
            "“{entry}”是{kind}，请改用 zip 格式打包再发送。",
            "“{entry}” is {kind}; please pack it as a zip and send it again.",
            name,
            kind=kind_in_sentence(kind),
        )
    if kind not in _OFFICE and _END in tail:
        raise _hidden(kind, name)
    raise unreadable(
        "mislabel",
        "“{entry}”是{kind}，不是课程包；请提交文件夹或 zip 压缩包。",
        "“{entry}” is {kind}, not a course package; hand in a folder or a zip archive.",
        name,
        kind=kind_in_sentence(kind),
    )


def _hidden(kind: str, name: str) -> Exception:
    if kind in ("program", "unknown", "text"):
        return unsafe(
            "prefix",
            "“{entry}”前面附有别的内容（像自解压程序），请重新打成普通的 zip。",
            "“{entry}” has something in front of the archive (like a self-extractor); pack it as a plain zip.",
            name,
        )
    return unsafe(
        "polyglot",
        "“{entry}”看上去是{kind}，里面却藏着压缩包，已拒收；请分别提交。",
        "“{entry}” looks like {kind} but hides an archive; refused. Hand them in separately.",
        name,
        kind=kind_in_sentence(kind),
    )
