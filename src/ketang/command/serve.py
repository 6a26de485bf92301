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

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=16, show_default=True, help="同时处理的请求数 · requests at a time")
@click.option(
    "--workers", default=1, show_default=True, help="后台进程数，0 为不启动 · background processes, 0 for none"
)
@click.option(
    "--content-port",
    type=int,
    help="课程包里网页和仿真的端口，默认是下一个空的，0 为不开 · port of packages' own pages, by default the next free one, 0 for none",
)
def serve(host: str, port: int, threads: int, workers: int, content_port: int | None) -> None:
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
    content = _content(host, port, content_port)
    # With a broker, `ketang worker` only keeps processes of Celery: this one does that as well.
    worker = [*ketang, "celery"] if os.environ.get("KETANG_BROKER") else [*ketang, "worker", "--supervised"]
    apart = [[*ketang, "content", "--host", host, "--port", str(content), "--threads", "4"]] if content else []
    children = [Kept(web), *(Kept(one) for one in apart), *(Kept(worker) for _ in range(workers))]
    keep(
        children,
        lambda: click.echo(f"课堂在这里 · Ketang is at http://{host}:{port}  （Ctrl-C 停止 · stops）"),
    )


def _content(host: str, port: int, wanted: int | None) -> int:
    """The port on which strangers' pages are another origin; 0 for none. Where the operator has named an origin, a proxy leads to it.

    Effects: `KETANG_CONTENT_ORIGIN` for every child.
    """
    if os.environ.get("KETANG_CONTENT_ORIGIN") or wanted == 0 or host not in LOCAL:
        return 0
    if wanted is not None:
        _refuse_taken(host, wanted)
    found = wanted or _free(host, port + 1) or _free(host, 0)
    os.environ["KETANG_CONTENT_ORIGIN"] = f"http://{f'[{host}]' if ':' in host else host}:{found}"
    return found


def _free(host: str, port: int) -> int:
    """The port, when nobody has it; for 0, one that is free. Else 0."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return 0
        return int(probe.getsockname()[1])


@click.command("web", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--threads", default=16)
def web(host: str, port: int, threads: int) -> None:
    """The web server alone, ended with its parent."""
    _serve(host, port, threads)


@click.command("content", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8001)
@click.option("--threads", default=4)
def content(host: str, port: int, threads: int) -> None:
    """The same server on the port of the other origin: which pages it has hangs on the address that was asked for."""
    _serve(host, port, threads)


def _serve(host: str, port: int, threads: int) -> None:
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
