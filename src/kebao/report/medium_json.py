"""`kebao.media/1`: the look at a medium as JSON, its schema, and back."""

from __future__ import annotations

import json
from typing import Any

from kebao.model.errors import Unreadable
from kebao.model.medium import SCHEMA, MediumReport
from kebao.model.text import Text
from kebao.report.encoding import decode, document_schema, encode


def medium_json(report: MediumReport) -> str:
    """The look as indented JSON; the same medium gives the same characters."""
    return json.dumps({"schema": SCHEMA, **encode(report)}, ensure_ascii=False, indent=1)


def read_medium(text: str) -> MediumReport:
    """A look from its JSON.

    Raises:
        Unreadable: it is none of this version.
    """
    try:
        raw = json.loads(text)
        if raw.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        report: MediumReport = decode(raw, MediumReport)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "not-a-report", Text(zh="这不是音视频测量报告（kebao.media/1）。", en="This is not a kebao.media/1 report.")
        ) from error
    return report


def medium_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the look."""
    return document_schema(MediumReport, SCHEMA, "音视频测量报告 · Report on a video or recording")
