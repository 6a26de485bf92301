"""Stuck films are told from films at rest, through what a coder goes on changing."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.freezes import freezes
from kebao.media.shots import Changes

COUNT, START, END, RATE = 150, 60, 120, 25.0
Rows = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def film(
    *, blocks: int = 24, moves: float = 2.0, leap: float = 8.0, better: float = 0.0, slows: int = 0, unmoved: int = 0
) -> Changes:
    """A film that stands from START to END.

    Args:
        blocks: how many of 24 move otherwise, by `moves` codes on the mean of the whole picture.
        leap: codes of the change at the end.
        better: codes by which the coder changes the standing picture for half a second.
        slows: pictures over which the motion dies down before.
        unmoved: blocks that the leap leaves as they were.
    """
    one = np.zeros((COUNT, 24), np.float32)
    one[:, :blocks] = moves * 24 / blocks
    one[START - slows : START] *= np.linspace(1, 0, slows + 2)[1:-1, None]
    one[START:END] = 0.02
    one[START : START + 12] += better
    one[END] = leap
    one[END, 24 - unmoved :] = 0
    flat: Rows = np.full(COUNT, 50, np.float32)
    return Changes(one, one, flat * 0, flat, flat, flat / 50)


@pytest.mark.parametrize(
    ("changes", "is_cut", "found"),
    [
        (film(), False, True),
        (film(better=0.6), False, True),
        (film(blocks=6), False, True),
        (film(blocks=6, leap=1.0), False, False),  # a hand that pauses and goes on from where it was
        (film(slows=8), False, False),  # it came to rest by and by
        (film(moves=0.2), False, False),
        (film(leap=30), True, True),
        (film(leap=30, blocks=6), True, False),  # a shot that ends at rest
        (film(leap=30, blocks=6, unmoved=10), True, True),
        (film(leap=30, moves=0.6), True, False),  # a slide that the coder made better, and the next slide
    ],
)
def test_a_stuck_film_is_told_from_one_at_rest(changes: Changes, is_cut: bool, found: bool) -> None:
    told = freezes(changes, np.zeros(COUNT, np.bool_), (END,) if is_cut else (), RATE)
    assert told == ([(START - 1, END)] if found else [])


def test_a_picture_coded_by_itself_does_not_part_what_stands() -> None:
    changes, alone = film(), np.zeros(COUNT, np.bool_)
    changes.one[90], alone[90] = 3.0, True
    assert freezes(changes, alone, (), RATE) == [(START - 1, END)]
