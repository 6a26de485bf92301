"""Jobs by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings

Work = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Registered:
    """A job's function and its limits: `limit_seconds` for one attempt, `attempts` in all before it has failed.

    `is_apart`: it takes minutes, and is worked on in a process of its own, so that a person's work does not wait behind it.
    `when_failed` names the job that is then enqueued with the same arguments, so that nobody waits for what will not come.
    """

    name: str
    work: Work
    limit_seconds: float
    attempts: int
    when_failed: str = ""
    is_apart: bool = False


_jobs: dict[str, Registered] = {}


def job(
    name: str, *, limit_seconds: float = 3600, attempts: int = 8, when_failed: str = "", is_apart: bool = False
) -> Callable[[Work], Work]:
    """Register a function as the job `name` (`applet.verb`). It is called with a `Running` and the arguments by keyword."""

    def register(work: Work) -> Work:
        entry = Registered(name, work, limit_seconds, attempts, when_failed, is_apart)
        if (standing := _jobs.setdefault(name, entry)) is not entry and standing.work is not work:
            raise ValueError(f"two jobs are called {name}")
        return work

    return register


def registered(name: str) -> Registered:
    """The job of this name; LookupError when no module of `settings.JOB_MODULES` registers one."""
    if name not in _jobs:
        for module in settings.JOB_MODULES:
            import_module(module)
    try:
        return _jobs[name]
    except KeyError:
        raise LookupError(f"no job is called {name}: is its module in JOB_MODULES?") from None


def names() -> tuple[str, ...]:
    """Every registered name, sorted."""
    for module in settings.JOB_MODULES:
        import_module(module)
    return tuple(sorted(_jobs))
