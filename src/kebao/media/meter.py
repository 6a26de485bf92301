"""What a meter is, and what it is fed: pictures as small grids, sound as blocks of samples.

A meter keeps small arrays, one row a picture or a hop; what they mean is judged later, so that a new limit needs no new
decoding. Raise `version` whenever the same medium would give other arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
SAMPLE_RATE = 48_000
"""Hz, of every block of sound that a meter is fed."""
BATCH = 32
"""Most pictures in one batch."""


@dataclass(frozen=True)
class PictureBatch:
    """Consecutive decoded pictures in order of presentation, seen through a regular grid of their samples.

    Attributes:
        first: index of the first picture in the medium.
        ticks: int64 (n,), presentation times in units of `base`, counted from the medium's time zero.
        base: seconds a tick.
        luma: uint8 (n, rows, columns): every `step`-th sample of the luma plane in both directions (see `planes.Grid`),
            8 most significant bits, as coded (limited range unless the medium says full).
        blue, red: uint8 (n, rows, columns of the sampled chroma planes): Cb and Cr, at every `step`-th sample of theirs.
            Their content is undefined in a pass in which no meter is `tinted`.
        step: distance of the grid's samples in each plane's own samples.
        width, height: of the luma plane, in samples, before rotation.
        sizes, kinds: (n,), bytes of each picture's packets and its kind (`meters/coding.py`); empty where not known.
    """

    first: int
    ticks: NDArray[np.int64]
    base: Fraction
    luma: NDArray[np.uint8]
    blue: NDArray[np.uint8]
    red: NDArray[np.uint8]
    step: int
    width: int
    height: int
    sizes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    kinds: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def seconds(self) -> NDArray[np.float64]:
        """Presentation times in seconds, shape (n,), for plots and filters; exact times are `ticks * base`."""
        return np.asarray(self.ticks * float(self.base), np.float64)

    @cached_property
    def small(self) -> NDArray[np.float32]:
        """Luma averaged over 2 × 2 samples of the grid, float32 (n, rows // 2, columns // 2); made once for all meters."""
        rows, columns = (side // 2 * 2 for side in self.luma.shape[1:])
        held = self.luma[:, :rows, :columns]
        down = held[:, ::2].astype(np.uint16)
        down += held[:, 1::2]
        return (down[:, :, ::2] + down[:, :, 1::2]).astype(np.float32) * np.float32(0.25)


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """Consecutive samples of the sound.

    Attributes:
        start: presentation time of the first sample in exact seconds.
        samples: float32 (channels, n) at 48 kHz; one or two channels (more are mixed down to two by the resampler), full
            scale is 1.
        continues: False where a new stretch begins: at the first block, and after a gap in the stream's times.
    """

    start: Fraction
    samples: NDArray[np.float32]
    continues: bool


class PictureMeter(Protocol):
    """Looks at every picture once, in order.

    Attributes:
        tinted: whether it looks at `blue` and `red`; nobody fetches them for a pass without such a meter.
    """

    name: str
    version: int
    tinted: bool

    def feed(self, batch: PictureBatch) -> None:
        """Look at the next pictures. The batch's arrays are lent: copy what is kept."""
        ...

    def arrays(self) -> Arrays:
        """Everything kept, given away after the last picture: asked for once."""
        ...


class SoundMeter(Protocol):
    """Listens to every sample once, in order."""

    name: str
    version: int

    def feed(self, block: SoundBlock) -> None:
        """Listen to the next samples. The block's array is lent: copy what is kept."""
        ...

    def arrays(self) -> Arrays:
        """Everything kept, given away after the last sample: asked for once."""
        ...
