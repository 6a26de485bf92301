"""Another slide is told from other light, though the mean of every block changes alike."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.detail import changes_detail

COUNT, AT = 40, 20


@pytest.mark.parametrize(
    ("one", "step", "usual", "is_other"),
    [
        (5.0, 5.0, 0.1, False),  # every sample becomes brighter by as much
        (5.0, -5.0, 0.1, False),
        (20.0, 5.0, 0.1, True),  # letters go and come
        (12.0, 5.0, 6.0, False),  # no more than moves there anyway
    ],
)
def test_light_alone_is_told_from_another_picture(one: float, step: float, usual: float, is_other: bool) -> None:
    change = np.full((COUNT, 24), usual, np.float32)
    change[AT] = one
    light = np.full((COUNT, 24), 100, np.float16)
    light[AT:] += np.float16(step)
    assert changes_detail(change, light, AT) == is_other


def test_a_hand_in_three_blocks_is_no_other_picture() -> None:
    change, light = np.full((COUNT, 24), 0.1, np.float32), np.full((COUNT, 24), 100, np.float16)
    change[AT, :3] = 30
    assert not changes_detail(change, light, AT)
