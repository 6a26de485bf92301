"""Stretches in which a moving film stands still: stuck, and not at rest.

A hand that comes to rest does so by and by and goes on from where it was. A film that is stuck stops from one picture to the next
and goes on with a leap to where it would have been. The coder, though, goes on for half a second making the standing picture
better, and makes it anew with every picture that it codes by itself; so the stop is looked for where the change falls most.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from kebao.media.shots import Changes

STILL = 0.25
"""Mean codes of change a picture below which nothing moves: what a coder leaves on a picture that stands."""
ALIVE, ALIVE_BLOCKS = 0.4, 12
"""Codes of change from which a block is alive (motion, or camera noise that encoding has left), and how many of 24 must be."""
FALLS = 2.0
"""How many times as much moved just before the stop as just after it."""
LEFT = 0.6
"""Share of the motion before up to which what changes while the coder makes the picture better is its doing."""
BETTER = 0.8
"""Seconds for which it does."""
SAME, SAME_BLOCKS = 3.0, 8
"""Codes up to which a block is as it was, and how many must be, for a leap as large as a cut to have stayed in the scene."""
LEAP = 2.0
"""How many times the usual change the leap at the end is."""
LEAST = 3
_BEFORE, _AFTER = 8, 4
"""Pictures before a stop and after it that tell what moved."""


def freezes(
    changes: Changes, by_themselves: NDArray[np.bool_], cuts: tuple[int, ...], rate: float
) -> list[tuple[int, int]]:
    """Pictures (the one that stands, one past the last that shows it), however short, with motion on both sides in one shot.

    The leap at the end may be as large as a cut and is then in `cuts`.

    Args:
        changes: of the film.
        by_themselves: (frames,) which pictures are coded by themselves.
        cuts: first pictures of shots.
        rate: pictures a second.
    """
    whole, around = changes.whole, max(3, round(rate / 3))
    found = []
    cores = [(start, end) for start, end in _quiet(whole, by_themselves) if end - start >= LEAST]
    for start, end in _stops(whole, cores, round(BETTER * rate)):
        if start <= around or end + around > len(whole):
            continue
        if any(start - 1 <= cut < end for cut in cuts):
            continue
        if _was_stuck(changes, start, end, around, end in cuts):
            found.append((start - 1, end))
    return found


def _quiet(whole: NDArray[np.floating], by_themselves: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of pictures that hardly change; what a coder does between two of them for a picture or two does not part them."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (whole < STILL).astype(np.int8), [0]])))
    found: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        gap = slice(found[-1][1], start) if found else slice(0, 0)
        if found and start - gap.start <= 2 and (whole[gap].max() < 4 * STILL or by_themselves[gap].any()):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _stops(whole: NDArray[np.floating], cores: list[tuple[int, int]], longest: int) -> list[tuple[int, int]]:
    """The runs from the first picture that shows what the one before showed: where the change falls most before a run begins.

    Runs before which it dies down by and by are left out.
    """
    count = len(whole)
    if count < _BEFORE + _AFTER:
        return []
    before, after = np.full(count, np.nan), np.full(count, np.nan)
    before[_BEFORE:] = np.median(sliding_window_view(whole, _BEFORE), axis=1)[:-1]
    after[: count - _AFTER + 1] = np.median(sliding_window_view(whole, _AFTER), axis=1)
    falls = before / np.maximum(after, STILL / 2)
    level = np.minimum(before, np.append(np.nan, whole[:-1]))
    falls[level <= before / 2] = 0  # it moves right up to the stop
    fall = np.where((falls > FALLS) & (before > STILL), before - after, 0)
    found = []
    for core, end in cores:
        first = max(0, core - longest)
        most = np.maximum.accumulate(np.append(whole[first:core], 0)[::-1])[
            ::-1
        ]  # what the coder changed from there on
        able = np.where(most < LEFT * level[first : core + 1], fall[first : core + 1], 0)
        best = int(able.argmax())
        if able[best] > 0:
            found.append((first + best, end))
    return found


def _was_stuck(changes: Changes, start: int, end: int, around: int, is_cut: bool) -> bool:
    """Whether it goes on with a leap, or the whole picture was alive on both sides.

    A leap as large as a cut may be one, after a shot that came to rest: then the whole picture must have been alive before, or a
    third of it be as it was.
    """
    before, after = changes.one[start - around : start], changes.one[end + 1 : end + 1 + around]
    alive = [int((np.median(part, axis=0) > ALIVE).sum()) for part in (before, after) if len(part)]
    if is_cut and float(np.median(before.mean(axis=1))) < 3 * STILL:
        return False  # as much may be a coder's doing that makes a slide better
    if is_cut:
        return alive[0] >= ALIVE_BLOCKS or int((changes.one[end] < SAME).sum()) >= SAME_BLOCKS
    usual = max(float(np.median(part.mean(axis=1))) for part in (before, after) if len(part))
    return float(changes.whole[end]) > max(LEAP * usual, 4 * STILL) or (len(alive) == 2 and min(alive) >= ALIVE_BLOCKS)
