"""Which findings of a report are drawn: the first of each rule. The rest keep their words, and the JSON keeps everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kebao.model.finding import Curve, Still
from kebao.model.report import ReportedFinding

FIGURES_A_RULE = 6
"""Findings of one rule that are drawn: a report on 500 videos must still open and print."""


def drawn(findings: Iterable[ReportedFinding], most: int = FIGURES_A_RULE) -> frozenset[str]:
    """Fingerprints of the findings whose curves and stills are shown."""
    seen: Counter[str] = Counter()
    chosen = []
    for finding in findings:
        if any(isinstance(item, Curve | Still) for item in finding.evidence) and seen[finding.rule] < most:
            seen[finding.rule] += 1
            chosen.append(finding.fingerprint)
    return frozenset(chosen)
