"""`ketang serve`: the web server and its workers in one command. This process runs no Django of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import click

from ketang.command.kept import STOP_SECONDS, Kept, keep
from ketang.command.parent import end_with_parent
from ketang.command.prepared import is_prepared
from ketang.instance import HOME


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=16, show_default=True, help="同时处理的请求数 · requests at a time")
@click.option(
    "--workers", default=1, show_default=True, help="后台进程数，0 为不启动 · background processes, 0 for none"
)
def serve(host: str, port: int, threads: int, workers: int) -> None:
    """启动网站和后台处理，Ctrl-C 停止。 · Start the site and its workers; Ctrl-C stops them."""
    _refuse_taken(host, port)
    if not is_prepared(HOME):
        if os.environ.get("KETANG_DATABASE"):  # other machines may be at it: the operator says when
            raise click.ClickException("先运行 ketang migrate。 · Run ketang migrate first.")
        _prepare(HOME)
    # Each thread of a request would get an arena of its own from glibc, and keep what it once needed.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    ketang = [sys.executable, "-m", "ketang"]
    web = [*ketang, "web", "--host", host, "--port", str(port), "--threads", str(threads)]
    # With a broker, `ketang worker` only keeps processes of Celery: this one does that as well.
    worker = [*ketang, "celery"] if os.environ.get("KETANG_BROKER") else [*ketang, "worker", "--supervised"]
    children = [Kept(web), *(Kept(worker) for _ in range(workers))]
    keep(
        children,
        lambda: click.echo(f"课堂在这里 · Ketang is at http://{host}:{port}  （Ctrl-C 停止 · stops）"),
    )


@click.command("web", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--threads", default=16)
def web(host: str, port: int, threads: int) -> None:
    """The web server alone, ended with its parent."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "ketang.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=threads, websockets=False, log_level=LogLevels.error, workers_kill_timeout=STOP_SECONDS,
    )  # fmt: skip
    end_with_parent()
    server.serve()
    sys.exit(1)  # by itself, a server never ends


def _refuse_taken(host: str, port: int) -> None:
    """Say that the port is taken before anything is started on it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise click.ClickException(
                f"{host}:{port} 不能使用：{taken.strerror}。换一个端口：--port · cannot be used, choose another --port"
            ) from None


def _prepare(home: Path) -> None:
    """Make or renew tables and static files."""
    click.echo(f"准备实例 · preparing the instance: {home}")
    subprocess.run([sys.executable, "-m", "ketang", "migrate"], check=True, stdout=subprocess.DEVNULL)
