"""Jobs of the trial: their effect is a row of the audit log, which can be counted."""

from __future__ import annotations

import importlib
import math
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.models import Job
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes


def _effect(running: Running, action: str) -> None:
    with audited():
        record(actor=SYSTEM, action=action, of=running.job, payload={"attempt": running.job.attempt})


@job("trial.piece", attempts=100)
def piece(running: Running, *, number: int, seconds: float = 0) -> None:
    """Work that takes its time, stores a file, and has one effect."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.02)
        running.check()
    put_bytes(f"piece {number}".encode() * 1000)
    running.tell(done=1, of=1)
    with running.finish():
        _effect(running, "trial.piece")


@job("trial.apart", attempts=3, is_apart=True)
def apart(running: Running) -> None:
    """Work that ends only once some other work has been done beside it."""
    while not Job.objects.filter(name="trial.piece", state="done").exists():
        time.sleep(0.05)
        running.check()
    with running.finish():
        _effect(running, "trial.apart")


@job("trial.join", attempts=100)
def join(running: Running, *, group: str) -> None:
    """The join of a fan-out; its effect says how many pieces it saw."""
    states = dict.fromkeys(Job.objects.filter(group__uuid=group).values_list("state", flat=True))
    with running.finish(), audited():
        record(actor=SYSTEM, action="trial.join", of=running.job, payload={"states": sorted(states)})


@job("trial.parallel", attempts=1)
def parallel(running: Running, *, numbers: list[int]) -> None:
    """Work spread over processes, as measuring a package is."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        running.tell(roots=list(processes.map(math.isqrt, numbers)))


@job("trial.heavy")
def heavy(running: Running) -> None:
    """Work with the library that every check brings."""
    importlib.import_module("numpy")


@job("trial.unfinished")
def unfinished(running: Running) -> None:
    """Work that leaves its end to the queue."""


@job("trial.faulty", attempts=2)
def faulty(running: Running) -> None:
    """Work that always fails."""
    raise ValueError("坏数据")


@job("trial.refused")
def refused(running: Running) -> None:
    """Work that says in words why it cannot be done."""
    raise Refused("没有这个文件。")


@job("trial.broken_finish", attempts=1)
def broken_finish(running: Running) -> None:
    """Work that fails in the very transaction that would end it."""
    with running.finish():
        _effect(running, "trial.broken_finish")
        raise ValueError("写到一半")


@job("trial.endless", attempts=2, limit_seconds=1)
def endless(running: Running) -> None:
    """Work that never ends by itself."""
    while True:
        time.sleep(0.1)
