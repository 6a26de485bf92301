"""Meters beside the decoder see what they would see in its own thread, in order; their errors and a cancellation come through."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from threading import active_count, current_thread
from typing import Any

import numpy as np
import pytest

from kebao.media.feeding import ROUND, Feeder, Ring
from kebao.media.meter import PictureBatch
from kebao.media.passage import Cancelled, measure_stream
from kebao.media.roster import fresh
from making import make_clip
from media.odd import Picture, Sound, make_odd


class _Noting:
    name, version = "noting", 1

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.threads: set[str] = set()

    def feed(self, lent: Any) -> None:
        self.threads.add(current_thread().name)
        self.seen.append(lent)


def test_given_in_order_by_one_other_thread_and_buffers_go_round() -> None:
    meter = _Noting()
    with Feeder(aside=True) as feeder:
        ring = Ring(lambda: np.zeros(1))
        for number in range(50):
            ring.held[0] = number
            ring.hand_over(feeder, [meter], number)
    assert (meter.seen, meter.threads) == (list(range(50)), {"meters"})


def test_a_buffer_is_not_filled_again_while_it_is_looked_at() -> None:
    seen: list[float] = []

    class Slow(_Noting):
        def feed(self, lent: Any) -> None:
            before = float(lent[0])
            for _ in range(2000):
                pass
            seen.append(float(lent[0]) - before)

    with Feeder(aside=True) as feeder:
        ring = Ring(lambda: np.zeros(1))
        for number in range(ROUND * 20):
            ring.held[0] = number
            ring.hand_over(feeder, [Slow()], ring.held)
    assert seen == [0.0] * ROUND * 20


@pytest.mark.parametrize("aside", [False, True])
def test_what_a_meter_raises_comes_through(aside: bool) -> None:
    class Failing(_Noting):
        def feed(self, lent: Any) -> None:
            raise ZeroDivisionError(lent)

    after = _Noting()

    def hand_over_twenty() -> None:
        with Feeder(aside=aside) as feeder:
            ring = Ring(lambda: np.zeros(1))
            for number in range(20):
                ring.hand_over(feeder, [Failing(), after], number)

    with pytest.raises(ZeroDivisionError):
        hand_over_twenty()
    assert after.seen == []


def test_a_failing_meter_ends_the_pass_and_no_thread_is_left() -> None:
    class Failing:
        name, version, tinted = "failing", 1, False

        def feed(self, batch: PictureBatch) -> None:
            raise ZeroDivisionError

        def arrays(self) -> dict[str, Any]:
            return {}

    threads = active_count()
    with pytest.raises(ZeroDivisionError):
        measure_stream(BytesIO(make_odd("mp4", Picture())), [Failing()], threads=2)
    assert active_count() == threads


def test_cancelling_leaves_no_thread(tmp_path: Path) -> None:
    film, threads = make_clip(tmp_path / "a.mp4", 60).read_bytes(), active_count()
    with pytest.raises(Cancelled):
        measure_stream(BytesIO(film), *fresh(), threads=2, cancelled=lambda: True)
    assert active_count() == threads


def test_the_same_arrays_with_and_without() -> None:
    film = make_odd("mp4", Picture(), Sound())
    alone, beside = (measure_stream(BytesIO(film), *fresh(), threads=threads) for threads in (1, 2))
    assert alone.passed == beside.passed
    assert {(name, key, rows.tobytes()) for name, kept in alone.meters.items() for key, rows in kept.items()} == {
        (name, key, rows.tobytes()) for name, kept in beside.meters.items() for key, rows in kept.items()
    }
