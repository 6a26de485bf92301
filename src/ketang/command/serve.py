"""`ketang serve`: the web server and its workers in one command. This process runs no Django of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

import click

STOP_SECONDS = 8
"""How long a worker may take to end. A job that was cut off begins anew at the next start."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=16, show_default=True, help="同时处理的请求数 · requests at a time")
@click.option(
    "--workers", default=1, show_default=True, help="后台进程数，0 为不启动 · background processes, 0 for none"
)
def serve(host: str, port: int, threads: int, workers: int) -> None:
    """启动网站和后台处理，Ctrl-C 停止。 · Start the site and its workers; Ctrl-C stops them."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from ketang.settings.environment import HOME, env

    if not env.str("KETANG_DATABASE", "") and not (HOME / "ketang.sqlite3").exists():
        _prepare(HOME)
    children = [Kept([sys.executable, "-m", "ketang", "worker", "--supervised"]) for _ in range(workers)]
    server = Server(
        "ketang.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=threads, websockets=False, log_level=LogLevels.error, respawn_failed_workers=True, respawn_interval=1.0,
        workers_kill_timeout=STOP_SECONDS,
    )  # fmt: skip
    for child in children:
        child.start()
    click.echo(f"课堂在这里 · Ketang is at http://{host}:{port}  （Ctrl-C 停止 · stops）")
    try:
        server.serve()
    finally:
        for child in children:
            child.stop()
        for child in children:
            child.join()


def _prepare(home: Path) -> None:
    """Make the tables of a new instance."""
    click.echo(f"新建实例 · a new instance: {home}")
    subprocess.run([sys.executable, "-m", "ketang", "migrate"], check=True, stdout=subprocess.DEVNULL)


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
            if self._over.is_set():
                return
            pause = 0.2 if monotonic() - began > 30 else min(30.0, max(0.5, pause * 2))
            click.echo(f"后台进程退出（{code}），重新启动 · worker ended ({code}), starting it again", err=True)
