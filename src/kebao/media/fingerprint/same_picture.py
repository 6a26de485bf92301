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

from kebao.media.fingerprint.pdq import distances, words
from kebao.media.fingerprint.prints import HASHES, TICK, Print, Scenes
from kebao.media.fingerprint.spans import Shared, runs

CLOSE = 64
"""Differing bits of 256 up to which two pictures may be one; PDQ's own 31 is for whole pictures of one moment, here a crop is
compared with the nearest of sixteen, and a moment with one up to a quarter of a second away."""
SCENES = 4
"""Different scenes that must be found again before a picture counts as the same."""
_APART = 1.5
"""Deviations below the middle distance of the two media from which a pair is closer than they are anyway."""
_SURE = 5.0
"""Deviations by which the scenes found again must exceed what chance would give."""
_GAP = 4
_SHORTEST = 4
_SHIFTS = 4
_CANDIDATE_PAIRS = 2


def picture_candidates(one: Print, others: Sequence[Print]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Others that may show the same picture, with the crop (ours, theirs) in which most scenes are close."""
    if one.scenes is None or not len(one.scenes.telling):
        return
    known = [(number, other.scenes) for number, other in enumerate(others) if other.scenes is not None]
    if not known:
        return
    tables = [scenes.hashes[scenes.telling] for _, scenes in known]
    owner = np.repeat([number for number, _ in known], [len(table) for table in tables])
    mine, theirs = one.scenes.hashes[one.scenes.telling], np.concatenate(tables)
    scene = np.concatenate([np.arange(len(table)) for table in tables])
    hits = [_close_pairs(mine[:, 0], theirs.reshape(-1, theirs.shape[-1]))]  # our whole against all of theirs
    our, their = _close_pairs(mine[:, 1:].reshape(-1, mine.shape[-1]), theirs[:, 0])  # our crops against their whole
    hits.append((our, their * HASHES))
    who, crop, pairs = [], [], []
    for turn, (ours, other) in enumerate(hits):
        row = other // HASHES
        kind = other % HASHES if turn == 0 else HASHES + ours % (HASHES - 1)
        who.append(owner[row])
        crop.append(kind)
        pairs.append((ours if turn == 0 else ours // (HASHES - 1)) * (1 << 32) + scene[row])
    owners, crops, found = np.concatenate(who), np.concatenate(crop), np.concatenate(pairs)
    for number in np.unique(owners):
        of_it = owners == number
        if len(np.unique(found[of_it])) < _CANDIDATE_PAIRS:
            continue
        best = int(np.bincount(crops[of_it], minlength=2 * HASHES).argmax())
        yield int(number), ((0, best) if best < HASHES else (best - HASHES + 1, 0))


def same_picture(one: Print, other: Print, crop: tuple[int, int]) -> list[Shared]:
    """Stretches of the same picture; none where too few different scenes are found again."""
    mine, theirs = one.scenes, other.scenes
    if mine is None or theirs is None:
        return []
    near, chance = _near(mine, theirs, crop)
    if not near.any():
        return []
    here, there = mine.by_tick, theirs.by_tick
    matched = near[here][:, there]
    found: list[Shared] = []
    scenes: set[tuple[int, int]] = set()
    for shift in _best_shifts(matched):
        ticks = np.arange(max(0, -shift), min(len(here), len(there) - shift))
        hit = matched[ticks, ticks + shift]
        for first, end in runs(ticks, hit, gap=_GAP):
            if end - first < _SHORTEST:
                continue
            start, begins = (first + int(mine.ticks[0])) * TICK, (first + shift + int(theirs.ticks[0])) * TICK
            found.append(Shared(start, begins, (end - first) * TICK))
            inside = ticks[hit & (ticks >= first) & (ticks < end)]
            scenes |= set(zip(here[inside].tolist(), there[inside + shift].tolist(), strict=True))
            matched[first:end] = False
            matched[:, first + shift : end + shift] = False
    distinct = min(len({pair[side] for pair in scenes}) for side in (0, 1)) if scenes else 0
    tried = min(len(mine.telling), len(theirs.telling))
    expected = chance * tried
    sure = distinct >= SCENES and distinct - expected >= _SURE * np.sqrt(max(expected * (1 - chance), 0.1))
    return sorted(found) if sure else []


def _near(mine: Scenes, theirs: Scenes, crop: tuple[int, int]) -> tuple[NDArray[np.bool_], float]:
    """Which scenes are closer than the two media are anyway, shape (n, m), and how often pairs are so by chance."""
    near = np.zeros((len(mine.ticks), len(theirs.ticks)), bool)
    ours, others = mine.telling, theirs.telling
    if min(len(ours), len(others)) < SCENES:
        return near, 1.0
    apart = distances(mine.hashes[ours, 0], theirs.hashes[others, 0])
    if crop != (0, 0):
        apart = np.minimum(apart, distances(mine.hashes[ours, crop[0]], theirs.hashes[others, crop[1]]))
    middle = float(np.median(apart))
    spread = 1.4826 * float(np.median(np.abs(apart - middle)))
    limit = min(CLOSE, middle - _APART * spread)
    close = apart <= limit
    near[np.ix_(ours, others)] = close
    return near, float(close.mean())


def _best_shifts(matched: NDArray[np.bool_]) -> list[int]:
    """Shifts (their tick less ours) at which most ticks are close, most first."""
    rows, columns = np.nonzero(matched)
    counts = np.bincount(columns - rows + matched.shape[0], minlength=sum(matched.shape))
    best = np.argsort(-counts, kind="stable")[:_SHIFTS]
    return [int(place) - matched.shape[0] for place in best if counts[place] >= _SHORTEST]


def _close_pairs(mine: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs (i, j) within `CLOSE` bits that agree in one of sixteen places of sixteen bits; a pair may come more than once."""
    my_places, their_places = (np.ascontiguousarray(table).view(np.uint16) for table in (mine, theirs))
    my_words, their_words = words(mine), words(theirs)
    found: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for place in range(my_places.shape[1]):
        order = np.argsort(their_places[:, place], kind="stable")
        keys = their_places[order, place]
        first = np.searchsorted(keys, my_places[:, place], "left")
        count = np.searchsorted(keys, my_places[:, place], "right") - first
        left = np.repeat(np.arange(len(mine)), count)
        right = order[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(left))]
        apart = np.bitwise_count(my_words[left] ^ their_words[right]).sum(axis=1)
        found.append((left[apart <= CLOSE], right[apart <= CLOSE]))
    return np.concatenate([left for left, _ in found]), np.concatenate([right for _, right in found])
