"""`kebao` as a process of its own for each call, forked from one that has imported it: the imports are paid once a run, not once a call.

Everything else is what a person gets: words, environment, folder, streams, the way out of the interpreter, the exit code.
That the installed command starts is asked of itself in `cli/test_command.py`.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LONGEST_MESSAGE = 1 << 17


@dataclass(frozen=True, slots=True)
class Done:
    """What a call left.

    Attributes:
        returncode: the exit code; negative for the signal that ended it.
        seconds: of CPU, with those of its own children.
        peak_mb: the most memory it held at once, with what it shares with the process it was forked from.
    """

    returncode: int
    stdout: str
    stderr: str
    seconds: float
    peak_mb: float


def kebao(*words: Any, timeout: float = 60, cwd: Path | None = None, env: dict[str, str] | None = None) -> Done:
    """Run the command. TimeoutError when it takes longer; it is killed then."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        code, seconds, peak_mb = started(*words, out=out.fileno(), said=said.fileno(), cwd=cwd, env=env)(timeout)
        out.seek(0)
        said.seek(0)
        return Done(code, out.read(), said.read(), seconds, peak_mb)


def started(
    *words: Any, out: int, said: int, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Callable[[float], tuple[int, float, float]]:
    """Start the command with these open files as output and complaints; what is given waits so many seconds for its end."""
    asked = {"words": [str(word) for word in words], "cwd": str(cwd or Path.cwd()), "env": env or dict(os.environ)}
    line = _standing()
    socket.send_fds(line, [json.dumps(asked).encode()], [out, said])
    pid = json.loads(line.recv(LONGEST_MESSAGE))

    def wait(seconds: float) -> tuple[int, float, float]:
        line.settimeout(seconds)
        try:
            answer = line.recv(LONGEST_MESSAGE)
        except TimeoutError:
            os.killpg(pid, signal.SIGKILL)
            line.settimeout(None)
            line.recv(LONGEST_MESSAGE)
            raise
        line.settimeout(None)
        code, used, peak_mb = json.loads(answer)
        return code, used, peak_mb

    return wait


@cache
def _standing() -> socket.socket:
    """A line to the process that has imported the command; it ends with the line."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    path = [str(HERE.parent / "src"), str(HERE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from standing import stand; stand()", str(its.fileno())],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, path)), "PYTHONUTF8": "1"},
        pass_fds=[its.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def stand() -> None:
    """Be that process: fork for every call, tell its number, wait for it, tell how it ended."""
    from kebao.cli.main import main

    line = socket.socket(fileno=int(sys.argv[1]))
    while True:
        message, files, _flags, _address = socket.recv_fds(line, LONGEST_MESSAGE, 2)
        if not message:
            return
        asked = json.loads(message)
        if (pid := os.fork()) == 0:
            break
        for file in files:
            os.close(file)
        line.send(json.dumps(pid).encode())
        _pid, status, used = os.wait4(pid, 0)
        told = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
        line.send(json.dumps(told).encode())
    os.setpgid(0, 0)
    line.close()
    for file, place in zip(files, (1, 2), strict=True):
        os.dup2(file, place)
        os.close(file)
    # Streams know from their beginning what they lead to: a pipe is not what stood here before.
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = ["kebao", *asked["words"]]
    main()
