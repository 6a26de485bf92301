"""The published schema of the manifest: current, sound, and in agreement with the model."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from kebao.package.manifest import Manifest
from kebao.package.schema import ID, manifest_schema, schema_text
from kebao.package.yaml_face import write_yaml
from package.manifests import FULL, full

FILE = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "manifest.schema.json"


def errors(value: object) -> list[str]:
    return [".".join(map(str, error.path)) for error in Draft202012Validator(manifest_schema()).iter_errors(value)]


def test_the_file_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "stale: run make docs"


def test_it_is_a_schema_and_says_which() -> None:
    schema = manifest_schema()
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == ("https://json-schema.org/draft/2020-12/schema", ID)
    parts = [schema, *schema["$defs"].values()]
    nameless = [
        name
        for part in parts
        for name, field in part["properties"].items()
        if not (field.get("description") or field.get("$ref"))
    ]
    assert nameless == []


def test_full_examples_are_valid() -> None:
    assert errors(FULL) == []
    assert errors({}) == []
    assert errors(full().model_dump(mode="json", exclude_none=True)) == []
    assert errors(yaml.safe_load(write_yaml(full()))) == []


@pytest.mark.parametrize(
    "place, value",
    [("hours", "约12"), ("hours", -1), ("kebao", 2), ("title", 3), ("titel", "甲"), ("resources.0.role", "讲"), ("resources.0.kind", "电影"), ("resources.1.ranges.0.start", "5分")],
)  # fmt: skip
def test_what_the_model_refuses_the_schema_refuses(place: str, value: object) -> None:
    spoilt = deepcopy(FULL)
    *path, name = [int(part) if part.isdigit() else part for part in place.split(".")]
    holder = spoilt
    for part in path:
        holder = holder[part]
    holder[name] = value
    assert len(errors(spoilt)) == 1
    with pytest.raises(ValueError):
        Manifest.model_validate(json.loads(json.dumps(spoilt)))
