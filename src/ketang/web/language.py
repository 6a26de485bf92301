"""The reader's language as kebao names it."""

from __future__ import annotations

from django.utils.translation import get_language

from kebao.model.text import Language


def kebao_language() -> Language:
    """`en` or `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"
