"""`kebao.report/2`: the report as JSON, its schema, and back; a stored `kebao.report/1` is read too."""

from __future__ import annotations

import json
from typing import Any

from kebao.model.errors import Unreadable
from kebao.model.report import SCHEMA, Report
from kebao.model.text import Text
from kebao.report.encoding import decode, document_schema, encode
from kebao.report.older import sources_in_both

_BEFORE = "kebao.report/1"


def report_json(report: Report) -> str:
    """The report as indented JSON; the same report gives the same characters."""
    return json.dumps({"schema": SCHEMA, **encode(report)}, ensure_ascii=False, indent=1)


def read_report(text: str) -> Report:
    """A report from its JSON, of this version or the one before.

    Raises:
        Unreadable: it is neither.
    """
    try:
        raw = json.loads(text)
        version = raw.pop("schema")
        if version == _BEFORE:
            raw = sources_in_both(raw)
        elif version != SCHEMA:
            raise ValueError("another schema")
        report: Report = decode(raw, Report)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "not-a-report", Text(zh=f"这不是课包检查报告（{SCHEMA}）。", en=f"This is not a {SCHEMA} report.")
        ) from error
    return report


def report_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the report."""
    return document_schema(Report, SCHEMA, "课包检查报告 · Report on a course package")
