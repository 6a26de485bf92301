"""How a worker is known: by machine, process namespace and process, so that a neighbour can tell whether it still lives."""

from __future__ import annotations

import os
import socket


def worker_name() -> str:
    """`machine/namespace/pid/began` of this process."""
    return f"{_place()}/{os.getpid()}/{_began(os.getpid())}"


def is_dead_neighbour(name: str) -> bool:
    """Whether the name is of a process of this machine that is no more. False whenever that cannot be known."""
    place, _, process = name.rpartition("/")[0].rpartition("/")
    began = name.rpartition("/")[2]
    if place != _place() or not process.isdecimal() or not began.isdecimal():
        return False
    return _began(int(process)) != int(began)


def _place() -> str:
    try:
        namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        namespace = ""
    return f"{socket.gethostname()[:60]}/{namespace}"


def _began(process: int) -> int:
    """The start of a process in clock ticks since boot (field 22 of proc(5)'s stat); 0 when there is no such process."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] in {"Z", "X"} else int(fields[19])
