"""The written forms of one manifest, and where two of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from kebao.model.location import Location
from kebao.package.manifest import Manifest
from kebao.package.values import NO, YES, number_text
from kebao.questions.model import NotUnderstood

_NOT_COMPARED = frozenset({"kebao", "origin"})
"""What a person never fills in."""


@dataclass(frozen=True, slots=True)
class Face:
    """One written form of the manifest.

    Attributes:
        path: the file.
        format: `yaml` or `xlsx`.
        manifest: what was understood of it.
        not_understood: the rest, with its places.
        cells: where each field stands (`resources.0.title`, `form.phone`), empty cells too; empty for YAML.
    """

    path: str
    format: str
    manifest: Manifest
    not_understood: tuple[NotUnderstood, ...] = ()
    cells: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says one thing in one face and another in the other; empty where one of them says nothing.

    `field` is the dotted path in the first face, or in the second where the first has no such row.
    """

    field: str
    a: str
    b: str


def differences(a: Manifest, b: Manifest) -> tuple[Difference, ...]:
    """Where two manifests differ, in the manifest's order.

    White space and trailing zeros do not count. Rows that carry ids are held against the row of the same id, wherever
    it stands; others against the row at the same place. `kebao` and `origin` are not compared.
    """
    return tuple(_of_parts("", a, b))


def _of_parts(prefix: str, a: BaseModel, b: BaseModel) -> Iterator[Difference]:
    for name in type(a).model_fields:
        if not prefix and name in _NOT_COMPARED:
            continue
        yield from _of_values(f"{prefix}{name}", getattr(a, name), getattr(b, name))


def _of_values(name: str, a: Any, b: Any) -> Iterator[Difference]:
    if isinstance(a, BaseModel) and isinstance(b, BaseModel):
        yield from _of_parts(f"{name}.", a, b)
    elif isinstance(a, tuple) and isinstance(b, tuple) and any(isinstance(row, BaseModel) for row in (*a, *b)):
        yield from _of_rows(name, a, b)
    elif shown(a) != shown(b):
        yield Difference(name, shown(a), shown(b))


def _of_rows(name: str, a: Sequence[Any], b: Sequence[Any]) -> Iterator[Difference]:
    ids_a, ids_b = _ids(a), _ids(b)
    if not ids_a or not ids_b:
        for index in range(max(len(a), len(b))):
            yield from _of_row(f"{name}.{index}", a[index : index + 1], b[index : index + 1])
        return
    known_a, places_b = frozenset(ids_a), {key: index for index, key in enumerate(ids_b)}
    for index, key in enumerate(ids_a):
        place = places_b.get(key, len(b))
        yield from _of_row(f"{name}.{index}", a[index : index + 1], b[place : place + 1])
    for index, key in enumerate(ids_b):
        if key not in known_a:
            yield from _of_row(f"{name}.{index}", (), b[index : index + 1])
    both_a, both_b = [key for key in ids_a if key in places_b], [key for key in ids_b if key in known_a]
    if both_a != both_b:
        yield Difference(name, "、".join(both_a), "、".join(both_b))


def _ids(rows: Sequence[Any]) -> list[str]:
    """Ids of rows where every one has its own, else nothing."""
    ids = [getattr(row, "id", "") for row in rows]
    return ids if all(ids) and len(set(ids)) == len(ids) else []


def _of_row(name: str, a: Sequence[Any], b: Sequence[Any]) -> Iterator[Difference]:
    if a and b:
        yield from _of_values(name, a[0], b[0])
    else:
        yield Difference(name, *("".join(_row_words(row) for row in rows) for rows in (a, b)))


def _row_words(row: Any) -> str:
    """What a row is called: its title, else all that it says."""
    for name in ("title", "what", "id"):
        if called := getattr(row, name, ""):
            return str(called)
    return shown(row) or "（空行）"


def shown(value: Any) -> str:
    """A value as a person reads it, in the form in which two are compared."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        number = number_text(value)
        return (number.rstrip("0").rstrip(".") if "." in number else number) or "0"
    if isinstance(value, BaseModel):
        return " ".join(text for name in type(value).model_fields if (text := shown(getattr(value, name))))
    if isinstance(value, tuple):
        return "、".join(shown(part) for part in value)
    return " ".join(str(value).split())
