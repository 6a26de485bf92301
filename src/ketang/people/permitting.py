"""The list of every permission of the product, so that a test can say that none was left out of its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Permission = TypeVar("Permission", bound=Callable[..., bool])

PERMISSIONS: dict[str, Callable[..., bool]] = {}
"""By `module.function`, filled as the applets' `permissions.py` are imported."""


def permission(function: Permission) -> Permission:
    """Put the function on the list. Its first argument is the actor, the second, if any, what it is about."""
    PERMISSIONS[f"{function.__module__}.{function.__qualname__}"] = function
    return function
