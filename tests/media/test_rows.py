"""Rows that meters keep: nothing lost, nothing twice, given away once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kebao.media import rows as module
from kebao.media.rows import Rows


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=12), width=st.sampled_from((0, 1, 3)))
def test_rows_are_the_concatenation(counts: list[int], width: int) -> None:
    parts = [
        np.random.default_rng(place).integers(0, 255, (count, width) if width else (count,)).astype(np.uint8)
        for place, count in enumerate(counts)
    ]
    kept: Rows[np.uint8] = Rows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_BYTES", 7)
        for part in parts:
            lent = part.copy()
            kept.append(lent)
            lent[...] = 0  # it stays the giver's: what becomes of it afterwards changes nothing that is kept
        assert len(kept) == sum(counts)
        joined = kept.joined()
    assert joined.dtype == np.uint8
    assert joined.tolist() == np.concatenate(parts).tolist()


def test_nothing_is_told_from_no_rows() -> None:
    kept: Rows[np.float16] = Rows()
    assert bool(kept) is False
    with pytest.raises(ValueError, match="nothing was put in"):
        kept.joined()
    kept.append(np.zeros((0, 4), np.float16))
    assert bool(kept) is True
    assert kept.joined().shape == (0, 4)


def test_rows_are_given_away() -> None:
    kept: Rows[np.int8] = Rows()
    kept.append(np.ones(5, np.int8))
    assert kept.joined().tolist() == [1, 1, 1, 1, 1]
    assert (bool(kept), len(kept)) == (False, 0)
