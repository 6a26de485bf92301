"""A finding as the page shows it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kebao.model.outcome import Outcome
from kebao.model.report import ReportedFinding
from kebao.model.text import Language


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What `web/checks/parts/finding.html` shows. `ruling` is what a person said of it; None where nobody has."""

    fingerprint: str
    rule: str
    title: str
    message: str
    mend: str
    where: str
    clauses: tuple[tuple[str, str], ...]
    ruling: Any = None


def shown(finding: ReportedFinding, language: Language, rulings: Mapping[str, Any]) -> ShownFinding:
    """The finding in words; its ruling is looked up by fingerprint."""
    return ShownFinding(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        title=finding.title.to(language),
        message=finding.message.to(language),
        mend=finding.mend.to(language),
        where=finding.at.words.to(language),
        clauses=finding.clauses,
        ruling=rulings.get(finding.fingerprint),
    )


def kind_of(finding: ReportedFinding) -> str:
    """`error`, `warning`, `advice`, or `cantTell` where a person decides."""
    return str(finding.severity) if finding.outcome is Outcome.FAILED else str(Outcome.CANT_TELL)
