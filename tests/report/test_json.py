"""`kebao.report/1`: valid by its published schema, read back whole, refused when it is something else."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from kebao.engine.check import check
from kebao.model.errors import Unreadable
from kebao.model.report import Report
from kebao.report.json import read_report, report_json, report_schema
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course


@pytest.fixture(scope="module", params=["clean", "faulty"])
def report(request: Any) -> Report:
    books = tuple(load(name, all_rules()) for name in shipped_ids())
    package = course() if request.param == "clean" else course(hours="9", papers={}, audience="", rights=[])
    return check(package, books)


def test_the_report_is_valid_by_its_schema(report: Report) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(report_json(report)))


def test_a_report_reads_back_whole(report: Report) -> None:
    assert read_report(report_json(report)) == report


def test_the_schema_refuses_what_does_not_belong(report: Report) -> None:
    raw = json.loads(report_json(report))
    validator = jsonschema.Draft202012Validator(report_schema())
    for change in ({"extra": 1}, {"verdict": "good"}, {"schema": "kebao.report/2"}):
        assert not validator.is_valid({**raw, **change})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "kebao.report/1"}', '{"schema": "other"}', "null", "1"])
def test_something_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="不是课包检查报告"):
        read_report(text)
