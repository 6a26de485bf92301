"""Outcomes (the words of W3C EARL 1.0) and severities."""

from __future__ import annotations

from enum import StrEnum

from kebao.model.text import Text


class Outcome(StrEnum):
    """What came of judging. The order of `WORST_FIRST` decides which one speaks for a clause."""

    FAILED = "failed"
    CANT_TELL = "cantTell"
    UNTESTED = "untested"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return _OUTCOME_LABELS[self]

    @property
    def mark(self) -> str:
        """A sign that tells outcomes apart without colour."""
        return {"failed": "✗", "cantTell": "?", "untested": "…", "passed": "✓", "inapplicable": "–"}[self]


class Severity(StrEnum):
    """How binding a clause is."""

    ERROR = "error"  # the text is strict
    WARNING = "warning"  # 一般/原则上: a person may waive it, with a reason
    ADVICE = "advice"  # ours, not the text's

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return _SEVERITY_LABELS[self]


WORST_FIRST: tuple[Outcome, ...] = tuple(Outcome)

_OUTCOME_LABELS = {
    Outcome.FAILED: Text(zh="不符合", en="Failed"),
    Outcome.CANT_TELL: Text(zh="需人工判断", en="Cannot tell"),
    Outcome.UNTESTED: Text(zh="未检查", en="Untested"),
    Outcome.PASSED: Text(zh="符合", en="Passed"),
    Outcome.INAPPLICABLE: Text(zh="不适用", en="Not applicable"),
}
_SEVERITY_LABELS = {
    Severity.ERROR: Text(zh="必须改", en="Must be mended"),
    Severity.WARNING: Text(zh="一般应改", en="Should be mended"),
    Severity.ADVICE: Text(zh="建议", en="Advice"),
}


def worst(outcomes: list[Outcome]) -> Outcome:
    """The outcome that speaks for several. Passed beats inapplicable; nothing at all is `untested`."""
    return min(outcomes, key=WORST_FIRST.index, default=Outcome.UNTESTED)
