"""`ketang serve` in a process of its own: web and worker in one command, restarted when they die, ended in order."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psutil
import pytest

from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang_columns import Column, kill, until
from ketang_servers import free_port


def answer(port: int, path: str = "/healthz") -> bytes | None:
    """What the site says; None when it does not."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as found:
            return found.read()  # type: ignore[no-any-return]
    except OSError:
        return None


@contextmanager
def served(column: Column, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = column.start("serve", "--port", str(port))
    try:
        # A new instance is prepared first: seconds of CPU, of which a machine that does much else gives few.
        until(lambda: answer(port), column.log, seconds=240)
        yield process
    finally:
        kill(process)


def family(process: subprocess.Popen[bytes]) -> dict[str, psutil.Process]:
    """The children by what they do."""
    found = {}
    for child in psutil.Process(process.pid).children():
        try:
            words = child.cmdline()
        except psutil.NoSuchProcess:  # or a zombie, which is one
            continue
        if len(words) > 3:  # between fork and exec a child has no words of its own yet
            found[words[3]] = child
    return found


def test_web_and_worker_live_and_come_back_and_end(small_column: Column) -> None:
    port = free_port()
    with served(small_column, port) as process:
        assert json.loads(answer(port) or b"") == {"database": "ok"}
        until(lambda: len(family(process)) == 3)
        for role in ("worker", "web", "content"):
            before = family(process)[role]
            before.kill()
            until(lambda: family(process).get(role, before).pid != before.pid, small_column.log)  # noqa: B023
            until(lambda: answer(port), small_column.log)
        job = enqueue("trial.unfinished")
        until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, small_column.log)
        children = list(family(process).values())
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert psutil.wait_procs(children, timeout=1)[1] == []
        assert answer(port) is None
    assert "Traceback" not in small_column.log()


def test_nothing_outlives_the_supervisor(small_column: Column) -> None:
    port = free_port()
    with served(small_column, port) as process:
        until(lambda: len(family(process)) == 3)
        everybody = psutil.Process(process.pid).children(recursive=True)
        assert len(everybody) >= 3  # the web server has a process of its own for pages
        os.kill(process.pid, signal.SIGKILL)
        assert psutil.wait_procs(everybody, timeout=30)[1] == []
        assert answer(port) is None


def test_a_port_that_is_taken_is_told_at_once(small_column: Column) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(subprocess.CalledProcessError) as refused:
            small_column.run("serve", "--port", str(taken.getsockname()[1]))
    assert "--port" in refused.value.stderr


def test_only_this_machine_is_served(small_column: Column) -> None:
    port = free_port()
    with served(small_column, port) as process:
        listening = {
            connection.laddr
            for one in (psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True))
            for connection in one.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
    assert ({address.ip for address in listening}, port in {address.port for address in listening}, len(listening)) == (
        {"127.0.0.1"}, True, 2,
    )  # fmt: skip


def test_strangers_pages_have_a_port_of_their_own_where_nothing_of_ours_is(small_column: Column) -> None:
    port, content = free_port(), free_port()
    process = small_column.start("serve", "--port", str(port), "--content-port", str(content))
    try:
        until(lambda: answer(port), small_column.log)
        until(lambda: status(content, "/") == 404, small_column.log)
        told = [
            status(content, path) for path in ("/healthz", "/courses/", "/static/web/tokens.css", "/account/login/")
        ]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            policy = page.headers["Content-Security-Policy"]
    finally:
        kill(process)
    framed = [one.strip() for one in policy.split(";") if one.strip().startswith("frame-src")]
    assert (told, framed) == ([404] * 4, [f"frame-src http://127.0.0.1:{content}"])


def status(port: int, path: str) -> int:
    """The answer's status; 0 for none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as found:
            return int(found.status)
    except urllib.error.HTTPError as wrong:
        return wrong.code
    except OSError:
        return 0


def test_without_a_port_for_them_strangers_pages_are_not_shown(small_column: Column) -> None:
    port = free_port()
    process = small_column.start("serve", "--port", str(port), "--content-port", "0")
    try:
        until(lambda: answer(port), small_column.log)
        assert set(family(process)) == {"web", "worker"}
    finally:
        kill(process)


def test_a_new_folder_becomes_an_instance(small_column: Column) -> None:
    fresh = replace(
        small_column, environment={**small_column.environment, "KETANG_HOME": str(small_column.home / "fresh")}
    )
    port = free_port()
    with served(fresh, port):
        assert b"<h1" in (answer(port, "/") or b"")
    assert "准备实例" in fresh.log()


def test_an_instance_of_another_version_is_renewed_or_refused(small_column: Column) -> None:
    (small_column.home / "prepared").write_text("another version")
    environment = {**small_column.environment, "KETANG_DATABASE": "postgres://nobody@127.0.0.1:1/none"}
    large = replace(small_column, environment=environment)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        large.run("serve", "--port", str(free_port()))
    assert "ketang migrate" in refused.value.stderr
    with served(small_column, free_port()):
        assert "准备实例" in small_column.log()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1@evil.example"])
def test_another_host_name_is_refused(small_column: Column, host: str) -> None:
    port = free_port()
    with served(small_column, port):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": host})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=5)
        assert refused.value.code == 400
        refused.value.close()
