"""The machine's face of the manifest: `培训包.yaml`.

Read as events, never as Python objects: nothing can be constructed, every scalar is the text that stands there, and the
field it belongs to decides what it means (`on`, `no`, a date, `1.10` stay what was written). Reading refuses what a person
does not write and an attacker does: anchors and aliases, tags, deep nesting, huge files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from pydantic import BaseModel

from kebao.archive.faults import megabytes, unreadable, unsafe
from kebao.archive.names import decode_text
from kebao.model.errors import Unreadable
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.faces import Face
from kebao.package.manifest import Manifest, Resource
from kebao.package.understanding import understand
from kebao.package.values import number_text
from kebao.package.written import Group, Node, Series, Written, raw
from kebao.questions.model import NotUnderstood

MOST_BYTES = 5 * 1024 * 1024
DEEPEST = 50
MOST_VALUES = 200_000
"""Keys, values, lists and mappings together; 20 000 files need some 100 000."""

TOP_LINE = "# 培训包清单（kebao 1）。可以用记事本修改，请保存为 UTF-8 编码；冒号用英文半角，后面空一格。\n"

_Reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Writer: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TWICE = Text(
    zh="“{name}”在这里写了两次，只采用了前面的一次。", en="“{name}” stands here twice; only the first was taken."
)
_SECOND_DOCUMENT = Text(
    zh="“---”之后是另一份清单，没有读入。", en="What follows “---” is another document and was not read."
)


def read_yaml(data: bytes, path: str) -> Face:
    """Read the manifest; encodings as in `decode_text` (UTF-8, UTF-16, GB 18030 …).

    Raises:
        Unreadable: `not-yaml`, no YAML or no mapping; `newer-version`; `encoding`.
        Unsafe: `too-large`, `yaml-alias`, `yaml-tag`, `yaml-depth`, `yaml-values`.
    """
    if len(data) > MOST_BYTES:
        raise unsafe(
            "too-large",
            "“{entry}”有 {size}，超过上限 {limit}，不像是清单。",
            "“{entry}” is {size} long, above the limit of {limit}; that is no manifest.",
            path,
            size=megabytes(len(data)),
            limit=megabytes(MOST_BYTES),
        )
    text, _ = decode_text(data)
    composer = _Composer(path)
    try:
        for event in yaml.parse(text, Loader=_Reader):
            if not composer.take(event):
                break
    except yaml.YAMLError as fault:
        raise _not_yaml(path, fault) from fault
    if not isinstance(composer.root, Group):
        raise unreadable(
            "not-yaml",
            "“{entry}”里没有清单：每行应写成“栏目: 内容”，冒号用英文半角，后面空一格。",
            "“{entry}” holds no manifest: each line should read “name: value”.",
            path,
        )
    understood = understand(composer.root, lost=composer.lost)
    return Face(path, "yaml", understood.manifest, understood.not_understood)


def _not_yaml(path: str, fault: yaml.YAMLError) -> Unreadable:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    if mark is None:
        return unreadable(
            "not-yaml",
            "“{entry}”不是清单文件，读不下去。请用 kebao new 生成的文件，或改填培训包.xlsx。",
            "“{entry}” is no manifest and cannot be read. Use the file that kebao new makes, or 培训包.xlsx.",
            path,
        )
    return unreadable(
        "not-yaml",
        "“{entry}”第 {row} 行附近写法不对，读不下去。请检查缩进和冒号（英文半角，后面空一格）。",
        "“{entry}” cannot be read from about line {row} on. Check the indentation and the colons.",
        path,
        row=mark.line + 1,
    )


@dataclass
class _Frame:
    """A mapping or list that is being read. `key` is the name read last, whose value comes next."""

    node: Group | Series
    name: str
    key: str | None = None
    keep: bool = True
    seen: set[str] = field(default_factory=set)


class _Composer:
    """Builds the tree of what stands written out of YAML's events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Node | None = None
        self.lost: list[NotUnderstood] = []
        self._open: list[_Frame] = []
        self._documents = 0
        self._values = 0

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False when nothing after it is wanted."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.lost.append(NotUnderstood(self._at("", event), "---", _SECOND_DOCUMENT))
                return False
        elif isinstance(event, yaml.NodeEvent):
            self._check(event)
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            if self._open:
                self._close(closed)
        return True

    def _check(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refused(
                "yaml-alias",
                event,
                "“{entry}”第 {row} 行用了 YAML 的锚点或别名（& 或 *），为防止恶意文件，不予读取；以 & 或 * 开头的内容请加引号。",
                "“{entry}” uses a YAML anchor or alias (& or *) in line {row} and is refused; quote text that starts so.",
            )
        if getattr(event, "tag", None):
            raise self._refused(
                "yaml-tag",
                event,
                "“{entry}”第 {row} 行用了 YAML 的类型标记（!），为防止恶意文件，不予读取；以 ! 开头的内容请加引号。",
                "“{entry}” uses a YAML tag (!) in line {row} and is refused; quote text that starts so.",
            )
        if len(self._open) >= DEEPEST:
            raise self._refused(
                "yaml-depth", event, "“{entry}”第 {row} 行嵌套超过 {limit} 层。", "“{entry}” nests deeper than {limit} in line {row}.",
                limit=DEEPEST,
            )  # fmt: skip
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._refused(
                "yaml-values", event, "“{entry}”的内容超过 {limit} 项。", "“{entry}” holds more than {limit} values.", limit=MOST_VALUES
            )  # fmt: skip

    def _refused(self, code: str, event: yaml.Event, zh: str, en: str, **values: Any) -> Unreadable:
        return unsafe(code, zh, en, self.path, row=_row(event), **values)

    def _node(self, event: yaml.NodeEvent) -> None:
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.node, Group) and frame.key is None:
            self._key(frame, event)
            return
        name = self._name(frame)
        at = self._at(name, event)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            self._place(frame, Written(None if plain and event.value in _NOTHING else event.value, at))
            return
        node: Group | Series = Group(at) if isinstance(event, yaml.MappingStartEvent) else Series(at)
        self._open.append(_Frame(node, name))
        if frame is None:
            self.root = node

    def _key(self, frame: _Frame, event: yaml.NodeEvent) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise unreadable(
                "not-yaml",
                "“{entry}”第 {row} 行的栏目名不是文字，读不下去。",
                "“{entry}” has something else than text as a name in line {row}.",
                self.path,
                row=_row(event),
            )
        frame.key = event.value
        frame.keep = event.value not in frame.seen
        frame.seen.add(event.value)

    def _close(self, closed: _Frame) -> None:
        self._place(self._open[-1], closed.node)

    def _place(self, frame: _Frame | None, node: Node) -> None:
        if frame is None:
            self.root = node
        elif isinstance(frame.node, Series):
            frame.node.items.append(node)
        else:
            name, frame.key = frame.key or "", None
            if frame.keep:
                frame.node.items[name] = node
            else:
                self.lost.append(NotUnderstood(node.at, raw(node), _TWICE.format(name=name)))

    def _name(self, frame: _Frame | None) -> str:
        if frame is None:
            return ""
        last = str(len(frame.node.items)) if isinstance(frame.node, Series) else frame.key
        return f"{frame.name}.{last}" if frame.name else f"{last}"

    def _at(self, name: str, event: yaml.Event) -> Location:
        return Location(path=self.path, field=name, row=_row(event))


def _row(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Dumper(_Writer):  # type: ignore[misc, valid-type]
    """Block style, lists indented under their name, long texts as blocks."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the base class fixes the arguments
        """Equal values are written out each time: reading refuses aliases."""
        return True


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = number_text(value)
    return dumper.represent_scalar("tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", text)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(str, _text)


def write_yaml(manifest: Manifest) -> str:
    """The manifest as text, in the model's order; empty fields are left out, and reading it again gives the same manifest."""
    content = yaml.dump(
        dict(_filled(manifest)),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=100_000,
    )
    return TOP_LINE + str(content)


def _filled(part: BaseModel) -> Iterator[tuple[str, Any]]:
    """Fields that say something; the version and a resource's kind always."""
    for name, about in type(part).model_fields.items():
        value = getattr(part, name)
        always = name == "kebao" or (name == "kind" and isinstance(part, Resource))
        if always or value != about.default:
            yield name, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return dict(_filled(value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
