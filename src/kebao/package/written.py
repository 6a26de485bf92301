"""What stands written in a face of the manifest, with its place, before it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from kebao.model.location import Location

Scalar: TypeAlias = str | Decimal | bool | None

RAW_CHARS = 200
"""How much of something not understood is shown."""


@dataclass(slots=True)
class Written:
    """One value. None stands for an empty cell, which has a place all the same."""

    value: Scalar
    at: Location


@dataclass(slots=True)
class Group:
    """Named values: a mapping in YAML, a row or a sheet of labels in the workbook."""

    at: Location
    items: dict[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class Series:
    """Values in order: a list in YAML, the rows of a sheet."""

    at: Location
    items: list[Node] = field(default_factory=list)


Node: TypeAlias = Written | Group | Series


def plain(node: Node) -> Any:
    """The node as plain values. What is empty is left out of a group, so that defaults step in; an empty row stays a row."""
    match node:
        case Written(value):
            return value
        case Group():
            return {name: value for name, child in node.items.items() if (value := plain(child)) not in (None, {}, [])}
        case Series():
            return [value for child in node.items if (value := plain(child)) is not None]


def raw(node: Node) -> str:
    """The node as text for a person to recognise, cut at `RAW_CHARS`."""
    text = " ".join(_words(node))
    return text if len(text) <= RAW_CHARS else text[: RAW_CHARS - 1] + "…"


def _words(node: Node) -> Iterator[str]:
    match node:
        case Written(value):
            yield "" if value is None else str(value)
        case Group():
            for name, child in node.items.items():
                yield f"{name}:"
                yield from _words(child)
        case Series():
            for child in node.items:
                yield from _words(child)


def places(node: Node, prefix: str = "") -> Iterator[tuple[str, Location]]:
    """Every place by the dotted path of its field (`resources.0.title`), containers before what they hold."""
    if prefix and node.at.path:
        yield prefix, _named(node.at, prefix)
    children: Iterator[tuple[str | int, Node]] = iter(())
    if isinstance(node, Group):
        children = iter(node.items.items())
    elif isinstance(node, Series):
        children = iter(enumerate(node.items))
    for name, child in children:
        yield from places(child, f"{prefix}.{name}" if prefix else str(name))


def name_places(node: Node, prefix: str = "") -> None:
    """Give every place the dotted path of its field as it stands in the file, so that two complaints are never at one place."""
    if prefix and node.at.path and not node.at.field:
        node.at = _named(node.at, prefix)
    if isinstance(node, Group):
        for name, child in node.items.items():
            name_places(child, f"{prefix}.{name}" if prefix else name)
    elif isinstance(node, Series):
        for index, child in enumerate(node.items):
            name_places(child, f"{prefix}.{index}")


def _named(at: Location, name: str) -> Location:
    return Location(path=at.path, field=name, sheet=at.sheet, row=at.row, column=at.column)
