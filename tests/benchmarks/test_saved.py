"""Runs kept as files make one page again, and runs that overlap or belong to different halves make none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from defects.ablation import Event
from defects.detector import Look, Seen
from defects.jobs import Trial
from defects.planted import Planted
from defects.saved import Run, joined, load, save
from defects.trials import Result


def result(defect: str) -> Result:
    planted = Planted(defect, -30, 1.0, 4.0)
    trial = Trial(defect, -30, "", "real", "甲", "甲", "low", f"ab{defect}", 20.0, False, ("clipping",), (planted,))
    look = Look((Seen("mains-hum", True, 1.0, 4.0, {"below": 31.5}),), ("one",), (), 12.5)
    return Result(trial, look, (Event("scdet", 1.0, 2.0),) if defect == "hum" else None)


HEARD = Run("python one --part sound", "abc", "held-out", 3, (result("hum"), result("noise")))
SEEN = Run("python one --part picture", "abd", "held-out", 2, (result("shake"),))


def test_a_kept_run_reads_back_as_it_was(tmp_path: Path) -> None:
    save(tmp_path / "run.json", HEARD)
    assert load(tmp_path / "run.json") == HEARD


def test_runs_join_with_both_commands_and_all_that_was_planned() -> None:
    assert joined([HEARD, SEEN]) == Run(
        "python one --part sound    # abc\npython one --part picture    # abd", "", "held-out", 5,
        (*HEARD.results, *SEEN.results),
    )  # fmt: skip


def test_runs_that_overlap_or_differ_in_half_do_not_join() -> None:
    with pytest.raises(ValueError, match="same file"):
        joined([HEARD, replace(SEEN, results=(result("noise"),))])
    with pytest.raises(ValueError, match="different halves"):
        joined([HEARD, replace(SEEN, half="tuning")])


def test_files_of_one_run_that_are_the_same_to_the_byte_count_once() -> None:
    twice = replace(SEEN, planned=4, results=(*SEEN.results, result("shake"), result("black")))
    assert joined([HEARD, twice]) == Run(
        "python one --part sound    # abc\npython one --part picture    # abd", "", "held-out", 6,
        (*HEARD.results, *SEEN.results, result("black")),
    )  # fmt: skip
