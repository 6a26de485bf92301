"""Django finds the tables of selection here."""

from __future__ import annotations

from ketang.selection.calls.models import Call

__all__ = ["Call"]
