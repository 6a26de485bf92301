"""What became of a report's findings in the next version of the package."""

from __future__ import annotations

from dataclasses import dataclass

from kebao.model.report import Report, ReportedFinding


@dataclass(frozen=True, slots=True)
class Changes:
    """Findings by what became of them; the same fault at the same place has the same fingerprint.

    Attributes:
        gone: of the earlier report alone.
        remaining: of both, as the later one words them.
        new: of the later report alone.
        same_rulebooks: whether both were judged by the same words and limits; if not, a finding may have gone with its rule.
    """

    gone: tuple[ReportedFinding, ...]
    remaining: tuple[ReportedFinding, ...]
    new: tuple[ReportedFinding, ...]
    same_rulebooks: bool


def changes(before: Report, after: Report) -> Changes:
    """Compare two whole reports, each in its own order."""
    known = {finding.fingerprint for finding in before.findings}
    found = {finding.fingerprint for finding in after.findings}
    return Changes(
        gone=tuple(finding for finding in before.findings if finding.fingerprint not in found),
        remaining=tuple(finding for finding in after.findings if finding.fingerprint in known),
        new=tuple(finding for finding in after.findings if finding.fingerprint not in known),
        same_rulebooks={book.digest for book in before.rulebooks} == {book.digest for book in after.rulebooks},
    )
