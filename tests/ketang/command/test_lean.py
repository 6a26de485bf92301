"""What serves pages and what waits for work hold no library that only a check needs: each is tens of megabytes in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang_columns import Column, until

ROOT = Path(__file__).resolve().parents[3]
HEAVY = {"PIL", "av", "docx", "numpy", "openpyxl", "python_calamine", "scipy"}

PAGES = """
import django; django.setup()
import ketang.wsgi
from django.urls import get_resolver; get_resolver().url_patterns
from ketang.platform.queue.registry import names; names()
"""
SUPERVISOR = "import ketang.command.main"


@pytest.mark.parametrize(
    ("words", "absent"),
    [(PAGES, HEAVY), (SUPERVISOR, HEAVY | {"django", "environ", "_hashlib", "ketang.settings"})],
    ids=["pages and queue", "supervisor"],
)
def test_without_what_only_a_check_needs(words: str, absent: set[str], tmp_path: Path) -> None:
    told = f"{words}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "KETANG_HOME": str(tmp_path),
                   "DJANGO_SETTINGS_MODULE": "ketang.settings"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", told], env=environment, cwd=tmp_path, check=True, capture_output=True)
    assert absent & set(json.loads(done.stdout)) == set()


def holding(library: str) -> set[int]:
    """Which of the worker's processes hold the library."""
    found = set()
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, OSError):  # a process that begins or ends at this moment holds nothing
            if "ketang" in one.cmdline() and f"/{library}/" in Path(f"/proc/{one.pid}/maps").read_text():
                found.add(one.pid)
    return found


def test_a_worker_that_rests_is_small_again_and_works_on(column: Column) -> None:
    resting = replace(column, environment={**column.environment, "KETANG_JOB_REST_SECONDS": "0.5"})
    with resting.worker():
        for _ in range(2):
            made = enqueue("trial.heavy")
            until(lambda made=made: Job.objects.get(pk=made.pk).state == JobState.DONE, column.log)
            until(lambda: holding("numpy") == set(), column.log)
    assert list(Job.objects.values_list("name", "state", "attempt")) == [("trial.heavy", JobState.DONE, 1)] * 2


def test_the_process_that_begins_anew_is_the_same_one(small_column: Column) -> None:
    resting = replace(small_column, environment={**small_column.environment, "KETANG_JOB_REST_SECONDS": "2"})
    with resting.worker() as worker:
        made = enqueue("trial.heavy")
        until(lambda: Job.objects.get(pk=made.pk).state == JobState.DONE, small_column.log)
        assert holding("numpy") == {worker.pid}
        until(lambda: holding("numpy") == set(), small_column.log)
        assert worker.poll() is None
