"""A fresh instance of a column, and the real `ketang serve` on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import psycopg

from ketang_servers import S3_KEY, S3_SECRET, Servers, free_port, make_bucket, servers

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance, where it will be served."""

    home: Path
    port: int
    environment: dict[str, str]

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        """`python …` in the instance, to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=self.home, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def told(self, *words: str) -> Any:
        """The JSON in the last line of what it printed."""
        return json.loads(self.run(*words).splitlines()[-1])


@contextmanager
def instances(column: str, folder: Path) -> Iterator[Callable[[str], Instance]]:
    """What makes fresh instances of a column by name: `small`, or `large` with PostgreSQL, Valkey and S3 from wheels.

    Each has rooms of its own on the servers, so that no part of the benchmark counts rows of another.
    """
    numbers = count()
    with ExitStack() as stack:
        found = stack.enter_context(servers()) if column == "large" else None

        def fresh(name: str) -> Instance:
            home, port = folder / name, free_port()
            home.mkdir()
            environment = {
                key: value for key, value in os.environ.items() if not key.startswith(("KETANG_", "DJANGO_"))
            }
            environment |= {
                "DJANGO_SETTINGS_MODULE": "ketang.settings",
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
                "KETANG_HOME": str(home),
                "KETANG_ORIGIN": f"http://127.0.0.1:{port}",
            }
            if found is not None:
                environment |= _rooms(found, name, next(numbers))
            made = Instance(home, port, environment)
            made.run("-m", "ketang", "migrate")
            return made

        yield fresh


def _rooms(found: Servers, name: str, number: int) -> dict[str, str]:
    """A database, a bucket, and two rooms of Valkey."""
    with psycopg.connect(f"{found.postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    make_bucket(found.s3, name)
    return {
        "KETANG_DATABASE": f"{found.postgres}/{name}", "KETANG_BROKER": f"{found.valkey}/{2 * number}",
        "KETANG_CACHE": f"{found.valkey}/{2 * number + 1}", "KETANG_S3_BUCKET": name, "KETANG_S3_ENDPOINT": found.s3,
        "KETANG_S3_KEY": S3_KEY, "KETANG_S3_SECRET": S3_SECRET, "KETANG_S3_REGION": "local",
    }  # fmt: skip


@dataclass(slots=True)
class Served:
    """A running `ketang serve`: its processes, and how long the first page took."""

    process: psutil.Process
    first_page_s: float

    def part(self, role: str) -> psutil.Process:
        """The child that is `web` or `worker`, which is `celery` on the large column."""
        names = {"worker": {"worker", "celery"}}.get(role, {role})
        return next(child for child in self.process.children() if names & set(child.cmdline()[3:4]))


@contextmanager
def served(made: Instance, workers: int = 1) -> Iterator[Served]:
    """The site, from its first page on until the end of the block."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "ketang", "serve", "--port", str(made.port), "--workers", str(workers)]
    with (made.home / "log").open("ab") as log:
        process = subprocess.Popen(words, env=made.environment, cwd=made.home, stdout=log, stderr=log)
    try:
        while True:
            try:
                with urllib.request.urlopen(made.origin, timeout=30):
                    break
            except OSError:
                if process.poll() is not None or time.perf_counter() - began > 120:
                    raise
                time.sleep(0.02)
        yield Served(psutil.Process(process.pid), time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(30)


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and everything below it."""
    return [process, *process.children(recursive=True)]


def resident_mb(*processes: psutil.Process) -> float:
    """Resident memory of all of them; what they share counts in each."""
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20
