"""PDQ, Meta's published perceptual hash of a picture, for many pictures of one size at once.

Method: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019). A tent filter (two
passes of a box filter each way, after Jarosz) and sampling bring the luma to 64×64; of its cosine transform the 16×16
lowest frequencies without the constant are kept; a bit says whether a coefficient lies above their median. Everything up to
the median is linear in each direction, so filter and sampling are one small matrix a direction, and a batch of pictures is
two matrix products.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

BITS = 256
BYTES = BITS // 8
GOOD_QUALITY = 50
"""Below this the picture has too little structure for its hash to mean anything (the paper's recommendation)."""
_SIDE, _KEPT, _PASSES = 64, 16, 2
_SMALLEST = 5
_SINGLE = 1 << 18
"""Multiplications up to which OpenBLAS keeps to one thread."""
_QUALITY_DIVISOR = 90
"""The paper's scale: a sum of visible gradients of 9000 or more is quality 100."""

CROPS = ((0.0, 0.0), (0.05, 0.05), (0.1, 0.0), (0.0, 0.1))
"""Shares of a side that `pdq_cropped` leaves away before and after."""

Hashes = NDArray[np.uint8]
"""Shape (n, 32): 256 bits a picture in the published order (bit 255 first), so that `.tobytes().hex()` is the usual text."""


def pdq(luma: NDArray[np.uint8] | NDArray[np.float32]) -> tuple[Hashes, NDArray[np.uint8]]:
    """Hashes and qualities of pictures.

    Args:
        luma: shape (n, rows, columns), full range (0 black, 255 white); sides of at least 5 samples.

    Returns:
        Hashes (n, 32) and qualities (n,) from 0 to 100.

    Raises:
        ValueError: a side is shorter than 5 samples.
    """
    count, rows, columns = luma.shape
    if min(rows, columns) < _SMALLEST:
        raise ValueError(f"a picture of {columns}×{rows} samples is too small for PDQ")
    small = _both_ways(_reduction(rows), luma.astype(np.float32, copy=False), _reduction(columns))
    cosine = _cosines()
    spectra = np.asarray(cosine @ small @ cosine.T, np.float32)
    return _bits(spectra.reshape(count, BITS)), _quality(small)


def pdq_cropped(luma: NDArray[np.uint8] | NDArray[np.float32]) -> NDArray[np.uint8]:
    """Hashes of the whole and of fifteen crops of each picture, shape (n, 16, 32); the whole is the first.

    The crops are every mixture of: all of the width, 5 % less on each side, 10 % less on the left, on the right; and the same
    of the height. A copy from which up to a tenth of width and height was cut, wherever, is close to one of them: of 630
    random crops of real pictures half were within 27 bits and 90 % within 56, against 80 and 116 for the whole alone.
    """
    count, rows, columns = luma.shape
    down, across = _cropped_spectrum(rows), _cropped_spectrum(columns)
    mixed = _both_ways(down, luma.astype(np.float32, copy=False), across)
    kinds = len(CROPS)
    spectra = mixed.reshape(count, kinds, _KEPT, kinds, _KEPT).transpose(0, 1, 3, 2, 4)
    return _bits(spectra.reshape(count * kinds * kinds, BITS)).reshape(count, kinds * kinds, BYTES)


def distances(one: Hashes, other: Hashes) -> NDArray[np.uint16]:
    """Bits that differ, shape (n, m) for hashes (n, 32) and (m, 32)."""
    mine, theirs = words(one), words(other)
    found = np.zeros((len(mine), len(theirs)), np.uint16)
    for column in range(mine.shape[1]):
        found += np.bitwise_count(mine[:, column, None] ^ theirs[None, :, column])
    return found


def words(hashes: Hashes) -> NDArray[np.uint64]:
    """The same bits as (n, 4) words, for counting."""
    return np.ascontiguousarray(hashes).view(np.uint64).reshape(len(hashes), BYTES // 8)


def _both_ways(
    down: NDArray[np.float32], luma: NDArray[np.float32], across: NDArray[np.float32]
) -> NDArray[np.float32]:
    """`down @ luma @ across.T`, in products small enough that BLAS does not start threads for them.

    A sixth of a millisecond of work is not worth waking another core, and beside decoders that use all cores the threads
    wait for each other ten times longer than the work takes.
    """
    _, rows, columns = luma.shape
    narrow: NDArray[np.float32] = np.concatenate([part @ luma for part in _parts(down, rows * columns)], axis=1)
    made: NDArray[np.float32] = np.concatenate(
        [narrow @ part.T for part in _parts(across, down.shape[0] * columns)], axis=2
    )
    return made


def _parts(matrix: NDArray[np.float32], each: int) -> list[NDArray[np.float32]]:
    """Rows of a matrix in parts, of which each times `each` multiplications stays small; whole where the work is large."""
    parts = -(-len(matrix) * each // _SINGLE)
    return np.array_split(matrix, parts) if parts <= len(matrix) // 2 else [matrix]


def _bits(spectra: NDArray[np.float32]) -> Hashes:
    # The lower of the two middle values, as Torben's method gives it for an even count: at most 128 bits are set.
    median = np.partition(spectra, BITS // 2 - 1, axis=1)[:, BITS // 2 - 1 : BITS // 2]
    return np.asarray(np.packbits((spectra > median)[:, ::-1], axis=1), np.uint8)


def _quality(small: NDArray[np.float32]) -> NDArray[np.uint8]:
    """How much visible gradient the 64×64 pictures hold; fractions of a hundredth of the range are cut, as in the paper."""
    down = np.trunc(np.diff(small, axis=1) * np.float32(100 / 255))
    across = np.trunc(np.diff(small, axis=2) * np.float32(100 / 255))
    total = np.abs(down).sum(axis=(1, 2)) + np.abs(across).sum(axis=(1, 2))
    return np.asarray(np.minimum(total // _QUALITY_DIVISOR, 100), np.uint8)


@functools.lru_cache(maxsize=64)
def _reduction(length: int) -> NDArray[np.float32]:
    """(64, length): two box filters, then the samples in the middle of 64 equal parts; nothing when it is 64 already."""
    if length == _SIDE:
        return np.eye(_SIDE, dtype=np.float32)
    box = _box(length)
    kept = ((np.arange(_SIDE) + 0.5) * length / _SIDE).astype(int)
    return np.asarray(np.linalg.matrix_power(box, _PASSES)[kept], np.float32)


@functools.lru_cache(maxsize=64)
def _cropped_spectrum(length: int) -> NDArray[np.float32]:
    """(64, length): reduction and cosine transform of each crop of a side in one, 16 frequencies a crop."""
    made = np.zeros((len(CROPS), _KEPT, length), np.float32)
    for crop, (before, after) in enumerate(CROPS):
        first, end = round(before * length), length - round(after * length)
        made[crop, :, first:end] = _cosines() @ _reduction(end - first)
    return made.reshape(-1, length)


def _box(length: int) -> NDArray[np.float64]:
    """(length, length): mean over a window of 1/128 of the length, rounded up; the window is cut at the edges."""
    window = -(-length // (2 * _SIDE))
    ahead = (window + 2) // 2
    at = np.arange(length)[:, None]
    inside = (at + ahead - window <= np.arange(length)) & (np.arange(length) < at + ahead)
    return np.asarray(inside / inside.sum(axis=1, keepdims=True), np.float64)


@functools.cache
def _cosines() -> NDArray[np.float32]:
    """(16, 64): frequencies 1 to 16 of the cosine transform of 64 samples."""
    frequency, place = np.arange(1, _KEPT + 1)[:, None], np.arange(_SIDE)[None]
    wave = np.sqrt(2 / _SIDE) * np.cos(np.pi / (2 * _SIDE) * frequency * (2 * place + 1))
    return np.asarray(wave, np.float32)
