"""Starting Django for a command that needs it; `serve` itself does not, and stays small."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def with_django(command: Callable[P, T]) -> Callable[P, T]:
    """The command with Django's applications loaded before it."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        import django
        from django.apps import apps

        if not apps.ready:
            django.setup()
        return command(*args, **kwargs)

    return run
