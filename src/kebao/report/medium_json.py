"""`kebao.media/2`: the look at a medium as JSON, its schema, and back; a stored `kebao.media/1` is read too."""

from __future__ import annotations

import json
from typing import Any

from kebao.model.errors import Unreadable
from kebao.model.medium import SCHEMA, MediumReport
from kebao.model.text import Text
from kebao.report.encoding import decode, document_schema, encode
from kebao.report.older import sources_in_both

_BEFORE = "kebao.media/1"


def medium_json(report: MediumReport) -> str:
    """The look as indented JSON; the same medium gives the same characters."""
    return json.dumps({"schema": SCHEMA, **encode(report)}, ensure_ascii=False, indent=1)


def read_medium(text: str) -> MediumReport:
    """A look from its JSON, of this version or the one before.

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
        report: MediumReport = decode(raw, MediumReport)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "not-a-report", Text(zh=f"这不是音视频测量报告（{SCHEMA}）。", en=f"This is not a {SCHEMA} report.")
        ) from error
    return report


def medium_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the look."""
    return document_schema(MediumReport, SCHEMA, "音视频测量报告 · Report on a video or recording")
