"""Rows that somebody ticked on a list. What a browser sends is no row's identity until it has been read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest


def chosen(request: HttpRequest, name: str = "chosen") -> list[str]:
    """Identities of the ticked rows, in the order of the page; what is none is left out."""
    return [word for word in request.POST.getlist(name) if _is_identity(word)]


def _is_identity(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True
