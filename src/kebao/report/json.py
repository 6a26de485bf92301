"""`kebao.report/1`: the report as JSON, its schema, and back.

Encoder, decoder and schema walk the same dataclasses, so they cannot drift apart. Exact numbers keep both faces:
`{"exact": "9/2", "value": 4.5}`. Sentences keep both languages: `{"zh": …, "en": …}`.
"""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kebao.model.errors import Unreadable
from kebao.model.finding import Curve, Listed, Measured, Quoted
from kebao.model.report import SCHEMA, Report
from kebao.model.text import Text

_EVIDENCE: dict[type, str] = {Measured: "measured", Quoted: "quoted", Listed: "listed", Curve: "curve"}
_BY_WORD = {word: kind for kind, word in _EVIDENCE.items()}


def report_json(report: Report) -> str:
    """The report as indented JSON; the same report gives the same characters."""
    return json.dumps({"schema": SCHEMA, **_encode(report)}, ensure_ascii=False, indent=1)


def read_report(text: str) -> Report:
    """A report from its JSON.

    Raises:
        Unreadable: it is no report of this version.
    """
    try:
        raw = json.loads(text)
        if raw.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        report: Report = _decode(raw, Report)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "not-a-report", Text(zh="这不是课包检查报告（kebao.report/1）。", en="This is not a kebao.report/1 report.")
        ) from error
    return report


def report_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the report."""
    definitions: dict[str, Any] = {}
    root = _schema(Report, definitions)
    body = definitions.pop(root["$ref"].rsplit("/", 1)[1])
    body["properties"] = {"schema": {"const": SCHEMA}, **body["properties"]}
    body["required"] = ["schema", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kebao.report:1",
        "title": "课包检查报告 · Report on a course package",
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"kind": _EVIDENCE[type(value)]} if type(value) in _EVIDENCE else {}
        return {**kind, **{field.name: _encode(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, Fraction):
        return {"exact": str(value), "value": float(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    return value


def _decode(raw: Any, kind: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(raw, inner)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return tuple(_decode(item, inner[0]) for item in raw)
        return tuple(_decode(item, part) for item, part in zip(raw, inner, strict=True))
    if origin is Literal:
        if raw not in inner:
            raise ValueError(f"{raw!r} is none of {inner}")
        return raw
    if kind is Fraction:
        return Fraction(raw["exact"])
    if kind is Decimal:
        return Decimal(raw)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _decode(raw[field.name], hints[field.name]) for field in fields(kind)})  # type: ignore[operator]  # a dataclass type is callable
    if kind is float and isinstance(raw, int):
        return raw
    if not isinstance(raw, kind):
        raise TypeError(f"{raw!r} is no {kind}")
    return raw


def _decode_union(raw: Any, kinds: tuple[Any, ...]) -> Any:
    if raw is None and type(None) in kinds:
        return None
    if isinstance(raw, dict) and "kind" in raw and raw["kind"] in _BY_WORD:
        return _decode(raw, _BY_WORD[raw["kind"]])
    if isinstance(raw, dict) and set(raw) == {"exact", "value"}:
        return _decode(raw, Fraction)
    for kind in kinds:
        if kind is type(None) or kind is Fraction:
            continue
        try:
            return _decode(raw, kind)
        except (TypeError, ValueError, KeyError):
            continue
    raise TypeError(f"{raw!r} fits none of {kinds}")


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(part, definitions) for part in inner]}
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return {"type": "array", "items": _schema(inner[0], definitions)}
        parts = [_schema(part, definitions) for part in inner]
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
        return _schema_of_dataclass(kind, definitions)
    words: dict[Any, dict[str, Any]] = {
        str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
        Decimal: {"type": "string", "pattern": r"^\d+(\.\d+)?$"}, type(None): {"type": "null"},
    }  # fmt: skip
    return words[kind]


def _schema_of_dataclass(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        tag = {"kind": {"const": _EVIDENCE[kind]}} if kind in _EVIDENCE else {}
        properties = {**tag, **{field.name: _schema(hints[field.name], definitions) for field in fields(kind)}}
        definitions[name] = {
            "type": "object", "additionalProperties": False, "required": list(properties), "properties": properties,
            "description": (kind.__doc__ or "").strip().splitlines()[0],
        }  # fmt: skip
    return {"$ref": f"#/$defs/{name}"}
