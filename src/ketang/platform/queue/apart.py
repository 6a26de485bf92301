"""Work of minutes goes on in a process of its own: whatever else waits goes on beside it, and its memory is given back at its end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from ketang.platform.queue.models import Job

_begun: list[subprocess.Popen[bytes]] = []
_lock = threading.Lock()


def begin(job: Job) -> None:
    """Have an attempt that this process took worked on by `ketang attempt`, and do not wait for it.

    The lease runs: an attempt whose process never starts waits again when it is over.
    """
    is_any_left()
    command = [sys.executable, "-m", "ketang", "attempt", str(job.uuid), str(job.attempt)]
    with _lock:
        _begun.append(subprocess.Popen(command, env=os.environ))  # noqa: S603 - this program itself


def is_any_left() -> bool:
    """Whether one that this process began still goes on. Those that have ended are buried."""
    with _lock:
        _begun[:] = [one for one in _begun if one.poll() is None]
        return bool(_begun)
