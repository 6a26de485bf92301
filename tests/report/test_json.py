"""`kebao.report/2`: valid by its published schema, read back whole, refused when it is something else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

import jsonschema
import pytest

from kebao.engine.check import check
from kebao.model.errors import Unreadable
from kebao.model.report import Report
from kebao.model.text import Text
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
    for change in ({"extra": 1}, {"verdict": "good"}, {"schema": "kebao.report/3"}):
        assert not validator.is_valid({**raw, **change})


def before(report: Report) -> dict[str, Any]:
    """The report as version 1 held it: every source one string, most of them English."""
    raw = json.loads(report_json(report))
    raw["schema"] = "kebao.report/1"
    for book in raw["rulebooks"]:
        book["source"] = book["source"]["zh"]
    for clause in raw["clauses"]:
        for result in clause["rules"]:
            result["limits"] = [[name, value, source["en"]] for name, value, source in result["limits"]]
    return cast("dict[str, Any]", raw)


def test_a_report_of_version_1_is_read_its_sources_alike_in_both_languages(report: Report) -> None:
    rulebooks = tuple(replace(b, source=Text(zh=b.source.zh, en=b.source.zh)) for b in report.rulebooks)
    clauses = tuple(
        replace(c, rules=tuple(
            replace(r, limits=tuple((name, value, Text(zh=s.en, en=s.en)) for name, value, s in r.limits)) for r in c.rules
        ))
        for c in report.clauses
    )  # fmt: skip
    assert read_report(json.dumps(before(report))) == replace(report, rulebooks=rulebooks, clauses=clauses)


def test_a_blank_source_of_version_1_is_read_too(report: Report) -> None:
    raw = before(report)
    raw["rulebooks"][0]["source"] = " "
    assert read_report(json.dumps(raw)).rulebooks[0].source == Text(zh="—", en="—")


@pytest.mark.parametrize(
    "version, source",
    [("kebao.report/2", "our reading"), ("kebao.report/1", {"zh": "理解", "en": "reading"}), ("kebao.report/1", None)],
)
def test_a_source_of_the_other_version_is_refused(report: Report, version: str, source: Any) -> None:
    raw = {**json.loads(report_json(report)), "schema": version}
    raw["rulebooks"][0]["source"] = source
    with pytest.raises(Unreadable):
        read_report(json.dumps(raw))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "kebao.report/1"}',
        '{"schema": "kebao.report/2"}',
        '{"schema": "other"}',
        "null",
        "1",
    ],
)
def test_something_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="不是课包检查报告"):
        read_report(text)
