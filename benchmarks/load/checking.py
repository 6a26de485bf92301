"""Memory and time of a check by the running worker: the demonstration's package, and one with a film of half an hour."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import psutil
from looped_films import FILMS, SHARED, looped

from load.instance import ROOT, Instance, family, resident_mb, served

CHECK_MB, SITE_MB = 400.0, 200.0
ROWS = str(Path(__file__).with_name("rows.py"))
MINUTES = 30
REST_SECONDS = 75
"""After which an idle worker has begun anew (`KETANG_JOB_REST_SECONDS` and what it takes to notice)."""

_SEND = """
import json, sys
from pathlib import Path
import django
django.setup()
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.platform.storage.actions import put_path
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check
from ketang.selection.intake.actions import receive, start
from ketang.selection.intake.models import Door
from ketang_accounts import credit_code
path = Path(sys.argv[1])
kept, actor = put_path(path), Account.objects.get(login="bench-supplier")
unit = Organisation.objects.get(credit_code=credit_code(1))
sent = start(actor=actor, call=Call.objects.get(), organisation=unit, title="示例课程", category="P2(3)")
made = receive(actor=actor, submission=sent, door=Door.WEB, name=path.name, digest=kept.digest, size=kept.size)
print(json.dumps(str(Check.objects.get(version=made.version).uuid)))
"""
_END = """
import json, sys, time
import django
django.setup()
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.checking.models import Check
while not Check.objects.get(uuid=sys.argv[1]).is_over or Job.objects.filter(state__in=UNFINISHED).exclude(name="checking.forget").exists():
    time.sleep(0.3)
found = Check.objects.get(uuid=sys.argv[1])
print(json.dumps([found.state, found.verdict]))
"""


def checking(made: Instance) -> list[str]:
    """Print each figure; what misses its goal."""
    made.told(ROWS, "100")
    missed = []

    def said(what: str, value: float, goal: float) -> None:
        missed.extend([] if value <= goal else [what])
        print(f"{what:64} {value:>7.1f} MB   ≤{goal:g} {'✓' if value <= goal else '✗'}", flush=True)

    with served(made) as site:
        worker = site.part("worker")
        for name, package in _packages(made.home):
            with _Watched(worker) as watched:
                began = time.perf_counter()
                state, verdict = made.told("-c", _END, made.told("-c", _SEND, str(package)))
                seconds = time.perf_counter() - began
            said(f"checking {name}: largest process (VmHWM)", watched.process_mb, CHECK_MB)
            print(f"    {package.stat().st_size / 1e6:.0f} MB, {seconds:.0f} s, all of the worker's processes together at most "
                  f"{watched.together_mb:.0f} MB; {state}, {verdict or 'no verdict'}", flush=True)  # fmt: skip
            if state != "done":
                missed.append(f"checking {name}: {state}")
        time.sleep(REST_SECONDS)
        said("idle again: web and worker", resident_mb(*family(site.process)) - resident_mb(site.process), SITE_MB)
    return missed


def _packages(home: Path) -> list[tuple[str, Path]]:
    """The demonstration's conforming package, and a folder with a long film, as zips."""
    demo = ROOT / "build/demo"
    subprocess.run([sys.executable, "-m", "kebao.demo", str(demo)], check=True, stdout=subprocess.DEVNULL)
    found = [("the demonstration's package", max(demo.glob("*/*.zip"), key=lambda path: path.stat().st_size))]
    for film in FILMS[-1:]:  # the largest pictures
        made = looped(SHARED / "media" / film.clip, home / f"{film.name}.mp4", MINUTES * 60)
        package = home / f"网络课程+示例培训学校+示例{film.name}.zip"
        with zipfile.ZipFile(package, "w") as written:
            written.write(made, f"网络课程+示例培训学校+示例{film.name}/视频/示例.mp4")
        found.append((f"{MINUTES} minutes of {film.name}", package))
    return found


class _Watched:
    """The most memory of the processes of a worker, one by one (the kernel's own mark) and together (read twenty times a second)."""

    def __init__(self, worker: psutil.Process) -> None:
        self._worker, self._over = worker, threading.Event()
        self.process_mb = self.together_mb = 0.0
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Watched:
        for process in family(self._worker):
            Path(f"/proc/{process.pid}/clear_refs").write_text("5")  # the mark begins at what is held now
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            processes = family(self._worker)
            self.together_mb = max(self.together_mb, resident_mb(*processes))
            self.process_mb = max(self.process_mb, *(_mark_mb(process.pid) for process in processes))


def _mark_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
