"""From what stands written to the `Manifest`, field by field: what is not understood is told with its place, the rest is kept."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kebao.model.errors import Unreadable
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.bare import kind_by_suffix
from kebao.package.complaints import because
from kebao.package.manifest import Manifest, TimeRange
from kebao.package.values import clock_text, kind_named, number_text, read_list, read_ranges, tidy, yes_or_no
from kebao.package.written import Group, Node, Scalar, Series, Written, name_places, places, plain, raw
from kebao.questions.model import NotUnderstood
from kebao.text.measures import HOUR_UNITS, parse_decimal

VERSION = 1
"""Version of the manifest's form that this library reads."""

_UNITS: Mapping[str, tuple[str, ...]] = {
    "hours": HOUR_UNITS, "minutes": ("分钟", "分", "min"), "total": ("分",), "pass_mark": ("分",),
}  # fmt: skip
_WORD_LISTS = frozenset({"use", "categories"})
_MOST_ROUNDS = 20
_RANGES = Text(
    zh="时间段应写成“开始-结束 角色”，例如 00:00-05:30 讲授；05:30-10:00 演示。",
    en="Stretches are written as “start-end role”, for example 00:00-05:30 讲授；05:30-10:00 演示.",
)
_TWO_PARTS = Text(zh="这里应填文字，不能再分下级。", en="Text belongs here, not further fields.")


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of it; `cells` gives the place of each field of `manifest` by its dotted path, empty cells too."""

    manifest: Manifest
    not_understood: tuple[NotUnderstood, ...]
    cells: Mapping[str, Location]


def understand(root: Group, *, lost: Iterable[NotUnderstood] = ()) -> Understood:
    """Read the manifest out of what stands written.

    Args:
        root: the fields under their English names; it is used up.
        lost: what the reader of the face did not understand already.

    Raises:
        Unreadable: `newer-version`, the form is of a later version than this library reads.
    """
    _check_version(root)
    complaints = list(lost)
    name_places(root)
    _compact(root)
    ids = _ids(root)
    _prepare(Manifest, root, complaints, ids)
    manifest = _with_kinds(_validated(root, complaints))
    return Understood(manifest, tuple(complaints), dict(places(root)))


def _check_version(root: Group) -> None:
    """Refuse a later version; take the known one away, since it is the default."""
    stated = root.items.get("kebao")
    if not isinstance(stated, Written):
        return
    number = parse_decimal(stated.value)
    if number == VERSION:
        del root.items["kebao"]
    elif number is not None and number > VERSION:
        raise Unreadable(
            "newer-version",
            Text(
                zh="“{path}”是第 {number} 版格式，本软件只认得第 {version} 版。请升级软件后再打开。",
                en="“{path}” is of version {number}; this software reads version {version}. Upgrade it and open the file again.",
            ).format(path=stated.at.path, number=number_text(number), version=VERSION),
            entry=stated.at.path,
        )


def _compact(node: Node) -> None:
    """Drop empty items of lists, so that indexes are those of the values."""
    if isinstance(node, Series):
        node.items = [child for child in node.items if not (isinstance(child, Written) and child.value is None)]
    if not isinstance(node, Written):
        for child in node.items.values() if isinstance(node, Group) else node.items:
            _compact(child)


def _ids(root: Group) -> frozenset[str]:
    resources = root.items.get("resources")
    rows = resources.items if isinstance(resources, Series) else []
    stated = (row.items.get("id") for row in rows if isinstance(row, Group))
    return frozenset(_as_text(cell.value).strip() for cell in stated if isinstance(cell, Written) and cell.value)


# ── what belongs where ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Form:
    """What a field takes: `text`, `number`, `yesno`, `version`, `word`, `clock`, `part`, `parts` or `texts`."""

    kind: str
    part: type[BaseModel] | None = None


@cache
def _forms(model: type[BaseModel]) -> Mapping[str, _Form]:
    forms = {}
    for name, field in model.model_fields.items():
        patterned = any(getattr(part, "pattern", None) for part in field.metadata)
        forms[name] = _Form("clock") if patterned else _form(field.annotation)
    return forms


def _form(annotation: Any) -> _Form:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _form(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _form(next(part for part in get_args(annotation) if part is not types.NoneType))
    if origin is Literal:
        return _Form("word" if isinstance(get_args(annotation)[0], str) else "version")
    if origin is tuple:
        inner = get_args(annotation)[0]
        return _Form("texts") if inner is str else _Form("parts", inner)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Form("part", annotation)
    return _Form({Decimal: "number", bool: "yesno"}.get(annotation, "text"))


def _prepare(model: type[BaseModel], group: Group, lost: list[NotUnderstood], ids: frozenset[str]) -> None:
    """Bring every value of a group to what its field takes, where that is certain; the rest stays for pydantic to refuse."""
    forms = _forms(model)
    for name, node in group.items.items():
        form = forms.get(name)
        if form is None:
            continue
        if form.part is TimeRange:
            group.items[name] = _ranges(node, lost)
        elif form.kind == "part" and form.part and isinstance(node, Group):
            _prepare(form.part, node, lost, ids)
        elif form.kind == "parts" and form.part and isinstance(node, Series):
            for child in node.items:
                if isinstance(child, Group):
                    _prepare(form.part, child, lost, ids)
        elif form.kind == "texts":
            group.items[name] = _texts(node, lines=name not in _WORD_LISTS, ids=ids if name == "use" else frozenset())
        elif isinstance(node, Written):
            node.value = _value(form.kind, name, node.value)


def _value(kind: str, name: str, value: Scalar) -> Scalar:
    if value is None:
        return None
    if kind in ("text", "clock", "word"):
        text = _as_text(value)
        if kind == "clock":
            return clock_text(text)
        if kind == "text":
            return text
        return (kind_named(text) if name == "kind" else tidy(text)) or None
    if isinstance(value, str) and not value.strip():
        return None
    if kind == "yesno" and not isinstance(value, bool):
        answer = yes_or_no(_as_text(value))
        return value if answer is None else answer
    if kind in ("number", "version"):
        number = parse_decimal(value, units=_UNITS.get(name, ()))
        return value if number is None else number
    return value


def _as_text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return number_text(value)
    return (value or "").replace("\r\n", "\n")


def _texts(node: Node, *, lines: bool, ids: frozenset[str]) -> Node:
    if isinstance(node, Written):
        if node.value is None:
            return Series(node.at)
        words = read_list(_as_text(node.value), lines=lines, known=ids)
        return Series(node.at, [Written(word, node.at) for word in words])
    if isinstance(node, Series):
        for child in node.items:
            if isinstance(child, Written) and child.value is not None:
                child.value = _as_text(child.value)
    return node


def _ranges(node: Node, lost: list[NotUnderstood]) -> Node:
    """Stretches of time, given one by one as fields, or in a cell or line as text."""
    if isinstance(node, Group):
        return node
    rows = node.items if isinstance(node, Series) else [node]
    kept: list[Node] = []
    for row in rows:
        if not isinstance(row, Written):
            if isinstance(row, Group):
                _prepare(TimeRange, row, lost, frozenset())
            kept.append(row)
        elif row.value is not None:
            understood, pieces = read_ranges(_as_text(row.value))
            lost += (NotUnderstood(row.at, piece, _RANGES) for piece in pieces)
            kept += (
                Group(row.at, {name: Written(text, row.at) for name, text in stretch.items()}) for stretch in understood
            )
    return Series(node.at, kept)


def _with_kinds(manifest: Manifest) -> Manifest:
    """Resources whose kind was left empty or not understood take the kind of their file."""
    kept = tuple(
        row if "kind" in row.model_fields_set else row.model_copy(update={"kind": kind_by_suffix(row.path) or row.kind})
        for row in manifest.resources
    )
    return manifest if kept == manifest.resources else manifest.model_copy(update={"resources": kept})


# ── what pydantic refuses is dropped, one by one ────────────────────────────────────────────────────────────────────


def _validated(root: Group, lost: list[NotUnderstood]) -> Manifest:
    for _ in range(_MOST_ROUNDS):
        try:
            return Manifest.model_validate(plain(root))
        except ValidationError as refusal:
            taken = _Taken()
            for error in refusal.errors(include_url=False, include_input=False):
                _take_out(root, error, taken, lost)
            taken.delete()
    return Manifest()


class _Taken:
    """What is to be deleted, gathered first so that indexes stay true meanwhile."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[Group | Series, set[str | int]]] = {}

    def add(self, holder: Group | Series, key: str | int) -> bool:
        """Take a value out of its holder; False when it was taken already."""
        keys = self._holders.setdefault(id(holder), (holder, set()))[1]
        if key in keys:
            return False
        keys.add(key)
        return True

    def delete(self) -> None:
        """Delete what was taken."""
        for holder, keys in self._holders.values():
            if isinstance(holder, Series):
                holder.items = [child for index, child in enumerate(holder.items) if index not in keys]
            else:
                holder.items = {name: child for name, child in holder.items.items() if name not in keys}


def _take_out(root: Group, error: ErrorDetails, taken: _Taken, lost: list[NotUnderstood]) -> None:
    """Note one error and what is to be deleted for it: the value, or the whole stretch of time that it spoils."""
    loc, kind = error["loc"], error["type"]
    spoilt = loc
    if "ranges" in loc and kind != "extra_forbidden":
        spoilt = loc[: loc.index("ranges") + 2]
    holder, key, whole = _find(root, spoilt)
    if not taken.add(holder, key):
        return
    shown = whole if kind == "missing" else _find(root, loc)[2]
    if kind == "string_type" and not isinstance(shown, Written):
        sentence = _TWO_PARTS
    else:
        sentence = because(kind, str(loc[-1]), error.get("ctx", {}), _owner(loc))
    lost.append(NotUnderstood(shown.at, raw(shown), sentence))


def _find(root: Group, loc: tuple[str | int, ...]) -> tuple[Group | Series, str | int, Node]:
    """Holder, key and node at a place."""
    holder: Group | Series = root
    key: str | int = ""
    node: Node = root
    for step in loc:
        if isinstance(node, Group):
            holder, key, node = node, step, node.items[str(step)]
        elif isinstance(node, Series):
            holder, key, node = node, step, node.items[int(step)]
    return holder, key, node


def _owner(loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model whose field stands at a place."""
    model: type[BaseModel] = Manifest
    for key in loc[:-1]:
        if isinstance(key, str):
            form = _forms(model).get(key)
            if form is None or form.part is None:
                return None
            model = form.part
    return model
