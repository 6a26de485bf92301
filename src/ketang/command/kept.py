"""A child process that is kept alive."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

import click

STOP_SECONDS = 8
"""How long a child may take to end. A job that was cut off begins anew at the next start."""


def _end_orphans(group: int) -> None:
    """End what a child that died has left behind: a web server's processes would keep the port."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class Kept:
    """A child process that is started again when it dies: at once, and after ever longer when it dies young."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._over = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the child and watch it."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the child to end, once and for all."""
        self._over.set()
        with self._lock:
            if self._child is not None and self._child.poll() is None:
                self._child.terminate()

    def join(self) -> None:
        """Wait for its end; kill it when that takes too long."""
        with self._lock:
            child = self._child
        if child is not None:
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._thread.join()

    def _keep(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            began = monotonic()
            with self._lock:
                if self._over.is_set():
                    return
                # A session of its own: Ctrl-C reaches this process alone, which then ends the child in order.
                self._child = subprocess.Popen(self._command, start_new_session=True, env=os.environ)
            code = self._child.wait()
            _end_orphans(self._child.pid)
            if self._over.is_set():
                return
            pause = 0.2 if monotonic() - began > 30 else min(30.0, max(0.5, pause * 2))
            click.echo(
                f"{self._command[3]} 进程退出（{code}），重新启动 · {self._command[3]} ended ({code}), starting it again",
                err=True,
            )


def keep(children: Sequence[Kept], said: Callable[[], None] = lambda: None) -> None:
    """Start the children, say so, and keep them until a signal ends this process; then end them all."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_signal: over.set())
    for child in children:
        child.start()
    said()
    while not over.wait(60):
        pass
    for child in children:
        child.stop()
    for child in children:
        child.join()
