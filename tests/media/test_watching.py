"""What is read of drawn films: each fault is told where it is, and nothing else is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from drawn_films import COUNT, FILMS, measured
from kebao.media.measurement import Measurement, Pass
from kebao.media.shots import Odd, OddKind, cuts
from kebao.subjects.watching import Watching, watching


class Read(NamedTuple):
    """Everything that is read of a film, but for curves."""

    odd: tuple[tuple[int, str], ...] = ()
    cuts: tuple[int, ...] = ()
    jumps: tuple[tuple[int, float, float], ...] = ()
    frozen: tuple[tuple[int, int], ...] = ()
    black: tuple[tuple[int, int], ...] = ()
    returns: tuple[tuple[int, int, float], ...] = ()
    flashes: bool = False
    red_flashes: bool = False
    shakes: bool = False


def seen(name: str) -> Watching:
    found = watching(measured(name))
    assert found is not None
    return found


def read(name: str) -> Read:
    """The readings, gains to a hundredth."""
    film = seen(name)
    return Read(
        tuple((one.index, one.kind) for one in film.odd),
        film.cuts,
        tuple((index, round(exposure, 2) + 0.0, round(colour, 2)) for index, exposure, colour in film.jumps),
        film.freezes(0.4),
        film.blacks(0.4),
        tuple((pair.first, pair.second, round(pair.colour, 2)) for pair in film.returns),
        bool(film.flashes),
        bool(film.red_flashes),
        bool((np.nan_to_num(film.shake) > 0.0015).any()),
    )


EXPECTED: dict[str, Read] = {
    "fixed camera": Read(),
    "pan": Read(),
    "fade": Read(),
    "automatic exposure": Read(),
    "cut": Read(cuts=(75,)),
    "slides": Read(cuts=(37, 75, 112)),
    "foreign frame": Read(odd=((60, "foreign"),)),
    "black frame": Read(odd=((60, "black"),)),
    "white frame": Read(odd=((60, "white"),)),
    "repeated frame": Read(odd=((60, "repeated"),)),
    "frozen": Read(frozen=((60, 85),)),
    "black stretch": Read(cuts=(40, 110), black=((40, 110),)),
    "black end": Read(cuts=(80,)),
    "half leftover": Read(odd=((74, "splice"),), cuts=(75,)),
    "field leftover": Read(odd=((74, "splice"),), cuts=(75,)),
    "shot of four frames": Read(cuts=(70, 74)),
    "shake": Read(shakes=True),
    "exposure jump": Read(jumps=((75, 0.08, 0.0),)),
    "colour jump": Read(jumps=((75, 0.0, 0.06),)),
    "smeared jump": Read(jumps=((75, 0.06, 0.0),)),
    "same colour again": Read(cuts=(50, 100), returns=((0, 2, 0.0),)),
    "warmer again": Read(cuts=(50, 100), returns=((0, 2, 0.1),)),
    "warm throughout": Read(),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_film_is_read_so_and_not_otherwise(name: str) -> None:
    assert read(name) == EXPECTED[name]


def test_flashing_is_told_with_its_time_and_number() -> None:
    assert seen("flashing").flashes == ((2.0, 4.0, 7),)
    assert seen("flashing").red_flashes == ()
    assert seen("red flashing").red_flashes == ((2.0, 4.0, 7),)


def test_every_film_is_read() -> None:
    assert set(FILMS) == {*EXPECTED, "flashing", "red flashing"}


def test_a_pan_shakes_less_than_a_tenth_of_what_is_told() -> None:
    assert float(np.nanmax(seen("pan").shake)) < 0.0003


def test_shots_follow_one_another_in_exact_time() -> None:
    spans = seen("slides").shots
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert (spans[0].start, spans[-1].end) == (0, COUNT / 25)


def test_a_cut_may_follow_a_repeated_picture_but_a_stray_one_makes_none() -> None:
    changes = seen("cut").changes
    kinds: tuple[OddKind, ...] = ("repeated", "foreign")
    told = {kind: cuts(changes, (Odd(74, kind),)) for kind in kinds}
    assert told == {"repeated": (75,), "foreign": ()}


def test_slides_move_little_and_a_pan_much() -> None:
    assert seen("slides").moving_share < 0.05
    assert seen("pan").moving_share > 0.95


def test_a_curve_is_thinned_to_its_peaks() -> None:
    film = seen("white frame")
    long = np.zeros(COUNT)
    long[77] = 5
    assert max(value or 0 for value in film.curve("change", long).values) == 5
    assert len(film.curve("change", long).values) == COUNT


def test_what_was_not_measured_is_not_read() -> None:
    assert watching(None) is None
    assert watching(Measurement(Pass())) is None
    bare = measured("pan")
    assert watching(Measurement(bare.passed, bare.ticks, {"light": bare.meters["light"]})) is None
