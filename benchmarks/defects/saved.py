"""Results of a run kept as one file, so that runs of different defects make one page: sound today, picture tomorrow."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from defects.ablation import Event
from defects.detector import Look, Seen
from defects.jobs import Trial
from defects.material import ROOT
from defects.trials import Result


@dataclass(frozen=True)
class Run:
    """One run: its command, the commit of the code that judged, how many files were planned, and what was seen."""

    command: str
    commit: str
    half: str
    planned: int
    results: tuple[Result, ...]


def commit() -> str:
    """The commit of this checkout, with a mark where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def save(path: Path, run: Run) -> None:
    """Write a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(run), ensure_ascii=False), encoding="utf-8")


def load(path: Path) -> Run:
    """Read a run back.

    Raises:
        OSError, ValueError, KeyError: there is none.
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    results = tuple(
        Result(
            Trial.from_json(json.dumps(row["trial"])),
            _look(row["look"]),
            None if row["events"] is None else tuple(Event(**event) for event in row["events"]),
        )
        for row in read["results"]
    )
    return Run(read["command"], read["commit"], read["half"], read["planned"], results)


def _look(read: dict[str, Any]) -> Look:
    seen = tuple(Seen(**one) for one in read["seen"])
    return Look(seen, tuple(read["untested"]), tuple(read["crashed"]), read["balance"])


def _without_twins(run: Run) -> Run:
    first = {_key(result.trial): result for result in reversed(run.results)}
    results = tuple(result for result in run.results if first[_key(result.trial)] is result)
    return replace(run, planned=run.planned - len(run.results) + len(results), results=results)


def joined(runs: Sequence[Run]) -> Run:
    """Several runs of one half as one. A file that two seeds made alike, to the byte, counts once: it is one trial.

    Raises:
        ValueError: they are of different halves, or two of them judged the same file.
    """
    halves = {run.half for run in runs}
    runs = tuple(_without_twins(run) for run in runs)
    files = [_key(result.trial) for run in runs for result in run.results]
    if len(halves) != 1:
        raise ValueError(f"runs of different halves cannot be joined: {', '.join(sorted(halves))}")
    if len(set(files)) != len(files):
        raise ValueError("two of the runs judged the same file")
    commands = "\n".join(f"{run.command}    # {run.commit}" for run in runs)
    return Run(
        commands, "", halves.pop(), sum(run.planned for run in runs), tuple(r for run in runs for r in run.results)
    )


def _key(trial: Trial) -> tuple[str, float, str, str, str, str]:
    return trial.defect, trial.magnitude, trial.variant, trial.medium, trial.clip, f"{trial.bits} {trial.sha256}"
