"""Documents of version 1, in which a source was one string: read as if it had been told alike in both languages."""

from __future__ import annotations

from typing import Any


def sources_in_both(raw: dict[str, Any]) -> dict[str, Any]:
    """A report (`kebao.report/1`) or a look (`kebao.media/1`) as version 2 would hold it; `raw` itself is changed.

    Raises:
        KeyError, TypeError, ValueError: it is neither.
    """
    for book in raw["rulebooks"]:
        book["source"] = _in_both(book["source"])
    for clause in raw.get("clauses", ()):
        for result in clause["rules"]:
            result["limits"] = [[name, value, _in_both(source)] for name, value, source in result["limits"]]
    return raw


def _in_both(source: str) -> dict[str, str]:
    told = source.strip() or "—"  # a rulebook's own source could be blank
    return {"zh": told, "en": told}
