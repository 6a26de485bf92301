"""A picture shown twice stands in every block that moves, goes on by what it missed, and costs the coder nothing."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.standstill import standstills

COUNT, AT, MOVING = 60, 30, 4


def change(
    here: float, after: float = 2.0, before: float = 1.0, blocks: int = MOVING
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Changes (COUNT, 24) of a film in which some blocks move by two codes a picture; here, before and after in shares of that."""
    one = np.full((COUNT, 24), 0.05, np.float32)
    one[:, :blocks] = 2 * np.random.default_rng(1).uniform(0.9, 1.1, (COUNT, blocks))
    for place, share in ((AT - 1, before), (AT, here), (AT + 1, after)):
        one[place, :blocks] *= share
    return one


@pytest.mark.parametrize(
    ("one", "light", "found"),
    [
        (change(0.02), 0.1, [AT]),
        (change(0.5), 0.1, [AT]),  # a coder short of bits
        (change(0.02), 1.0, []),  # the coder had something to write: a hand that turns
        (change(0.5), 0.4, []),
        (change(0.02, before=0.1), 0.1, []),  # it came to rest by and by
        (change(0.02, after=0.3), 0.1, []),  # and stays at rest
        (change(0.02, blocks=2), 0.1, [AT]),
        (change(0.02, blocks=1), 0.1, []),  # a pointer
        (change(0.75, after=0.9), 0.02, [AT]),  # under noise the standing picture changes, and the leap is not seen
    ],
)
def test_a_picture_shown_twice_is_told(
    one: np.ndarray[tuple[int, int], np.dtype[np.float32]], light: float, found: list[int]
) -> None:
    lightness = np.ones(COUNT, np.float32)
    lightness[AT] = light
    assert standstills(one, lightness).tolist() == found
