"""What the measurements say of a video's picture: shots, odd pictures, jumps, shake, colour, flashing. Facts, no verdicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kebao.media import camera, combing, detail, flashes, freezes, gains, lasting, packets, scenes, shots
from kebao.media.blocks import BLOCKS
from kebao.media.gains import Floats
from kebao.media.measurement import Measurement, PicturePass
from kebao.media.meters.coding import INTRA
from kebao.model.finding import CURVE_POINTS, Curve
from kebao.model.location import Span

METERS = ("light", "colour", "change", "motion", "comb", "coding")
"""Meters whose arrays are read here."""


class Watching:
    """Facts of one picture, each found once.

    Args:
        measurement: with a picture and all of `METERS`.
    """

    def __init__(self, measurement: Measurement) -> None:
        self._measured = measurement

    @property
    def picture(self) -> PicturePass:
        """Facts of the pass."""
        passed = self._measured.passed.picture
        if passed is None:
            raise ValueError("the medium has no picture")
        return passed

    @cached_property
    def seconds(self) -> NDArray[np.float64]:
        """Presentation time of every picture in seconds."""
        return np.asarray(self._measured.ticks * float(self.picture.base), np.float64)

    @cached_property
    def rate(self) -> float:
        """Pictures a second, by the median distance of two; 25 where there is one picture."""
        steps = np.diff(self.seconds)
        return float(1 / np.median(steps)) if len(steps) else 25.0

    @cached_property
    def changes(self) -> shots.Changes:
        """Changes from picture to picture."""
        change, light = self._measured.meters["change"], self._measured.meters["light"]
        held = {name: np.asarray(change[name], np.float32) for name in ("one", "two", "parity")}
        spread = np.asarray(light["spread"], np.float32)
        lightness = packets.lightness(self._measured.meters["coding"])
        return shots.Changes(**held, mean=np.asarray(light["mean"], np.float32), spread=spread, lightness=lightness)

    @cached_property
    def rgb(self) -> Floats:
        """Block means of red, green and blue (frames, 24, 3)."""
        light, colour = self._measured.meters["light"], self._measured.meters["colour"]
        return gains.colours(light["blocks"], colour["blue"], colour["red"], full_range=self.picture.full_range)

    @cached_property
    def odd(self) -> tuple[shots.Odd, ...]:
        """Single pictures that are not as their neighbours."""
        kinds = shots.KINDS
        found = self._rows(
            "odd", 2, lambda: [(one.index, kinds.index(one.kind)) for one in shots.odd_pictures(self.changes)]
        )
        return tuple(shots.Odd(int(index), kinds[int(kind)]) for index, kind in found)

    @cached_property
    def cuts(self) -> tuple[int, ...]:
        """First pictures of all shots but the first. Where only the light changes, the shot goes on."""
        found = self._rows("cuts", 1, self._find_cuts)
        return tuple(int(cut) for (cut,) in found)

    def _find_cuts(self) -> list[tuple[int]]:
        return [
            (cut,)
            for cut in shots.cuts(self.changes, self.odd)
            if self._shows_something_else(cut) or not gains.is_light_alone(self.rgb[cut - 1], self.rgb[cut])
        ]

    def _shows_something_else(self, index: int) -> bool:
        return detail.changes_detail(self.changes.one, self._measured.meters["light"]["blocks"], index)

    @property
    def starts(self) -> tuple[int, ...]:
        """First pictures of all shots."""
        return (0, *self.cuts)

    @cached_property
    def shots(self) -> tuple[Span, ...]:
        """Every shot in exact time."""
        return tuple(
            self.span(start, end) for start, end in zip(self.starts, (*self.cuts, self.picture.frames), strict=True)
        )

    @cached_property
    def jumps(self) -> tuple[tuple[int, float, float], ...]:
        """Sudden changes of exposure or colour inside a shot: (picture, exposure, colour), from 2 % on."""
        apart = np.zeros(self.picture.frames, np.bool_)
        apart[list(self.cuts)] = True
        for one in self.odd:
            if one.kind != "repeated":
                apart[one.index : one.index + 2] = True
        found = self._rows("jumps", 3, lambda: self._find_jumps(apart))
        flashing = [(start, end) for start, end, _ in (*self.flashes, *self.red_flashes)]  # told as such
        return tuple(
            (int(index), exposure, colour)
            for index, exposure, colour in found
            if not any(start <= self.seconds[int(index)] < end for start, end in flashing)
        )

    def _find_jumps(self, apart: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
        return [
            (index, exposure, colour)
            for index, exposure, colour in gains.jumps(self.rgb, apart, 0.02)
            if lasting.is_a_step(self.rgb, apart, index, max(abs(exposure), colour))
            and not self._shows_something_else(index)
        ]

    @cached_property
    def shake(self) -> NDArray[np.float32]:
        """Shaking around each picture as a share of the width; nan where it cannot be told."""
        found: NDArray[np.float32] = self._measured.readings.of("shake", self._find_shake)
        return found

    def _find_shake(self) -> NDArray[np.float32]:
        motion = self._measured.meters["motion"]
        kept = np.ones(self.picture.frames, np.bool_)
        for one in self.odd:
            kept[one.index : one.index + 2] = False
        for start, end in self.freezes(0):
            kept[start : end + 1] = False
        # A stray, repeated or missing picture is a stutter and no shaking: the path goes on evenly over it.
        places = np.arange(self.picture.frames)
        x, y = (np.interp(places, places[kept], np.asarray(motion[way], np.float64)[kept]) for way in ("x", "y"))
        textured, agreeing = (np.where(kept, motion[name], BLOCKS) for name in ("textured", "agreeing"))
        return camera.shake(x, y, textured, agreeing, self.cuts, self.rate)

    def _rows(self, name: str, width: int, find: Callable[[], Sequence[tuple[float, ...]]]) -> list[list[float]]:
        """A kept reading of so many numbers a row."""
        made = self._measured.readings.of(name, lambda: np.array(find(), np.float64).reshape(-1, width))
        rows: list[list[float]] = made.tolist()
        return rows

    @cached_property
    def phases(self) -> NDArray[np.float64]:
        """How far apart in time odd and even lines of each second are, as a share of a picture; nan where nothing tells."""
        return combing.phases(self._measured.meters["comb"], self.seconds)

    @cached_property
    def returns(self) -> tuple[scenes.Mismatch, ...]:
        """Shots that come back to a scene, with the difference of their colours."""
        found = self._rows(
            "returns",
            4,
            lambda: [(m.first, m.second, m.colour, m.exposure) for m in scenes.returns(self.rgb, self.starts)],
        )
        return tuple(scenes.Mismatch(int(a), int(b), colour, exposure) for a, b, colour, exposure in found)

    @cached_property
    def flashes(self) -> tuple[tuple[float, float, int], ...]:
        """Stretches with more than three general flashes in a second: (start, end, flashes)."""
        found = self._rows("flashes", 3, lambda: flashes.general(self.rgb, self.seconds))
        return tuple((start, end, int(count)) for start, end, count in found)

    @cached_property
    def red_flashes(self) -> tuple[tuple[float, float, int], ...]:
        """Stretches with more than three red flashes in a second: (start, end, flashes)."""
        found = self._rows("red flashes", 3, lambda: flashes.red(self.rgb, self.seconds))
        return tuple((start, end, int(count)) for start, end, count in found)

    def freezes(self, least: float) -> tuple[tuple[int, int], ...]:
        """Pictures (first, one past the last) that stand still for at least `least` seconds, with motion on both sides within
        the same shot; a film that hardly moves anyway (slides) has none.

        How a film that is stuck is told from a hand that pauses stands in `media/freezes.py`.
        """
        return tuple((start, end) for start, end in self._stuck if float(self.time(end) - self.time(start)) >= least)

    @cached_property
    def _stuck(self) -> list[tuple[int, int]]:
        alone = np.asarray(self._measured.meters["coding"]["kind"]) == INTRA
        return freezes.freezes(self.changes, alone, self.cuts, self.rate)

    def blacks(self, least: float) -> tuple[tuple[int, int], ...]:
        """Pictures (first, one past the last) that are black for at least `least` seconds, but for the film's two ends."""
        dark = self.changes.mean < (12 if self.picture.full_range else 26)
        found = self.stretches(dark & (self.changes.spread < 4), least)
        return tuple((start, end) for start, end in found if start > 0 and end < self.picture.frames)

    @cached_property
    def tint(self) -> NDArray[np.float32]:
        """How much redder than blue each picture is as a whole: half the logarithm of the ratio, in per cent."""
        whole = np.clip(self.rgb.mean(axis=1), 4, None)
        found: NDArray[np.float32] = (50 * np.log(whole[:, 0] / whole[:, 2])).astype(np.float32)
        return found

    @cached_property
    def cast(self) -> tuple[float, float] | None:
        """Where the film's neutral point lies: logarithms of red and blue against green, of the middle shot by time.

        None where less than four fifths of the film show anything grey, or lean the same way.
        """
        found = self._rows("cast", 2, lambda: [] if (lean := self._find_cast()) is None else [lean])
        return (found[0][0], found[0][1]) if found else None

    def _find_cast(self) -> tuple[float, float] | None:
        leans = [
            (float(span.seconds), lean)
            for (start, end), span in zip(
                zip(self.starts, (*self.cuts, self.picture.frames), strict=True), self.shots, strict=True
            )
            if (lean := scenes.neutral_point(self.rgb[start:end])) is not None
        ]
        total = sum(float(span.seconds) for span in self.shots)
        if not leans or sum(weight for weight, _ in leans) < 0.8 * total:
            return None
        middle = [_weighted_median([(weight, lean[axis]) for weight, lean in leans]) for axis in (0, 1)]
        main = 0 if abs(middle[0]) >= abs(middle[1]) else 1
        same = sum(weight for weight, lean in leans if lean[main] * middle[main] > 0)
        return (middle[0], middle[1]) if same >= 0.8 * total else None

    @cached_property
    def moving_share(self) -> float:
        """Mean share of the blocks that change by more than a code from picture to picture: little before a talking head or
        slides, much in a demonstration. A hint for the role, no verdict.
        """
        return float((self.changes.one[1:] > 1).mean()) if self.picture.frames > 1 else 0.0

    def stretches(self, where: NDArray[np.bool_], least: float, *, join: float = 0) -> tuple[tuple[int, int], ...]:
        """Runs of pictures where something holds, (first, one past the last), at least `least` seconds long.

        Runs less than `join` seconds apart count as one.
        """
        edges = np.flatnonzero(np.diff(np.concatenate([[0], where.astype(np.int8), [0]])))
        runs: list[tuple[int, int]] = []
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if runs and float(self.time(start) - self.time(runs[-1][1])) < join:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return tuple(run for run in runs if float(self.time(run[1]) - self.time(run[0])) >= least)

    def time(self, index: int) -> Fraction:
        """Exact presentation time of a picture, or of the end."""
        return max(Fraction(0), self._measured.time(index))

    def span(self, start: int, end: int) -> Span:
        """From one picture to before another, in exact time."""
        begin = self.time(start)
        return Span(begin, max(begin, self.time(end)))

    def curve(
        self, name: str, values: NDArray[np.floating], *, unit: str = "", limit: float | None = None,
        marks: tuple[Span, ...] = (), around: Span | None = None,
    ) -> Curve:  # fmt: skip
        """A curve of one value a picture, thinned to its maxima, of the whole film or of what lies around a span."""
        first, last = 0, len(values)
        if around is not None:
            margin = max(2.0, float(around.seconds))
            first = int(np.searchsorted(self.seconds, float(around.start) - margin))
            last = max(first + 1, int(np.searchsorted(self.seconds, float(around.end) + margin)))
        held = np.asarray(values[first:last], np.float64)
        each = max(1, -(-len(held) // CURVE_POINTS))
        padded = np.concatenate([held, np.full(-len(held) % each, np.nan)]).reshape(-1, each)
        known = ~np.isnan(padded).all(axis=1)
        peaks = np.where(known, np.max(np.where(np.isnan(padded), -np.inf, padded), axis=1), 0)
        shown = tuple(round(float(peak), 4) if is_known else None for peak, is_known in zip(peaks, known, strict=True))
        return Curve(
            name,
            self.time(first),
            Fraction(each) / Fraction(self.rate).limit_denominator(1001),
            shown,
            unit,
            limit,
            marks,
        )


def watching(measurement: Measurement | None) -> Watching | None:
    """What can be told of a measurement's picture; None where there is none or it was measured by the cheap set."""
    if measurement is None or measurement.passed.picture is None:
        return None
    if not measurement.has(METERS):
        return None
    return Watching(measurement)


def _weighted_median(values: list[tuple[float, float]]) -> float:
    ordered = sorted(values, key=lambda pair: pair[1])
    half, seen = sum(weight for weight, _ in ordered) / 2, 0.0
    for weight, value in ordered:
        seen += weight
        if seen >= half:
            return value
    return ordered[-1][1]
