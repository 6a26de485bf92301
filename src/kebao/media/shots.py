"""Shots and single odd pictures, read from how far pictures are from their neighbours.

A picture that is far from both neighbours while these are near each other stands out (foreign, black, white); one that
equals the picture before in the middle of steady motion was shown twice; a change that reaches one half of the blocks, or
one field, a picture before the other half is the leftover of a careless splice. A change that stays is a cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from kebao.media.blocks import BLOCKS
from kebao.media.standstill import NOTHING, STILL, standstills

Floats = NDArray[np.float32]
OddKind = Literal["foreign", "black", "white", "repeated", "splice"]
KINDS: tuple[OddKind, ...] = get_args(OddKind)
STRAY: tuple[OddKind, ...] = ("foreign", "black", "white")

AROUND = 25
"""Pictures over which the usual change is taken: a second."""
STANDS_OUT = 3.0
"""Luma codes by which a block must differ from both neighbours to stand out: above what encoding leaves on a still picture."""
MOST, MANY = 15, 12
"""Of 24 blocks that must stand out: most of the picture, so that a hand passing by does not."""
SOME, FAR = 6, 2.0
"""Blocks and mean codes from which a picture far above what is usual stands out, even where only part of it can (a wall)."""
MOVES = 0.5
"""Mean codes of change a picture from which motion can be told from the coder's noise."""
REGULAR = 50, 5
"""More than so many repeated pictures within so many on each side are a low rate in a high one (24 in 30), which is another matter."""
LESS, HALF, SKIPPED = 0.85, 0.5, 0.1
"""A skipped picture changes less than its neighbours, took less than half their bytes, and both shares multiplied are a tenth."""
WRITTEN = 0.8
"""Share of the usual bytes from which on the coder had something new to say: what it is given twice it never writes anew."""
FLAT, BLACK, WHITE = 4, 26, 215
"""Codes of spread and mean of a black or white picture."""
CUT = 7.0
"""Least mean change, in codes, of a cut."""


@dataclass(frozen=True, slots=True)
class Odd:
    """One picture that is not as its neighbours: its index, and how."""

    index: int
    kind: OddKind


@dataclass(frozen=True)
class Changes:
    """Changes between pictures, as float32: `one` and `two` (frames, 24), `parity` and the means (frames,).

    `lightness` (frames,) is how little the coder wrote of each (`packets.lightness`).
    """

    one: Floats
    two: Floats
    parity: Floats
    mean: Floats
    spread: Floats
    lightness: Floats

    @cached_property
    def whole(self) -> Floats:
        """Mean change of the whole picture to the one before."""
        found: Floats = self.one.mean(axis=1)
        return found

    def is_black(self, index: int) -> bool:
        """Whether a picture is black and flat."""
        return bool(self.spread[index] < FLAT and self.mean[index] < BLACK)

    def usual(self) -> Floats:
        """The change that is usual around each picture: median over a second."""
        found: Floats = median_filter(self.whole, AROUND, mode="nearest")
        return found


def odd_pictures(changes: Changes) -> tuple[Odd, ...]:
    """Every odd picture, in order; each index once."""
    found = {odd.index: odd for odd in (*_repeated(changes), *_splices(changes), *_standing_out(changes))}
    return tuple(found[index] for index in sorted(found))


def cuts(changes: Changes, odd: tuple[Odd, ...] = ()) -> tuple[int, ...]:
    """Indices of the first picture of each shot but the first.

    A change onto and off a stray picture is no cut, save where that picture is the leftover of a splice: then the shot
    begins after it. A picture shown twice comes from nowhere else, and a cut may follow it.
    """
    whole, usual = changes.whole, changes.usual()
    strong = changes.one > np.maximum(6, 2.5 * usual[:, None])
    found = (whole > CUT) & (whole > 3 * usual) & (whole > 2 * _beside(whole)) & (strong.sum(axis=1) >= MANY)
    passing = {place for one in odd if one.kind in STRAY for place in (one.index, one.index + 1)}
    splices = {one.index for one in odd if one.kind == "splice"}
    places = sorted(
        ({int(place) for place in np.flatnonzero(found)} - passing - splices) | {place + 1 for place in splices}
    )
    kept: list[int] = []
    for place in places:
        if 0 < place < len(whole) and (not kept or place - kept[-1] > 2):
            kept.append(place)
    return tuple(kept)


def _beside(whole: Floats) -> Floats:
    """The larger of the medians of the five changes before and the five after: shaking that begins goes on, a cut does not."""
    padded = np.concatenate([np.repeat(whole[:1], 5), whole, np.repeat(whole[-1:], 5)])
    middle = np.median(sliding_window_view(padded, 5), axis=1)
    found: Floats = np.maximum(middle[: len(whole)], middle[6 : 6 + len(whole)])
    return found


def _standing_out(changes: Changes) -> list[Odd]:
    """Far from both neighbours, which are near each other: in most of the picture, or by far more than is usual there."""
    if len(changes.one) < 3:
        return []
    out = np.minimum(changes.one[:-1], changes.one[1:])  # at i: to the one before and to the next
    back = changes.two[1:]  # at i: from the one before to the next
    mean, near, usual = out.mean(axis=1), back.mean(axis=1), changes.usual()[:-1]
    strong = (out > np.maximum(STANDS_OUT, 2.5 * back + 1.5)).sum(axis=1)
    weak = (out > 2.5 * back + 0.8).sum(axis=1)
    most = ((strong >= MOST) | ((strong >= MANY) & (mean > 12))) & (mean > 2.2 * usual)
    far = (weak >= SOME) & (mean > FAR) & (mean > 4 * np.maximum(usual, 0.3)) & (mean > 2.5 * near)
    found = most | far
    found[0] = False
    kinds: list[Odd] = []
    for index in np.flatnonzero(found):
        dark, bright = changes.is_black(int(index)), changes.spread[index] < FLAT and changes.mean[index] > WHITE
        kinds.append(Odd(int(index), "black" if dark else "white" if bright else "foreign"))
    return kinds


def _repeated(changes: Changes) -> list[Odd]:
    """Hardly any change in the middle of steady motion, and then that of two pictures.

    "Hardly any" is far below what the four pictures on each side change, by five times their spread. Where the coder's own
    changes hide that (water, leaves, a low bit rate), less change than on either side and next to no bytes tell it together;
    so too where only a part of the picture moves (a speaker before a wall), see `standstills`. Black is like black in every fade.
    """
    whole, near = changes.whole, 4
    light = changes.lightness
    found = [Odd(int(index), "repeated") for index in standstills(changes.one, light)]
    still = whole / np.maximum(changes.usual(), MOVES)
    for index in _amid_motion(whole, np.flatnonzero((still < 0.5) | ((still < 1) & (light < HALF))), near):
        before, after = whole[max(1, index - near) : index], whole[index + 1 : index + 1 + near]
        # 1 is what is not known, or a picture that is coded by itself.
        if len(before) < 3 or len(after) < 3 or (light[index] > WRITTEN and light[index] != 1):
            continue
        others = np.sort(np.concatenate([before, after]))
        middle = float(np.median(others))
        spread = max(1.4826 * float(np.median(np.abs(others - middle))), 0.08 * middle)
        # One neighbour may be as still: a camera that repeats does so more than once.
        alone = (
            others[1] > max(0.2 * middle, 1.4 * float(whole[index])) and min(before[-1], after[0]) > 1.6 * whole[index]
        )
        if middle > MOVES and _is_skipped(changes, int(index), middle, float(np.median(after))):
            found.append(Odd(int(index), "repeated"))
            continue
        # Motion that dies down and begins anew (a hand that turns) comes to its rest by and by.
        abrupt = before[-1] > 0.55 * float(np.median(before)) and after[0] > 0.55 * float(np.median(after))
        leap = after[0] > 0.9 * min(middle, float(before[-1]))
        little = max(min(0.5 * middle, middle - 4 * spread), 0.2 * middle)
        if middle > MOVES and alone and abrupt and leap and whole[index] < little:
            found.append(Odd(int(index), "repeated"))
    found = [odd for odd in sorted(set(found), key=lambda odd: odd.index) if not changes.is_black(odd.index)]
    return [odd for odd in found if sum(abs(odd.index - other.index) <= REGULAR[0] for other in found) <= REGULAR[1]]


def _amid_motion(whole: Floats, places: NDArray[np.intp], near: int) -> NDArray[np.intp]:
    """The places around which the picture moves at all; those at the ends of the film are left in."""
    inside = (places > near) & (places + near < len(whole))
    beside = places[inside][:, None] + np.r_[-near:0, 1 : near + 1]
    kept = np.ones(len(places), np.bool_)
    kept[inside] = np.median(whole[beside], axis=1) > MOVES
    return places[kept]


def _is_skipped(changes: Changes, index: int, middle: float, after: float) -> bool:
    """Whether the coder skipped a picture that changes less than its neighbours, and the motion goes on at once."""
    whole, light = changes.whole, float(changes.lightness[index])
    still, beside = float(whole[index]) / middle, float(min(whole[index - 1], whole[index + 1]))
    goes_on = float(whole[index + 1]) > LESS * min(middle, after)
    little = still < STILL or (
        still < LESS and light < NOTHING
    )  # noise that a coder smooths now and then changes little less
    return goes_on and little and light < HALF and still * light < SKIPPED and float(whole[index]) < beside


def _splices(changes: Changes) -> list[Odd]:
    """The picture before a cut that already carries half of the next shot: half of the blocks, or one field."""
    if len(changes.one) < 3:
        return []
    usual = np.maximum(6, 2.5 * changes.usual())[:, None]
    strong = changes.one > usual
    # What moved fast already before is a hand, not the half of another shot.
    before = np.concatenate([np.zeros((1, BLOCKS), np.float32), changes.one[:-1]])
    here, then = (strong & (changes.one > 2.5 * before))[:-1], strong[1:]
    halves = (
        (here.sum(axis=1) >= 5)
        & (then.sum(axis=1) >= 4)
        & ((here & then).sum(axis=1) <= 5)
        & ((here | then).sum(axis=1) >= MOST - 1)
        & (np.abs(here.sum(axis=1) - then.sum(axis=1)) <= 12)
    )
    whole, parity = changes.whole, changes.parity
    fields = (
        (parity[:-1] > 0.3)
        & (parity[1:] > 0.3)
        & (np.minimum(whole[:-1], whole[1:]) > 3)
        & (np.minimum(whole[:-1], whole[1:]) > 2.5 * changes.usual()[:-1])
        & (changes.two[1:].mean(axis=1) > np.maximum(whole[:-1], whole[1:]) * 0.8)
    )
    return [Odd(int(index), "splice") for index in np.flatnonzero(halves | fields) if index > 0]
