"""The sweep of faults of picture: which, how strong, in which films, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from defects import picture
from defects.encoding import LOW, RATES
from defects.films import (
    MOVES,
    PERIOD,
    Film,
    film,
    motion,
    places,
    repeats_itself,
    slides,
    still_scene,
    to_and_fro,
    usable,
)  # fmt: skip
from defects.goals import GOALS
from defects.jobs import Job, Made
from defects.material import EDITED, Half, Shot, shots
from defects.picture import Pictures
from defects.planted import Planted
from defects.reading import frame_rate, length, pictures

SWEEP: dict[str, dict[float, tuple[int, int]]] = {
    "foreign-frame": {1: (48, 4)},
    "black-frame": {1: (48, 4)},
    "repeated-frame": {1: (84, 0)},
    "flash-frame": {1: (9, 3)},
    "dropped-frame": {1: (8, 0), 3: (5, 0)},
    "position-bump": {0.005: (4, 1), 0.01: (4, 1), 0.02: (4, 1)},
    "field-leftover": {1: (9, 0)},
    "half-leftover": {1: (9, 0)},
    "frozen": {2: (5, 0), 4: (5, 0), 6: (5, 0)},
    "exposure-jump": {0.02: (4, 2), 0.05: (44, 4), 0.1: (4, 2)},
    "colour-jump": {0.02: (4, 2), 0.05: (44, 4), 0.1: (4, 2)},
    "shake": {0.001: (5, 2), 0.002: (56, 6), 0.003: (5, 2), 0.005: (5, 2)},
    "aba-mismatch": {0.05: (5, 0), 0.1: (56, 0), 0.2: (5, 0)},
    "cast": {0.05: (3, 0), 0.1: (3, 0), 0.2: (3, 0)},
    "flashing": {2: (4, 1), 3: (4, 1), 5: (4, 1), 10: (4, 1)},
}
"""Films by defect and magnitude, real and synthetic; several places a film where the fault is short.

What has a goal is encoded at both bit rates, the rest of the sweep at the low one, which is the harder.
"""
SECONDS = 7.0
BANDS = ((2.0, 5.0), (5.0, 10.0), (2.0, 10.0))
"""Hz of the shake's spectra."""


def picture_jobs(half: Half, seed: int, only: set[str], scale: float) -> Iterator[Job]:
    """Every recipe of picture, in an order of which any beginning is a fair part: a run that is stopped has left out no clip."""
    found = usable(half)
    planned: list[tuple[float, Job]] = []
    for number, (defect, magnitudes) in enumerate(SWEEP.items()):
        if only and defect not in only:
            continue
        for magnitude, (real, drawn) in magnitudes.items():
            able = [shot for shot in found if _able(defect, shot)]
            rates = RATES if any((goal.defect, goal.magnitude) == (defect, magnitude) for goal in GOALS) else (LOW,)
            for turn in range(round(real * scale)):
                shot = able[(turn * 7 + number) % len(able)]  # 7: neighbours in the list are of one family
                variant = _variant(defect, turn)
                make = partial(_real, defect, magnitude, variant, shot, half)
                planned.append(
                    (
                        turn / (real * scale),
                        Job(
                            defect,
                            magnitude,
                            variant,
                            "real",
                            shot.family,
                            shot.path.name,
                            seed * 1000 + turn,
                            make,
                            rates,
                        ),
                    )
                )
            for turn in range(round(drawn * scale)):
                kind, variant = ("slides", "still scene")[turn % 2 if defect != "shake" else 1], _variant(defect, turn)
                shot = able[turn % len(able)]
                make = partial(_drawn, defect, magnitude, variant, kind, shot, half)
                planned.append(
                    (
                        turn / (drawn * scale),
                        Job(
                            defect,
                            magnitude,
                            variant,
                            "synthetic",
                            kind,
                            f"{kind} {turn}",
                            seed * 1000 + turn,
                            make,
                            rates,
                        ),
                    )
                )
    if not only or "clean" in only:
        yield from _clean(half, seed)
    yield from (job for _, job in sorted(planned, key=lambda row: row[0]))


def _able(defect: str, shot: Shot) -> bool:
    """Shake and A-B-A are planted where the camera stands (A is the same scene again); a pause needs a shot longer than it; what repeats
    pictures of its own accord cannot show one repeated picture more."""
    if defect in ("shake", "aba-mismatch"):
        return shot.fixed
    if defect == "repeated-frame":
        return not repeats_itself(shot)
    if defect == "frozen":
        return length(shot.path) >= 8.5
    return True


def _variant(defect: str, turn: int) -> str:
    if defect == "shake":
        low, high = BANDS[turn % 3]
        return f"{low:.0f}–{high:.0f} Hz"
    return ""


def _real(defect: str, magnitude: float, variant: str, shot: Shot, half: Half, rng: np.random.Generator) -> Made:
    """A stretch of a real shot. For shake a shot that is too short is played to and fro, and counts as looped."""
    found = film(shot, 9.5 if defect == "frozen" else SECONDS, rng)
    short = defect == "shake" and found.seconds < SECONDS - 1
    made = _plant(
        defect, magnitude, variant, to_and_fro(found, SECONDS) if short else found, _other(shot, half, rng), rng
    )
    return replace(made, looped=True) if short else made


def _drawn(
    defect: str, magnitude: float, variant: str, kind: str, shot: Shot, half: Half, rng: np.random.Generator
) -> Made:
    made = slides(SECONDS, rng) if kind == "slides" else still_scene(shot, SECONDS, rng)
    return _plant(defect, magnitude, variant, made, _other(shot, half, rng), rng)


def _other(shot: Shot, half: Half, rng: np.random.Generator) -> Callable[[tuple[int, int], int], Pictures]:
    """Pictures of another family of the half, cut to a size, `count` of them."""
    others = [other for other in usable(half) if other.family != shot.family]
    chosen = others[int(rng.integers(len(others)))]

    def cut(size: tuple[int, int], count: int) -> Pictures:
        return _fitted(film(chosen, count / float(frame_rate(chosen.path)) + 0.1, rng).pictures[:count], size)

    return cut


def _fitted(made: Pictures, size: tuple[int, int]) -> Pictures:
    """Cropped or repeated at its edges to (height, width)."""
    height, width = size
    rows = np.clip(np.arange(height) + (made.shape[1] - height) // 2, 0, made.shape[1] - 1)
    columns = np.clip(np.arange(width) + (made.shape[2] - width) // 2, 0, made.shape[2] - 1)
    return made[:, rows][:, :, columns]


Other = Callable[[tuple[int, int], int], Pictures]


def _plant(defect: str, magnitude: float, variant: str, made: Film, other: Other, rng: np.random.Generator) -> Made:
    rate, size = float(made.rate), made.pictures.shape[1:3]
    if defect in _SHORT:
        return _several(defect, magnitude, made, other, rng)
    if defect.endswith("-jump"):
        return _jumps(defect, magnitude, made, rng)
    count = len(made.pictures)
    if defect in ("field-leftover", "half-leftover"):
        leave = picture.field_leftover if defect == "field-leftover" else picture.half_leftover
        middle = count // 2
        changed, planted = leave(made.pictures[:middle], other(size, min(middle, round(2 * rate))), rate)
    elif defect == "frozen":
        length = round(magnitude * rate)
        moves = motion(made.pictures)
        able = [
            at
            for at in range(round(rate / 2), count - length - round(rate / 2))
            if moves[at : at + length].mean() >= MOVES
        ]
        if not able:
            return Made((), made.pictures, made.rate)
        changed, planted = picture.frozen(made.pictures, able[int(rng.integers(len(able)))], rate, magnitude)
    elif defect == "shake":
        low, high = (float(part) for part in variant.removesuffix(" Hz").split("–"))
        first, last = round(0.2 * count), round(0.8 * count)
        changed, planted = picture.shake(made.pictures, first, last, rate, magnitude, (low, high), rng)
    elif defect == "aba-mismatch":
        part = count // 2
        changed, planted = picture.mismatch(
            made.pictures[:part], other(size, min(part, round(2.5 * rate))), made.pictures[part:], rate, magnitude
        )
    elif defect == "cast":
        changed, planted = picture.cast(made.pictures, rate, magnitude)
    else:
        first = round(0.2 * count)
        changed, planted = picture.flashing(made.pictures, first, min(count, first + round(3 * rate)), rate, magnitude)
    return Made((planted,), changed, made.rate)


_OFTEN = {"foreign-frame": 0.6, "black-frame": 0.6}
"""Seconds between two places of one film: what stands out by itself may come more often, for more trials."""
_SHORT = ("foreign-frame", "black-frame", "repeated-frame", "flash-frame", "dropped-frame", "position-bump")


def _several(defect: str, magnitude: float, made: Film, other: Other, rng: np.random.Generator) -> Made:
    """One short fault at every place; dropped pictures from the back, so that earlier places keep their index."""
    rate, changed = float(made.rate), made.pictures
    moving = defect in ("repeated-frame", "dropped-frame")
    planted: list[Planted] = []
    for at in reversed(places(made, rng, moving=moving, period=_OFTEN.get(defect, PERIOD))):
        if defect == "foreign-frame":
            changed, one = picture.foreign_frame(changed, other(changed.shape[1:3], 1)[0], at, rate)
        elif defect == "repeated-frame":
            changed, one = picture.repeated_frame(changed, at, rate)
        elif defect == "dropped-frame":
            changed, one = picture.dropped_frames(changed, at, rate, int(magnitude))
            planted = [
                Planted(p.defect, p.magnitude, p.start - magnitude / rate, p.end - magnitude / rate) for p in planted
            ]
        elif defect == "position-bump":
            changed, one = picture.position_bump(changed, at, rate, magnitude)
        else:
            changed, one = picture.flat_frame(changed, 0 if defect == "black-frame" else 255, at, rate)
        planted.append(one)
    return Made(tuple(reversed(planted)), changed, made.rate)


def _jumps(defect: str, k: float, made: Film, rng: np.random.Generator) -> Made:
    """Two jumps, there and back to where the film was, at a third and two thirds; one in a film shorter than five seconds."""
    rate, count = float(made.rate), len(made.pictures)
    change = picture.exposure_jump if defect == "exposure-jump" else picture.colour_jump
    sign = 1 if rng.integers(2) else -1
    if count / rate < 5:
        changed, one = change(made.pictures, count // 2, rate, sign * k)
        return Made((one,), changed, made.rate)
    first, second = round(count / 3 + rng.uniform(-8, 8)), round(count * 2 / 3 + rng.uniform(-8, 8))
    changed, one = change(made.pictures, first, rate, sign * k)
    changed = np.concatenate([changed[:second], made.pictures[second:]])
    return Made((one, Planted(defect, k, second / rate, second / rate)), changed, made.rate)


def _clean(half: Half, seed: int) -> Iterator[Job]:
    """Every picture of every real shot once; drawn films; and shots joined by plain cuts; at the low bit rate."""
    for shot in shots(half):
        for first in range(0, 3600, 360):
            if not len(pictures(shot.path, 360, first)):
                break
            make = partial(_clean_shot, shot, first)
            yield Job("clean", 0, f"shot from {first}", "real", shot.family, shot.path.name, seed, make, (LOW,))
    for turn in range(4):
        yield Job(
            "clean", 0, "edited", "real", "several", f"cuts {turn}", seed + turn, partial(_clean_edit, half), (LOW,)
        )
        for kind in ("slides", "still scene"):
            make = partial(_clean_drawn, kind, usable(half)[turn % len(usable(half))])
            yield Job("clean", 0, kind, "synthetic", kind, f"{kind} {turn}", seed + turn, make, (LOW,))


def _clean_shot(shot: Shot, first: int, _: np.random.Generator) -> Made:
    unclean: tuple[str, ...] = () if shot.fixed else ("shake",)
    if shot.family in EDITED:
        unclean = ("shake", "aba-mismatch")
    if repeats_itself(shot):
        unclean += ("repeated-frame",)
    return Made(pictures=pictures(shot.path, 360, first), rate=frame_rate(shot.path), unclean=unclean)


def _clean_edit(half: Half, rng: np.random.Generator) -> Made:
    """Six shots of one rate, two seconds each, joined by plain cuts; their pictures are counted elsewhere already."""
    rates = sorted({round(frame_rate(shot.path)) for shot in usable(half)})
    groups = [[shot for shot in usable(half) if round(frame_rate(shot.path)) == rate] for rate in rates]
    group = max(groups, key=lambda found: len({shot.family for shot in found}))
    order = rng.permutation(len(group))
    chosen = [group[int(index)] for index in order]
    kept = chosen[:1] + [b for a, b in pairwise(chosen) if a.family != b.family]
    size = film(kept[0], 0.2, rng).pictures.shape[1:3]
    unclean = ("shake", "repeated-frame") if any(repeats_itself(shot) for shot in kept[:6]) else ("shake",)
    parts = [_fitted(film(shot, 2.0, rng).pictures, size) for shot in kept[:6]]
    return Made(pictures=np.concatenate(parts), rate=frame_rate(kept[0].path), looped=True, unclean=unclean)


def _clean_drawn(kind: str, shot: Shot, rng: np.random.Generator) -> Made:
    made = slides(20.0, rng) if kind == "slides" else still_scene(shot, 12.0, rng)
    return Made(pictures=made.pictures, rate=made.rate)
