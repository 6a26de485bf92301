"""Many small transactions at once. PostgreSQL sees to that itself; SQLite writes one after the other, each with a wait for the disk.

So on SQLite the requests of a process stand in line, and whoever is at its head does the work of all who wait, in one
transaction: a full classroom waits for the disk once for many reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection, transaction

R = TypeVar("R")


@dataclass(slots=True)
class _Asked(Generic[R]):
    work: Callable[[], R]
    done: bool = False
    result: R | None = None
    wrong: BaseException | None = None


_turn, _door = Lock(), Lock()
_waiting: list[_Asked[object]] = []


def written(work: Callable[[], R]) -> R:
    """Run some writing in a transaction; what it gives or raises, after the commit.

    It may run in another request's thread, and twice, when somebody else's work in the same transaction fails.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return work()
    asked = _Asked(work)
    with _door:
        _waiting.append(asked)  # type: ignore[arg-type]
    with _turn:
        if not asked.done:
            with _door:
                batch = _waiting[:]
                _waiting.clear()
            _all(batch)
    if asked.wrong is not None:
        raise asked.wrong
    return asked.result  # type: ignore[return-value]


def _all(batch: list[_Asked[object]]) -> None:
    """The whole batch in one transaction; one by one when anything goes wrong."""
    try:
        if len(batch) > 1:
            with transaction.atomic():
                results = [one.work() for one in batch]
            for one, result in zip(batch, results, strict=True):
                one.result, one.done = result, True
            return
    except Exception:  # noqa: S110, BLE001 - each is done again by itself, and told what is wrong with it
        pass
    for one in batch:
        try:
            with transaction.atomic():
                one.result = one.work()
        except BaseException as wrong:  # noqa: BLE001 - raised where it was asked for
            one.wrong = wrong
        one.done = True
