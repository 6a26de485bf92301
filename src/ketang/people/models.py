"""Django finds the tables of people here."""

from __future__ import annotations

from ketang.people.account.models import Account

__all__ = ["Account"]
