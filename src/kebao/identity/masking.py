"""Numbers as they are typed, and numbers of people shown without giving them away."""

from __future__ import annotations

import unicodedata


def as_typed(code: str) -> str:
    """Half width, upper case, without spaces and hyphens: what the standards call the number."""
    return "".join(c for c in unicodedata.normalize("NFKC", code).upper() if not c.isspace() and c not in "-‐‑–—−")


def masked(number: str) -> str:
    """The first three characters and stars: enough to find the row, not enough to know birthday, sex or kind of disability."""
    shown = number[:3] if len(number) > 6 else ""
    return shown + "*" * (len(number) - len(shown))
