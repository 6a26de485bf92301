"""Counting: only a failed finding of the right rule at the right place is a catch."""

from __future__ import annotations

import numpy as np
import pytest
from defects import expected
from defects.ablation import Event
from defects.detector import Look, Seen
from defects.expected import Expected
from defects.goals import GOALS
from defects.jobs import Job, Made, Trial
from defects.names import NAMES, sized
from defects.picture_jobs import SWEEP as PICTURES
from defects.planted import Planted
from defects.sound_jobs import SWEEP as SOUNDS
from defects.table import share
from defects.tally import Row, matches, rows
from defects.trials import Result

HUM, STEP = Expected(("hum-rule",), 1.0), Expected(("step-rule",), 0.5, by_start=True)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(expected.EXPECTED, "hum", HUM)


def result(*seen: Seen, clip: str = "a", events: tuple[Event, ...] = ()) -> Result:
    planted = Planted("hum", -40, 5.0, 15.0)
    trial = Trial("hum", -40, "", "real", f"speaker {clip}", clip, "low", "0" * 64, 20.0, False, (), (planted,))
    return Result(trial, Look(seen), events)


@pytest.mark.parametrize(
    ("seen", "by_span", "by_start"),
    [
        (Seen("hum-rule", True, 4.2, 9.0), True, False),
        (Seen("hum-rule", True, 15.9, 18.0), True, False),
        (Seen("hum-rule", True, 16.1, 18.0), False, False),
        (Seen("step-rule", True, 5.4, 20.0), False, True),
        (Seen("step-rule", True, 5.6, 20.0), False, False),
    ],
)
def test_a_finding_matches_by_rule_and_place(seen: Seen, by_span: bool, by_start: bool) -> None:
    planted = Planted("hum", -40, 5.0, 15.0)
    assert (matches(seen, planted, HUM), matches(seen, planted, STEP)) == (by_span, by_start)


def test_a_cell_counts_caught_asked_and_missed() -> None:
    found = rows(
        [
            result(Seen("hum-rule", True, 5.2, 15.0)),
            result(Seen("hum-rule", False, 5.0, 15.0), clip="b"),
            result(Seen("other-rule", True, 5.0, 15.0), clip="b", events=(Event("astats floor", 6.0, 7.0),)),
        ]
    )
    assert list(found) == [("hum", -40, "low", "real")]
    row = found["hum", -40, "low", "real"]
    assert (row.trials, row.caught, row.asked, row.filters, row.filtered) == (3, 1, 1, 1, 3)
    assert (row.clips, row.sources, row.missed_sources) == ({"a", "b"}, {"speaker a", "speaker b"}, {"speaker b"})
    assert row.errors == pytest.approx([0.2])


def test_steps_up_and_down_are_one_cell() -> None:
    steps = [Planted("level-step", size, 5.0, 5.0) for size in (6.0, -6.0)]
    made = [Trial("level-step", 6, "", "real", "s", "c", "low", "0" * 64, 20.0, False, (), (one,)) for one in steps]
    found = rows(Result(trial, Look(()), None) for trial in made)
    assert {key: row.trials for key, row in found.items()} == {("level-step", 6.0, "low", "real"): 2}


def test_a_share_carries_its_bound() -> None:
    assert share(Row(trials=73, caught=73)) == "73/73 = 100.0% (≥95.0%)"
    assert share(Row()) == share(None) == "—"


def test_every_defect_of_the_sweep_has_a_name_and_every_goal_a_sweep() -> None:
    sweep = {**SOUNDS, **PICTURES}
    assert set(sweep) | {"sync"} == set(NAMES)
    assert all(goal.magnitude in sweep[goal.defect] for goal in GOALS)
    assert all(sized(defect, magnitude) for defect in sweep for magnitude in sweep[defect])


def test_a_recipe_is_named_by_all_that_it_depends_on() -> None:
    fields = ("hum", -40.0, "steady", "real", "a", "a", 1)
    job = Job(*fields, make=lambda _: Made())
    others = [
        Job(*(*fields[:n], other, *fields[n + 1 :]), make=lambda _: Made())
        for n, other in enumerate(("noise", -30.0, "drifting", "synthetic", "b", "b", 2))
    ]  # type: ignore[arg-type]
    assert len({job.digest, *(other.digest for other in others)}) == 8
    assert job.rng().integers(1 << 30) == np.random.default_rng(int(job.digest[:16], 16)).integers(1 << 30)
