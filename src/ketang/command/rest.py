"""A worker that worked on a package holds the libraries and the memory of that; once idle, it begins anew and is small again."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

HEAVY = "numpy"
"""Imported by every work on a package, and by nothing that waits for one."""


class Signal(Protocol):
    """What django-tasks and Celery send at the begin and at the end of a task."""

    def connect(self, receiver: Callable[..., None], *, weak: bool) -> object:
        """Have `receiver` called at each."""


@contextmanager
def resting(started: Signal, finished: Signal, seconds: float, is_busy: Callable[[], bool]) -> Iterator[None]:
    """Around a worker's loop, which ends by SIGTERM and SystemExit: after a heavy work and `seconds` without any, the process begins anew.

    `is_busy` tells of work that goes on beside the tasks. It keeps its number, so that whoever supervises it sees nothing. A hint that is lost in that moment comes again.
    """
    idle = _Idle(seconds, is_busy)
    started.connect(idle.begin, weak=False)
    finished.connect(idle.end, weak=False)
    threading.Thread(target=idle.watch, name="rest", daemon=True).start()
    try:
        yield
    except SystemExit:
        if not idle.over:
            raise
    if idle.over:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very command again


class _Idle:
    """Since when nothing is worked on."""

    def __init__(self, seconds: float, is_busy: Callable[[], bool]) -> None:
        self.over, self._is_busy = False, is_busy
        self._seconds, self._busy, self._since = seconds, False, time.monotonic()

    def begin(self, *_args: Any, **_more: Any) -> None:
        self._busy = True

    def end(self, *_args: Any, **_more: Any) -> None:
        self._busy, self._since = False, time.monotonic()

    def watch(self) -> None:
        while (
            HEAVY not in sys.modules or self._busy or self._is_busy() or time.monotonic() - self._since < self._seconds
        ):
            time.sleep(min(5.0, self._seconds))
        self.over = True
        os.kill(os.getpid(), signal.SIGTERM)
