"""JSON Schema (2020-12) of the manifest, generated from the model.

It says what a file may hold, not what a course needs: captions, papers or hours are demanded by rules, never by the schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from kebao.package.manifest import Manifest

ID = "kebao.manifest/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def manifest_schema() -> dict[str, Any]:
    """The schema, with keys in a fixed order."""
    generated = Manifest.model_json_schema(schema_generator=GenerateJsonSchema)
    for part in _parts(generated):
        part.pop("title", None)  # pydantic's titles are the field names again, in another spelling
    generated.pop("description", None)
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "培训包清单 · Manifest of a course package",
        "description": (
            "培训包.yaml 的写法。各栏目都可以留空；缺少什么由检查规则指出。"
            "The form of 培训包.yaml. Every field may be left out; rules say what is missing."
        ),
        **generated,
    }


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every sub-schema, not the maps from names to schemas (a field may be called `title`)."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key in ("properties", "$defs"):
        for child in schema.get(key, {}).values():
            yield from _parts(child)
    for key in ("items", "additionalProperties"):
        yield from _parts(schema.get(key))
    for key in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for child in schema.get(key, ()):
            yield from _parts(child)


def schema_text() -> str:
    """The schema as it stands in `docs/schemas/manifest.schema.json`."""
    return json.dumps(manifest_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
