"""Find the same picture in two or more media by the PDQ hashes of their scenes.

Scenes that share sixteen bits in one of sixteen places are compared; media with a few close pairs are then laid against
each other at every shift. What counts as close is taken from the two media themselves: lectures in one room, or slides on
one template, are all alike, so only what is closer than their other scenes are to each other tells anything, and a picture
that never changes tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.pdq import BITS, BYTES, distances, words
from kebao.media.fingerprint.prints import HASHES, TICK, Print, Scenes
from kebao.media.fingerprint.spans import Shared, runs

CLOSE = 80
"""Differing bits of 256 up to which two pictures may be one, where the two media's other pictures are further apart. PDQ's own
31 is for whole pictures of one moment; here a crop is compared with the nearest of sixteen, and a moment with one up to a
quarter of a second away, and one picture alone never decides."""
SCENES = 4
"""Different scenes that must be found again before a picture counts as the same."""
CLEARLY = 0.75
"""Of the distance to its own medium's nearest other scene, up to which a scene is known again."""
_AS_CLOSE = 1.5
_SURE = 5.0
"""Deviations by which the scenes found again must exceed what chance would give."""
_OFF = 6
_GAP = 4
_SHORTEST = 4
_SHIFTS = 4
_CANDIDATE_PAIRS = 2
_PLACES = BYTES // 2
_COMMON = 4096
"""Sixteen bits that more known hashes than this have in a place say nothing; the fifteen other places remain."""


class ScenePool:
    """Scenes of known media, sorted once: every hash (whole or crop) by each of its sixteen places, and the wholes alone."""

    def __init__(self, known: Sequence[Print]) -> None:
        tables = [
            one.scenes.hashes[one.scenes.telling] if one.scenes is not None else np.zeros((0, HASHES, BYTES), np.uint8)
            for one in known
        ]
        self._owner = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
        hashes = np.concatenate([np.zeros((0, HASHES, BYTES), np.uint8), *tables])
        self._all, self._wholes = _Sorted(hashes.reshape(-1, BYTES)), _Sorted(hashes[:, 0])

    def candidates(self, one: Print) -> Iterator[tuple[int, tuple[int, int]]]:
        """Media that may show the same picture, with the crop (ours, theirs) in which most scenes are close."""
        if one.scenes is None or not len(self._owner):
            return
        mine = one.scenes.hashes[one.scenes.telling]
        crops = HASHES - 1
        ours, hits = self._all.close(mine[:, 0])  # our whole against their wholes and crops
        row, kind = hits // HASHES, hits % HASHES
        our_crop, whole = self._wholes.close(mine[:, 1:].reshape(-1, BYTES))  # our crops against their wholes
        scene = np.concatenate((ours, our_crop // crops))
        row, kind = np.concatenate((row, whole)), np.concatenate((kind, HASHES + our_crop % crops))
        owner = self._owner[row]
        for number in np.unique(owner):
            of_it = owner == number
            pairs = np.unique(np.stack((scene[of_it], row[of_it])), axis=1)
            if pairs.shape[1] < _CANDIDATE_PAIRS:
                continue
            best = int(np.bincount(kind[of_it]).argmax())
            yield int(number), ((0, best) if best < HASHES else (best - HASHES + 1, 0))


class _Sorted:
    """Hashes, findable by any of their sixteen places of sixteen bits."""

    def __init__(self, hashes: NDArray[np.uint8]) -> None:
        self._words = words(hashes)
        places = np.ascontiguousarray(hashes).view(np.uint16)
        self._orders = [np.argsort(places[:, place], kind="stable").astype(np.uint32) for place in range(_PLACES)]
        self._keys = [places[order, place] for place, order in enumerate(self._orders)]

    def close(self, mine: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pairs (ours, theirs) within `CLOSE` bits that agree in a place; a pair may come more than once."""
        places, my_words = np.ascontiguousarray(mine).view(np.uint16), words(mine)
        found: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
        for place, (order, keys) in enumerate(zip(self._orders, self._keys, strict=True)):
            first = np.searchsorted(keys, places[:, place], "left")
            count = np.searchsorted(keys, places[:, place], "right") - first
            count[count > _COMMON] = 0
            left = np.repeat(np.arange(len(mine)), count)
            right = order[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(left))].astype(np.intp)
            near = np.bitwise_count(my_words[left] ^ self._words[right]).sum(axis=1) <= CLOSE
            found.append((left[near], right[near]))
        return np.concatenate([left for left, _ in found]), np.concatenate([right for _, right in found])


def same_picture(one: Print, other: Print, crop: tuple[int, int]) -> list[Shared]:
    """Stretches of the same picture; none where too few different scenes are found again."""
    mine, theirs = one.scenes, other.scenes
    if mine is None or theirs is None:
        return []
    known, shown = _near(mine, theirs, crop)
    if not known.any():
        return []
    here, there = mine.by_tick, theirs.by_tick
    free, free_there = np.ones(len(here), bool), np.ones(len(there), bool)
    found: list[Shared] = []
    pairs: set[tuple[int, int]] = set()
    shifts = _best_shifts(known, mine, theirs)
    for shift in shifts:
        ticks = np.arange(max(0, -shift), min(len(here), len(there) - shift))
        ours, others = here[ticks], there[ticks + shift]
        hit = shown[ours, others] & free[ticks] & free_there[ticks + shift]
        for first, end in runs(ticks, hit, gap=_GAP):
            if end - first < _SHORTEST:
                continue
            start, begins = (first + int(mine.ticks[0])) * TICK, (first + shift + int(theirs.ticks[0])) * TICK
            found.append(Shared(start, begins, (end - first) * TICK))
            inside = hit & known[ours, others] & (ticks >= first) & (ticks < end)
            pairs |= set(zip(ours[inside].tolist(), others[inside].tolist(), strict=True))
            free[first:end] = free_there[first + shift : end + shift] = False
    return sorted(found) if _is_sure(known, mine, theirs, pairs, shifts) else []


def _is_sure(
    near: NDArray[np.bool_], mine: Scenes, theirs: Scenes, pairs: set[tuple[int, int]], shifts: Sequence[int]
) -> bool:
    """Whether many more different scenes are found again than chance would give.

    Chance is counted where scenes should differ: three seconds or more off every shift at which something was found.
    """
    if not pairs:
        return False
    distinct = min(len({pair[side] for pair in pairs}) for side in (0, 1))
    tried = min(len(mine.telling), len(theirs.telling))
    shift_of = theirs.ticks[None, theirs.telling].astype(int) - mine.ticks[mine.telling, None]
    shift_of -= int(theirs.ticks[0]) - int(mine.ticks[0])
    off = np.min([np.abs(shift_of - shift) for shift in shifts], axis=0) >= _OFF
    elsewhere = near[np.ix_(mine.telling, theirs.telling)][off]
    chance = (int(elsewhere.sum()) + 1) / (len(elsewhere) + 2)
    expected = chance * tried
    return distinct >= SCENES and distinct - expected >= _SURE * np.sqrt(expected * (1 - chance))


def _near(mine: Scenes, theirs: Scenes, crop: tuple[int, int]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which scenes are known again, and which are at least as close as those are, both of shape (n, m).

    A scene is known again where it is clearly closer to the other medium's than either is to any other scene of its own
    medium: one slide among slides on one template, one moment of a lecturer who stands still, are not. At a shift that is
    settled by scenes known again, the others between them count by their distance alone.
    """
    known, shown = (np.zeros((len(mine.ticks), len(theirs.ticks)), bool) for _ in range(2))
    ours, others = mine.telling, theirs.telling
    if min(len(ours), len(others)) < SCENES:
        return known, shown
    apart = distances(mine.hashes[ours, 0], theirs.hashes[others, 0])
    if crop != (0, 0):
        apart = np.minimum(apart, distances(mine.hashes[ours, crop[0]], theirs.hashes[others, crop[1]]))
    own = np.minimum(_own(mine)[:, None], _own(theirs)[None])
    certain = apart <= np.minimum(CLOSE, CLEARLY * own)
    known[np.ix_(ours, others)] = certain
    if certain.any():
        shown[np.ix_(ours, others)] = certain | (apart <= min(CLOSE, _AS_CLOSE * float(np.median(apart[certain]))))
    return known, shown


def _own(scenes: Scenes) -> NDArray[np.float64]:
    """Distance of each telling scene to the nearest other of its medium, three seconds or more away; 256 where there is none."""
    ticks, hashes = scenes.ticks[scenes.telling], scenes.hashes[scenes.telling, 0]
    far = np.abs(ticks[:, None] - ticks[None]) >= _OFF
    return np.asarray(np.where(far, distances(hashes, hashes), BITS).min(axis=1), np.float64)


def _best_shifts(near: NDArray[np.bool_], mine: Scenes, theirs: Scenes) -> list[int]:
    """Shifts (their tick less ours, both counted from the first) at which most ticks are close, most first.

    How long a scene lies over another is, as a function of the shift, a trapezoid; its second difference is four numbers.
    """
    rows, columns = np.nonzero(near)
    first, end = _bounds(mine, rows)
    begin, last = _bounds(theirs, columns)
    length = mine.end - int(mine.ticks[0])
    bends = np.zeros(length + theirs.end - int(theirs.ticks[0]) + 2, np.int64)
    for place, turn in ((begin - end, 1), (begin - first, -1), (last - end, -1), (last - first, 1)):
        np.add.at(bends, place + length, turn)
    counts = np.concatenate(([0], bends.cumsum().cumsum()[:-1]))
    best = np.argsort(-counts, kind="stable")[:_SHIFTS]
    return [int(place) - length for place in best if counts[place] >= _SHORTEST]


def _bounds(scenes: Scenes, which: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First ticks and ends of these scenes, counted from the first tick of all."""
    edges = np.append(scenes.ticks, scenes.end).astype(np.int64) - int(scenes.ticks[0])
    return edges[which], edges[which + 1]
