"""XML from strangers: no DOCTYPE, no entities, nothing external, bounded size, depth and number of nodes.

The parser is expat, driven directly so that a DOCTYPE is refused at its first declaration, before anything expands.
Processing instructions are ignored; XInclude is an element like any other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kebao.archive.faults import megabytes, unreadable, unsafe
from kebao.archive.limits import Limits
from kebao.model.errors import Unreadable

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_TRANSCODED = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "windows-936": "gb18030",
    "x-gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs", "cp950": "cp950",
    "shift_jis": "shift_jis", "euc-jp": "euc_jp", "euc-kr": "euc_kr", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "iso-8859-2": "iso8859_2", "iso-8859-15": "iso8859_15",
}  # fmt: skip
_NATIVE = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "latin1"})
_BLOCK = 64 << 10

StartTag = Callable[[str, dict[str, str]], None]


def parse_xml(data: bytes | BinaryIO, limits: Limits, name: str = "XML") -> Element:
    """Parse one document into an ElementTree element; names are `{namespace}local`.

    Args:
        data: the bytes, or a stream of them.
        limits: `xml_bytes`, `xml_depth`, `xml_nodes` count.
        name: the file's name for messages.

    Raises:
        Unsafe: `xxe` (external entity), `xml-bomb` (entities, or too large), `doctype`, `xml-depth`.
        Unreadable: `xml` (not well formed, or a wrong encoding), `empty`.
    """
    content = data if isinstance(data, bytes) else _read(data, limits)
    builder = TreeBuilder()
    walk_xml(content, limits, name, start=builder.start, end=builder.end, text=builder.data)  # type: ignore[arg-type]
    return builder.close()


def walk_xml(
    data: bytes | BinaryIO,
    limits: Limits,
    name: str = "XML",
    *,
    start: StartTag | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
    instruction: Callable[[str, str], object] | None = None,
) -> None:
    """Go through one document under the same rules without keeping it.

    Raises:
        Unsafe, Unreadable: see `parse_xml`.
    """
    content = data if isinstance(data, bytes) else _read(data, limits)
    if len(content) > limits.xml_bytes:
        raise unsafe(
            "xml-bomb",
            "“{entry}”超过 XML 文件的上限 {limit}；请减少内容，或分成几个文件。",
            "“{entry}” exceeds the limit of {limit} for an XML file; take content out, or split it into several files.",
            name,
            limit=megabytes(limits.xml_bytes),
        )
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise unreadable("empty", "“{entry}”是空文件。", "“{entry}” is an empty file.", name)
    content, encoding = _for_expat(content, name)
    parser = _Guard(name, limits, start, end, text).parser(encoding)
    if instruction is not None:
        parser.ProcessingInstructionHandler = instruction
    try:
        view = memoryview(content)
        for at in range(0, len(view), _BLOCK):
            parser.Parse(view[at : at + _BLOCK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise unreadable(
            "xml",
            "“{entry}”不是正确的 XML：第 {line} 行附近有错。",
            "“{entry}” is not well-formed XML: a fault near line {line}.",
            name,
            line=error.lineno,
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that expat and we do not know
        raise _wrong_encoding(name, "") from error


class _Guard:
    """Expat's callbacks: they pass on what is allowed and raise at what is not."""

    def __init__(
        self,
        name: str,
        limits: Limits,
        start: StartTag | None,
        end: Callable[[str], object] | None,
        text: Callable[[str], object] | None,
    ) -> None:
        self._name = name
        self._limits = limits
        self._start = start
        self._end = end
        self._text = text
        self._depth = 0
        self._nodes = 0
        self._names: dict[str, str] = {}

    def parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding, "}")
        parser.buffer_text = True
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        if self._text is not None:
            parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.EndDoctypeDeclHandler = self._on_doctype_end
        parser.EntityDeclHandler = self._on_entity
        parser.ExternalEntityRefHandler = self._on_external
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        return parser

    def _fixed(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = "{" + name if "}" in name else name
        return known

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._nodes += 1 + len(attributes)
        if self._depth > self._limits.xml_depth:
            raise unsafe(
                "xml-depth",
                "“{entry}”的 XML 嵌套超过 {limit} 层，已拒收；请用制作它的软件重新导出。",
                "The XML of “{entry}” is nested deeper than {limit}; refused. Export it again from the program that made it.",
                self._name,
                limit=self._limits.xml_depth,
            )
        if self._nodes > self._limits.xml_nodes:
            raise unsafe(
                "xml-bomb",
                "“{entry}”的 XML 元素超过 {limit} 个，已拒收；请用制作它的软件重新导出。",
                "The XML of “{entry}” has more than {limit} elements; refused. Export it again from the program that made it.",
                self._name,
                limit=self._limits.xml_nodes,
            )
        if self._start is not None:
            self._start(self._fixed(tag), {self._fixed(key): value for key, value in attributes.items()})

    def _on_end(self, tag: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(self._fixed(tag))

    def _on_doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:  # noqa: ARG002
        if not subset:
            raise self._doctype()

    def _on_doctype_end(self) -> None:
        raise self._doctype()

    def _on_entity(
        self,
        name: str,  # noqa: ARG002
        is_parameter: bool,  # noqa: ARG002
        value: str | None,
        base: str | None,  # noqa: ARG002
        system: str | None,  # noqa: ARG002
        public: str | None,  # noqa: ARG002
        notation: str | None,  # noqa: ARG002
    ) -> None:
        if value is None:
            raise self._external()
        raise unsafe(
            "xml-bomb",
            "“{entry}”的 XML 里定义了实体（可能无限展开），已拒收；请删去 DOCTYPE 部分。",
            "The XML of “{entry}” defines entities, which may expand without end; refused. Remove its DOCTYPE.",
            self._name,
        )

    def _on_external(self, *_: object) -> int:
        raise self._external()

    def _external(self) -> Unreadable:
        return unsafe(
            "xxe",
            "“{entry}”的 XML 要读取包外的文件，已拒收；请删去 DOCTYPE 部分。",
            "The XML of “{entry}” asks for a file outside the package; refused. Remove its DOCTYPE.",
            self._name,
        )

    def _doctype(self) -> Unreadable:
        return unsafe(
            "doctype",
            "“{entry}”的 XML 带有 DOCTYPE，已拒收；请删去 DOCTYPE 部分。",
            "The XML of “{entry}” has a DOCTYPE; refused. Remove it.",
            self._name,
        )


def _read(stream: BinaryIO, limits: Limits) -> bytes:
    """At most one byte more than allowed."""
    content = bytearray()
    while len(content) <= limits.xml_bytes and (part := stream.read(min(1 << 20, limits.xml_bytes + 1 - len(content)))):
        content += part
    return bytes(content)


def _for_expat(content: bytes, name: str) -> tuple[bytes, str | None]:
    """The bytes expat can read, and the encoding to impose on it where the declared one must be overridden."""
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content, None
    match = _DECLARATION.match(content[:400])
    declared = match.group(1).decode("ascii").lower() if match else ""
    if not declared or declared in _NATIVE:
        if declared.startswith("utf-16"):
            return content, "utf-8"  # the declaration itself was readable as ASCII, so it lies
        return content, None
    codec = _TRANSCODED.get(declared)
    if codec is None:
        raise _wrong_encoding(name, declared)
    try:  # editors turn GB 2312 into UTF-8 and leave the declaration; GB 18030 text of any length is no valid UTF-8
        if any(char > "\u07ff" for char in content.decode("utf-8")):
            return content, "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(codec).encode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        raise _wrong_encoding(name, declared) from error


def _wrong_encoding(name: str, declared: str) -> Unreadable:
    return unreadable(
        "xml",
        "“{entry}”的内容与声明的编码“{declared}”不符，请另存为 UTF-8。",
        "The content of “{entry}” is not in the encoding it declares (“{declared}”); save it as UTF-8.",
        name,
        declared=declared or "?",
    )
