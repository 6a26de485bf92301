"""Django finds the tables of selection here."""

from __future__ import annotations

from ketang.selection.awarding.models import Decision
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Counter, Receipt, Submission, Version

__all__ = ["Call", "Check", "Counter", "Decision", "Receipt", "Submission", "Version"]
