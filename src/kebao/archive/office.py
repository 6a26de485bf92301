"""Office files before any reader sees them: no macros, no password, no bombs; what points outside is named, not fetched."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from kebao.archive.faults import unreadable, unsafe
from kebao.archive.limits import Limits
from kebao.archive.ole2 import ole2_contents
from kebao.archive.sniff import HEAD_BYTES, TAIL_BYTES, kind_in_sentence, mislabel, sniff
from kebao.archive.source import StreamSource
from kebao.archive.xml import walk_xml
from kebao.archive.ziptree import ZipTree
from kebao.model.errors import Unreadable

OfficeKind = Literal["docx", "xlsx", "pptx", "doc", "xls", "ppt"]

_MAIN_PARTS: tuple[tuple[str, OfficeKind], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_CONTENT_TYPES = "[Content_Types].xml"
_DTD_MARKS = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What was seen.

    Attributes:
        kind: docx, xlsx, pptx; doc, xls, ppt for the old formats.
        parts: files inside; 0 for the old formats.
        external: targets outside the file that a careless reader would fetch (pictures, templates, linked workbooks,
            DDE); plain hyperlinks are not among them.
        embedded: paths of embedded objects (OLE, other documents).
    """

    kind: OfficeKind
    parts: int
    external: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()


def vet_office(stream: BinaryIO, limits: Limits, name: str = "") -> OfficeFacts:
    """Judge an office file; python-docx, openpyxl and calamine may read only what passed here.

    Args:
        stream: seekable; left at its start.
        limits: what is allowed.
        name: the file's name for messages; its extension, where it has one, must agree with the content.

    Raises:
        Unsafe: `macro`, `xml-bomb`, `xxe`, `doctype`, `xml-depth`, `zip-bomb` and what `ZipTree` raises.
        Unreadable: `encrypted`, `mislabel`, `empty`, `truncated`, `damaged`, `xml`.
    """
    name = name or "Office"
    source = StreamSource(stream)
    head = source.read_at(0, HEAD_BYTES)
    kind = sniff(head, source.read_at(max(0, source.size - TAIL_BYTES), TAIL_BYTES))
    try:
        if kind == "ole2":
            return _old(source, name)
        if kind == "empty":
            raise unreadable("empty", "“{entry}”是空文件。", "“{entry}” is an empty file.", name)
        if kind not in ("docx", "xlsx", "pptx", "zip"):
            raise _mislabelled(name, kind)
        with ZipTree(Path(name), source, limits, keep_junk=True) as tree:
            return _modern(tree, name, limits)
    except (OverflowError, MemoryError) as error:
        raise unreadable("damaged", "“{entry}”已损坏。", "“{entry}” is damaged.", name) from error
    finally:
        stream.seek(0)


def _old(source: StreamSource, name: str) -> OfficeFacts:
    contents = ole2_contents(source, name)
    if contents.encrypted:
        raise unreadable(
            "encrypted",
            "“{entry}”设了密码，无法检查；请去掉密码另存后再提交。",
            "“{entry}” is locked with a password and cannot be checked; save it without one.",
            name,
        )
    if contents.macros:
        raise _macro(name)
    if not contents.kind or mislabel(name, "ole2"):
        raise _mislabelled(name, "ole2")
    return OfficeFacts(contents.kind, 0)


def _modern(tree: ZipTree, name: str, limits: Limits) -> OfficeFacts:
    paths = [entry.path for entry in tree.entries]
    for path in paths:
        if path.lower().endswith(_MACRO_PARTS) or "/macrosheets/" in f"/{path.lower()}":
            raise _macro(name)
    if tree.wrapper or tree.get(_CONTENT_TYPES) is None:
        raise _mislabelled(name, "zip")
    kind = next((kind for start, kind in _MAIN_PARTS if any(path.startswith(start) for path in paths)), None)
    if kind is None or any(path.endswith("workbook.bin") for path in paths):
        raise _mislabelled(name, "zip")
    if mislabel(name, kind):
        raise _mislabelled(name, kind)
    types = _content_types(tree, name, limits)
    outside: list[str] = []
    for path in paths:
        _check_part(tree, path, types, limits, outside)
    embedded = tuple(path for path in paths if "/embeddings/" in path or "/activex/" in path.lower())
    return OfficeFacts(kind, len(paths), tuple(dict.fromkeys(outside)), embedded)


def _check_part(tree: ZipTree, path: str, types: dict[str, str], limits: Limits, outside: list[str]) -> None:
    """Walk one XML part; other parts are only counted through, so that no size is believed."""
    lower = path.lower()
    declared = types.get(f"/{lower}") or types.get(lower.rpartition(".")[2], "")
    with tree.open(path) as stream:
        if lower.endswith(".rels"):
            walk_xml(stream, limits, path, start=_relations(outside))
        elif lower.endswith(".xml") or declared.endswith("xml"):
            walk_xml(stream, limits, path, start=_dde(outside))
        elif lower.endswith(".vml"):  # Excel writes VML that is no XML; no reader of ours parses it
            if any(mark in stream.read(limits.xml_bytes).upper() for mark in _DTD_MARKS):
                raise unsafe(
                    "doctype",
                    "“{entry}”带有 DOCTYPE，已拒收；请用 Word、Excel 或 WPS 另存后再提交。",
                    "“{entry}” has a DOCTYPE; refused. Save it again in Word, Excel or WPS.",
                    path,
                )
        else:
            while stream.read(1 << 20):
                pass


def _content_types(tree: ZipTree, name: str, limits: Limits) -> dict[str, str]:
    """Content type by part name (`/word/document.xml`) and by extension (`xml`), all in lower case."""
    types: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        content_type = attributes.get("ContentType", "").lower()
        if any(mark in content_type for mark in _MACRO_TYPES):
            raise _macro(name)
        types[(attributes.get("PartName") or attributes.get("Extension", "")).lower()] = content_type

    with tree.open(_CONTENT_TYPES) as stream:
        walk_xml(stream, limits, _CONTENT_TYPES, start=start)
    return types


def _relations(outside: list[str]) -> Callable[[str, dict[str, str]], None]:
    def start(_: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").lower() != "external":
            return
        if not attributes.get("Type", "").lower().endswith("/hyperlink"):
            outside.append(attributes.get("Target", ""))

    return start


def _dde(outside: list[str]) -> Callable[[str, dict[str, str]], None]:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("}ddeLink"):
            outside.append(f"dde:{attributes.get('ddeService', '')}|{attributes.get('ddeTopic', '')}")

    return start


def _macro(name: str) -> Unreadable:
    return unsafe(
        "macro",
        "“{entry}”含有宏，不能接收；请另存为不带宏的文档（docx、xlsx、pptx）。",
        "“{entry}” holds macros and cannot be accepted; save it without macros (docx, xlsx, pptx).",
        name,
    )


def _mislabelled(name: str, kind: str) -> Unreadable:
    extension = os.path.splitext(name)[1].lower()
    if kind == "ole2" and extension in (".docx", ".xlsx", ".pptx"):
        return unreadable(
            "mislabel",
            "“{entry}”的扩展名是 {extension}，内容却是旧版 Office 格式；请打开后另存为 {extension}。",
            "“{entry}” ends in {extension} but is in the old Office format; open it and save it as {extension}.",
            name,
            extension=extension,
        )
    return unreadable(
        "mislabel",
        "“{entry}”是{kind}，不是能读的 Office 文档；请用 Word、Excel 或 WPS 另存后再提交。",
        "“{entry}” is {kind}, not an Office document that can be read; save it again with Word, Excel or WPS.",
        name,
        kind=kind_in_sentence(kind),
    )
