"""Print of the sound: Chromaprint codes, about eight a second."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.prints import SOUND, step_of
from kebao.media.fingerprint.sound import SoundPrint
from kebao.media.meter import SAMPLE_RATE, Arrays, SoundBlock


class SoundPrintMeter:
    """Listens to the mean of the channels.

    Arrays: `codes` uint32 (n,), `steps` int32 (n,), rising: the step of 0.1238 s at which each code begins.
    """

    name = SOUND
    version = 1

    def __init__(self) -> None:
        self._codes: list[NDArray[np.uint32]] = []
        self._steps: list[NDArray[np.int32]] = []
        self._listening: SoundPrint | None = None
        self._start = 0

    def feed(self, block: SoundBlock) -> None:
        """Listen; a new stretch of sound begins a new run of codes at its own time."""
        if self._listening is None or not block.continues:
            self._finish()
            self._listening, self._start = SoundPrint(SAMPLE_RATE), step_of(float(block.start))
        samples = block.samples
        self._listening.feed(samples[0] if len(samples) == 1 else (samples[0] + samples[1]) * np.float32(0.5))

    def arrays(self) -> Arrays:
        """Everything kept."""
        self._finish()
        nothing = np.zeros(0, np.int32)
        return {
            "codes": np.concatenate([nothing.astype(np.uint32), *self._codes]),
            "steps": np.concatenate([nothing, *self._steps]),
        }

    def _finish(self) -> None:
        if self._listening is None:
            return
        codes = self._listening.finish()
        self._listening = None
        steps = self._start + np.arange(len(codes), dtype=np.int32)
        after = (
            int(self._steps[-1][-1]) if self._steps else -1
        )  # streams whose times run back overlap: the first counts
        self._codes.append(codes[steps > after])
        kept = steps[steps > after]
        if len(kept):
            self._steps.append(kept)
