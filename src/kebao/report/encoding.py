"""Dataclasses as JSON, their schema, and back: encoder, decoder and schema walk the same types, so they cannot drift apart.

Exact numbers keep both faces: `{"exact": "9/2", "value": 4.5}`. Sentences keep both languages: `{"zh": …, "en": …}`.
Pictures stand as base64, so that a report is one file and can be shown again wherever it is read.
"""

from __future__ import annotations

import base64
import types
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kebao.model.finding import Curve, Listed, Measured, Quoted, Still

_EVIDENCE: dict[type, str] = {
    Measured: "measured", Quoted: "quoted", Listed: "listed", Curve: "curve", Still: "still",
}  # fmt: skip
_BY_WORD = {word: kind for kind, word in _EVIDENCE.items()}


def encode(value: Any) -> Any:
    """A value as what JSON can hold."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"kind": _EVIDENCE[type(value)]} if type(value) in _EVIDENCE else {}
        return {**kind, **{field.name: encode(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, Fraction):
        return {"exact": str(value), "value": float(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def decode(raw: Any, kind: Any) -> Any:
    """A value of a type from what `encode` made of it.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(raw, inner)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return tuple(decode(item, inner[0]) for item in raw)
        return tuple(decode(item, part) for item, part in zip(raw, inner, strict=True))
    if origin is Literal:
        if raw not in inner:
            raise ValueError(f"{raw!r} is none of {inner}")
        return raw
    if kind is Fraction:
        return Fraction(raw["exact"])
    if kind is Decimal:
        return Decimal(raw)
    if kind is bytes:
        return base64.b64decode(raw, validate=True)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: decode(raw[field.name], hints[field.name]) for field in fields(kind)})  # type: ignore[operator]  # a dataclass type is callable
    if kind is float and isinstance(raw, int):
        return raw
    if not isinstance(raw, kind):
        raise TypeError(f"{raw!r} is no {kind}")
    return raw


def _union(raw: Any, kinds: tuple[Any, ...]) -> Any:
    if raw is None and type(None) in kinds:
        return None
    if isinstance(raw, dict) and "kind" in raw and raw["kind"] in _BY_WORD:
        return decode(raw, _BY_WORD[raw["kind"]])
    if isinstance(raw, dict) and set(raw) == {"exact", "value"}:
        return decode(raw, Fraction)
    for kind in kinds:
        if kind is type(None) or kind is Fraction:
            continue
        try:
            return decode(raw, kind)
        except (TypeError, ValueError, KeyError):
            continue
    raise TypeError(f"{raw!r} fits none of {kinds}")


def schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema of a type; dataclasses are put into `definitions` and referred to."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(part, definitions) for part in inner]}
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return {"type": "array", "items": schema_of(inner[0], definitions)}
        parts = [schema_of(part, definitions) for part in inner]
        return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if kind is Fraction:
        definitions["Exact"] = {
            "type": "object", "required": ["exact", "value"], "additionalProperties": False,
            "properties": {"exact": {"type": "string", "pattern": r"^-?\d+(/\d+)?$"}, "value": {"type": "number"}},
        }  # fmt: skip
        return {"$ref": "#/$defs/Exact"}
    if is_dataclass(kind):
        return _dataclass(kind, definitions)
    words: dict[Any, dict[str, Any]] = {
        bytes: {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/jpeg"},
        str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
        Decimal: {"type": "string", "pattern": r"^\d+(\.\d+)?$"}, type(None): {"type": "null"},
    }  # fmt: skip
    return words[kind]


def _dataclass(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        tag = {"kind": {"const": _EVIDENCE[kind]}} if kind in _EVIDENCE else {}
        properties = {**tag, **{field.name: schema_of(hints[field.name], definitions) for field in fields(kind)}}
        definitions[name] = {
            "type": "object", "additionalProperties": False, "required": list(properties), "properties": properties,
            "description": (kind.__doc__ or "").strip().splitlines()[0],
        }  # fmt: skip
    return {"$ref": f"#/$defs/{name}"}


def document_schema(kind: Any, name: str, title: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a document whose key `schema` says `name`."""
    definitions: dict[str, Any] = {}
    root = schema_of(kind, definitions)
    body = definitions.pop(root["$ref"].rsplit("/", 1)[1])
    body["properties"] = {"schema": {"const": name}, **body["properties"]}
    body["required"] = ["schema", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        "title": title,
        **body,
        "$defs": dict(sorted(definitions.items())),
    }
