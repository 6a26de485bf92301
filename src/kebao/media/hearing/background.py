"""What sounds behind the speech: its level in the pauses, and whether it is steady noise, music or life."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.levels import together
from kebao.media.hearing.timeline import HOPS_A_SECOND, runs
from kebao.media.hearing.voice import Voice

WINDOW = 12 * HOPS_A_SECOND
STRIDE = 4 * HOPS_A_SECOND
_GUARD = 5
"""Hops beside a word that still hold its echo: 100 ms."""
_FEWEST = 20
"""Hops of pause that a window needs: 0.4 s."""
_SPEECH_HOPS = 2 * HOPS_A_SECOND
_TONAL = 0.5
"""Strength of a pitch from which pauses hold music or hum, which other rules judge."""


@dataclass(frozen=True)
class PauseWindow:
    """Speech against its pauses in one window.

    Attributes:
        first, end: its hops.
        speech: dB of full scale of the hops that carry speech.
        floor: dB of full scale of the steady part of the pauses (their 30th percentile).
        spread: dB between the 20th and the 80th percentile of the pauses.
        pitch: median strength of a pitch in the pauses, 0 to 1: noise has little, music much.
    """

    first: int
    end: int
    speech: float
    floor: float
    spread: float
    pitch: float


def pauses(voice: Voice) -> NDArray[np.bool_]:
    """Hops between words that are clear of them: bool (hops,)."""
    near = voice.active.copy()
    for shift in range(1, _GUARD + 1):
        near[shift:] |= voice.active[:-shift]
        if shift < 3:
            near[:-shift] |= voice.active[shift:]
    return np.asarray(~near)


def pause_windows(level: NDArray[np.floating], pitch: NDArray[np.uint8], voice: Voice) -> list[PauseWindow]:
    """Every window that holds enough of both speech and pause."""
    level = np.asarray(level, np.float32)
    quiet, found = pauses(voice), []
    for first in range(0, max(1, len(level) - WINDOW + STRIDE), STRIDE):
        end = min(len(level), first + WINDOW)
        spoken, still = level[first:end][voice.active[first:end]], level[first:end][quiet[first:end]]
        if len(spoken) < _SPEECH_HOPS or len(still) < _FEWEST:
            continue
        low, floor, high = np.percentile(still, [20, 30, 80])
        tonal = float(np.median(pitch[first:end][quiet[first:end]])) / 255
        found.append(PauseWindow(first, end, together(spoken), float(floor), float(high - low), tonal))
    return found


def noisy_runs(windows: list[PauseWindow], *, least_db: float, steady_db: float) -> list[tuple[int, int, float]]:
    """(first hop, end, dB of speech over noise) of every stretch whose pauses are steady and less than so far below the speech."""
    found: list[tuple[int, int, float]] = []
    wrong = np.array(
        [w.speech - w.floor < least_db and w.spread < steady_db and w.pitch < _TONAL for w in windows], bool
    )
    for start, stop in runs(wrong):
        part = windows[start:stop]
        inset = (WINDOW - STRIDE) // 2
        first = part[0].first + (inset if part[0].first > 0 else 0)
        last = max(first + 1, part[-1].end - (inset if stop < len(windows) else 0))
        if found and first <= found[-1][1]:
            first = found[-1][1]
        found.append((first, last, float(np.median([w.speech - w.floor for w in part]))))
    return [one for one in found if one[1] > one[0]]
