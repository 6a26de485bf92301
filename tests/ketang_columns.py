"""The small column and the large one: an instance of each for tests, used from this process and by child processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import override_settings

from ketang_servers import S3_KEY, S3_SECRET, Servers, make_bucket

ROOT = Path(__file__).resolve().parents[1]
LEASE_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One instance."""

    name: str
    home: Path
    environment: Mapping[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`ketang …`, to its end; CalledProcessError when it fails."""
        return subprocess.run(
            [sys.executable, "-m", "ketang", *words], env=dict(self.environment), cwd=self.home, check=True,
            capture_output=True, text=True,
        )  # fmt: skip

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A `ketang worker` for the length of the block."""
        process = self.start("worker")
        try:
            yield process
        finally:
            end(process)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """`ketang …` in a session of its own; its output goes to `log` of the instance."""
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "ketang", *words], env=dict(self.environment), cwd=self.home, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip

    def log(self) -> str:
        """What the started processes have said."""
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")


def small(home: Path, template: Path) -> Column:
    """SQLite, a folder, the worker on the database."""
    shutil.copytree(template, home)
    return Column("small", home, _environment(home))


def large(home: Path, template: str, servers: Servers, number: int) -> Column:
    """PostgreSQL, S3 and Celery on Valkey, each with a room of its own on the shared servers."""
    import psycopg

    home.mkdir()
    name = f"trial_{number}"
    with psycopg.connect(f"{servers.postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    make_bucket(servers.s3, name.replace("_", "-"))
    return Column("large", home, _environment(home, servers, name, number))


def _environment(home: Path, servers: Servers | None = None, name: str = "", number: int = 0) -> dict[str, str]:
    found = {key: value for key, value in os.environ.items() if not key.startswith(("KETANG_", "DJANGO_", "PYTEST_"))}
    found |= {
        "DJANGO_SETTINGS_MODULE": "ketang_trial_settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        "KETANG_HOME": str(home),
        "KETANG_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "KETANG_JOB_ANNOUNCE_SECONDS": "3",
        "KETANG_JOB_SWEEP_SECONDS": "0.3",
        "KETANG_JOB_POLL_SECONDS": "0.05",
        "KETANG_JOB_APART_NICE": "1",  # the tests' own processes would leave it next to nothing
    }
    if servers is not None:
        found |= {
            "KETANG_DATABASE": f"{servers.postgres}/{name}",
            "KETANG_BROKER": f"{servers.valkey}/{number % 8}",
            "KETANG_CACHE": f"{servers.valkey}/{number % 8 + 8}",
            "KETANG_S3_BUCKET": name.replace("_", "-"),
            "KETANG_S3_ENDPOINT": servers.s3,
            "KETANG_S3_KEY": S3_KEY,
            "KETANG_S3_SECRET": S3_SECRET,
            "KETANG_S3_REGION": "local",
        }
    return found


@contextmanager
def used_here(column: Column) -> Iterator[None]:
    """Let this very process use the column's database, files and queue."""
    fresh = settings_of(column)
    standing = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": fresh.pop("DATABASES")["default"]})[
        "default"
    ]
    del connections["default"]
    try:
        with override_settings(**fresh), tasks_read_anew(fresh["BROKER"]):
            yield
    finally:
        connections["default"].close()
        connections.settings["default"] = standing
        del connections["default"]


def settings_of(column: Column) -> dict[str, Any]:
    """What Django's settings are in the column, read by the product's own modules."""
    names = (
        "DATABASES",
        "STORAGES",
        "TASKS",
        "BROKER",
        "JOB_MODULES",
        "JOB_LEASE_SECONDS",
        "JOB_ANNOUNCE_SECONDS",
        "AUDIT_KEY",
        "AUDIT_ANCHOR",
        "PASSWORD_HASHERS",
        "SPOOL",
        "FIELD_KEYS",
    )
    text = f"import json, ketang_trial_settings as s; print(json.dumps({{n: getattr(s, n) for n in {names!r}}}, default=str))"
    import json

    said = subprocess.run(
        [sys.executable, "-c", text], env=dict(column.environment), cwd=column.home, check=True, capture_output=True
    ).stdout
    found: dict[str, Any] = json.loads(said)
    found |= {name: Path(found[name]) for name in ("AUDIT_ANCHOR", "SPOOL")}
    found["STORAGES"]["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return found


@contextmanager
def tasks_read_anew(broker: str | None) -> Iterator[None]:
    """django-tasks keeps its backend, and Celery its broker, from the first use on."""
    from django_tasks import task_backends

    def forget() -> None:
        task_backends.__dict__.pop("settings", None)
        task_backends._settings = None
        if hasattr(task_backends._connections, "default"):
            del task_backends["default"]

    forget()
    if broker is not None:
        from kombu import pools

        from ketang.platform.queue.celery_app import app

        app.conf.broker_url = broker
        app._after_fork()
        pools.reset()
    try:
        yield
    finally:
        forget()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a started command in order, and by force when that takes too long."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            kill(process)
    process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the command and every process it started."""
    import psutil

    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.kill()
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


def until(
    reached: Callable[[], object], what: Callable[[], object] | str = "", seconds: float = 60, every: float = 0.05
) -> None:
    """Wait for something, looking `every` so many seconds; AssertionError with `what` when it does not come."""
    late = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > late:
            raise AssertionError(what() if callable(what) else what)
        time.sleep(every)
