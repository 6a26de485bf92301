"""PDQ against the `pdqhash` package (Meta's own code): the same bits, the same quality."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pdqhash
import pytest
from numpy.typing import NDArray

from kebao.media.fingerprint.pdq import BITS, CROPS, distances, pdq, pdq_cropped

MOST_BITS = 2
"""Bits by which rounding may set us apart from `pdqhash`; none was seen on 262 real frames."""


def picture(rows: int, columns: int, seed: int = 1) -> NDArray[np.uint8]:
    """A synthetic picture: a few waves and some noise."""
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[0:rows, 0:columns] / max(rows, columns)
    waves = sum(
        rng.uniform(20, 60) * np.sin(rng.uniform(2, 40) * (down * np.cos(angle) + across * np.sin(angle)) + angle)
        for angle in rng.uniform(0, 6, 6)
    )
    return np.clip(128 + waves + rng.normal(0, 8, (rows, columns)), 0, 255).astype(np.uint8)


def compared(luma: NDArray[np.uint8]) -> tuple[int, int]:
    """(bits apart, quality apart) from `pdqhash`."""
    theirs, their_quality = pdqhash.compute(np.repeat(luma[:, :, None], 3, axis=2))
    ours, quality = pdq(luma[None])
    return int((np.unpackbits(ours[0]) != theirs).sum()), abs(int(quality[0]) - their_quality)


@pytest.mark.parametrize(
    "rows, columns", [(90, 160), (64, 64), (5, 7), (288, 360), (480, 854), (1080, 1920), (640, 360), (65, 129)]
)
def test_bits_and_quality_of_synthetic_pictures_are_those_of_pdqhash(rows: int, columns: int) -> None:
    bits, quality = compared(picture(rows, columns))
    assert bits <= MOST_BITS
    assert quality <= 1


def test_bits_and_quality_of_real_frames_are_those_of_pdqhash(shared: Path) -> None:
    apart = []
    for name in ("mapillary_s5_sample-5s.mp4", "opencv_tree_tree.avi", "mdn_flower_flower.mp4"):
        with av.open(str(shared / "media/video" / name)) as container:
            for number, frame in enumerate(container.decode(video=0)):
                if number == 125:
                    break
                if number % 25 == 20:
                    apart.append(compared(frame.to_ndarray(format="gray")))
    assert len(apart) >= 12
    assert max(bits for bits, _ in apart) <= MOST_BITS
    assert max(quality for _, quality in apart) <= 1


def test_many_pictures_at_once_give_what_each_gives_alone() -> None:
    pictures = np.stack([picture(90, 160, seed) for seed in range(5)])
    hashes, quality = pdq(pictures)
    alone = [pdq(one[None]) for one in pictures]
    assert (hashes == np.concatenate([one for one, _ in alone])).all()
    assert (quality == np.concatenate([one for _, one in alone])).all()


def test_a_blank_picture_has_no_quality() -> None:
    assert pdq(np.full((1, 90, 160), 200, np.uint8))[1].tolist() == [0]


def test_a_picture_of_four_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        pdq(np.zeros((1, 4, 90), np.uint8))


def test_distances_count_bits() -> None:
    zero, one = np.zeros((1, 32), np.uint8), np.full((1, 32), 0x0F, np.uint8)
    assert distances(np.concatenate((zero, one)), one).tolist() == [[BITS // 2], [0]]


def test_the_first_crop_is_the_whole_and_the_others_are_what_cutting_gives() -> None:
    luma = picture(200, 400)
    hashes = pdq_cropped(luma[None])[0]
    for place, (down, across) in enumerate((d, a) for d in CROPS for a in CROPS):
        rows = slice(round(down[0] * 200), 200 - round(down[1] * 200))
        columns = slice(round(across[0] * 400), 400 - round(across[1] * 400))
        assert distances(hashes[place : place + 1], pdq(luma[None, rows, columns])[0])[0, 0] <= MOST_BITS
