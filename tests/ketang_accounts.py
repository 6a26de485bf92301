"""Numbers for accounts and organisations of tests: well-formed, and of nobody."""

from __future__ import annotations

from kebao.identity.credit_code import check_character


def credit_code(number: int) -> str:
    """A well-formed credit code of no registered unit (`number` below 100)."""
    first = f"91120000MA00000{number:02d}"
    return first + check_character(first)
