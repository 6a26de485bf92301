"""`kebao.report/1`: the report as JSON, its schema, and back."""

from __future__ import annotations

import json
from typing import Any

from kebao.model.errors import Unreadable
from kebao.model.report import SCHEMA, Report
from kebao.model.text import Text
from kebao.report.encoding import decode, document_schema, encode


def report_json(report: Report) -> str:
    """The report as indented JSON; the same report gives the same characters."""
    return json.dumps({"schema": SCHEMA, **encode(report)}, ensure_ascii=False, indent=1)


def read_report(text: str) -> Report:
    """A report from its JSON.

    Raises:
        Unreadable: it is no report of this version.
    """
    try:
        raw = json.loads(text)
        if raw.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        report: Report = decode(raw, Report)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "not-a-report", Text(zh="这不是课包检查报告（kebao.report/1）。", en="This is not a kebao.report/1 report.")
        ) from error
    return report


def report_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the report."""
    return document_schema(Report, SCHEMA, "课包检查报告 · Report on a course package")
