"""What an arrival's page says of the newest check: the machine's verdict, and the one with rulings."""

from __future__ import annotations

from typing import Any

from kebao.model.report import Verdict
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission
from ketang.selection.ruling.queries import effective_verdict, newest_check
from ketang.web.language import kebao_language


def shown_check(submission: Submission) -> dict[str, Any]:
    """The newest check of the version that counts, and the two verdicts in words."""
    check = newest_check(submission)
    if check is None or not check.is_done:
        return {"newest_check": check}
    language, ruled = kebao_language(), effective_verdict(check)
    return {
        "newest_check": check,
        "machine_label": _machine(check).label.to(language),
        "ruled_label": ruled.label.to(language) if ruled is not None else "",
    }


def _machine(check: Check) -> Verdict:
    """The machine's verdict by the check's columns, without reading the report; advice and untested clauses are not among them."""
    return Verdict.counted(
        errors=check.errors, warnings=check.warnings, advice=0, cant_tell=check.undecided,
        untested=int(check.verdict == "review"),
    )  # fmt: skip
