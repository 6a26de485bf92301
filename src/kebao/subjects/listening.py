"""What is heard in a medium: the readings of the sound meters on exact times. Everything is worked out when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.background import PauseWindow, noisy_runs, pause_windows
from kebao.media.hearing.balance import Balance, find_balance
from kebao.media.hearing.clipping import Clipped, find_clipping
from kebao.media.hearing.hum import STRIDE, Hum, find_hum
from kebao.media.hearing.levels import integrated_loudness, loudness_range, smoothed, together
from kebao.media.hearing.silence import dropouts
from kebao.media.hearing.steps import Step, Swing, find_steps, find_swing
from kebao.media.hearing.timeline import HOPS_A_SECOND, Timeline, closed, runs
from kebao.media.hearing.voice import Voice, band_levels, find_voice
from kebao.media.measurement import Measurement
from kebao.media.meter import Arrays
from kebao.media.meters.hops import HOP_SECONDS
from kebao.media.meters.loudness import BALANCE_STEP
from kebao.media.readings import Readings
from kebao.model.finding import CURVE_POINTS, Curve
from kebao.model.location import Span

_SPEECH_SECONDS = 3
"""Seconds of words from which a medium counts as spoken."""
_NEEDED = ("loudness", "peaks", "bands", "mains", "spoken")


class Listening:
    """Sound of one medium. Hops are 20 ms; levels are dB of full scale, loudness is LUFS."""

    def __init__(self, meters: Mapping[str, Arrays], readings: Readings | None = None) -> None:
        self._meters, self._readings = meters, readings or Readings()

    @cached_property
    def hops(self) -> int:
        """How many there are."""
        counted = self._readings.of(
            "hops",
            lambda: np.array([min(len(self._meters["loudness"]["loudness"]), len(self._meters["bands"]["pitch"]))]),
        )
        return int(counted[0])

    @cached_property
    def timeline(self) -> Timeline:
        """When each hop is."""
        return Timeline(self._readings.of("stretches", lambda: self._meters["loudness"]["stretches"]), self.hops)

    @classmethod
    def of(cls, measurement: Measurement | None) -> Listening | None:
        """The sound of a measurement; None where it has none or was measured by the cheap set alone."""
        if measurement is None or not measurement.has(_NEEDED):
            return None
        return cls(measurement.meters, measurement.readings)

    @cached_property
    def loudness(self) -> NDArray[np.float32]:
        """K-weighted loudness of each hop in LUFS, (hops,)."""
        return self._meters["loudness"]["loudness"][: self.hops].astype(np.float32)

    @cached_property
    def level(self) -> NDArray[np.float32]:
        """Level of each hop, (hops,)."""
        return self._meters["loudness"]["level"][: self.hops].astype(np.float32)

    @cached_property
    def true_peak(self) -> NDArray[np.float32]:
        """True peak of each hop in dBTP, (hops,)."""
        return self._meters["peaks"]["true_peak"][: self.hops].astype(np.float32)

    @cached_property
    def balance(self) -> NDArray[np.int8]:
        """First channel above the second, see the loudness meter; empty for one channel."""
        return self._meters["loudness"]["balance"][: self.hops]

    @cached_property
    def correlation(self) -> NDArray[np.int8]:
        """Correlation of the channels in hundredths; empty for one channel."""
        return self._meters["loudness"]["correlation"][: self.hops]

    @cached_property
    def voice(self) -> Voice:
        """Where somebody speaks."""
        found: list[Voice] = []

        def part(name: str) -> NDArray[Any]:
            if not found:
                found.append(find_voice(self._meters["bands"]["bands"][: self.hops]))
            return np.asarray(getattr(found[0], name))

        return Voice(
            *(self._readings.of(f"voice {name}", partial(part, name)) for name in ("likely", "active", "level"))
        )

    @property
    def is_spoken(self) -> bool:
        """Whether there is speech enough to compare anything with."""
        return int(self.voice.active.sum()) >= _SPEECH_SECONDS * HOPS_A_SECOND

    def speech(self, pause: Fraction) -> tuple[Span, ...]:
        """Stretches in which somebody speaks; pauses shorter than so many seconds belong to them."""
        spoken = closed(self.voice.active, int(pause / HOP_SECONDS))
        return tuple(self.span(first, end) for first, end in runs(spoken))

    @cached_property
    def speech_level(self) -> float:
        """Level of the speech where it sounds."""
        return together(self.level[self.voice.active])

    @cached_property
    def speech_loudness(self) -> float:
        """Loudness of the speech where it sounds, in LUFS."""
        return together(self.loudness[self.voice.active])

    @cached_property
    def integrated_loudness(self) -> float | None:
        """Loudness of the whole in LUFS (BS.1770-4)."""
        return integrated_loudness(self.loudness)

    @cached_property
    def loudness_range(self) -> float | None:
        """Loudness range of the whole in LU (EBU Tech 3342)."""
        return loudness_range(self.loudness)

    @cached_property
    def hum(self) -> tuple[Hum, ...]:
        """Stretches of mains hum."""
        rows = self._readings.of("hum", lambda: np.array([astuple(hum) for hum in self._found_hum[0]], np.float64))
        return tuple(
            Hum(int(first), int(end), int(mains), level, bool(even))
            for first, end, mains, level, even in rows.reshape(-1, 5).tolist()
        )

    @cached_property
    def _found_hum(self) -> tuple[tuple[Hum, ...], NDArray[np.float32]]:
        return find_hum(self._meters["mains"]["amplitude"], self._meters["mains"]["phase"])

    @cached_property
    def pause_windows(self) -> tuple[PauseWindow, ...]:
        """Speech against its pauses, window by window."""
        return tuple(pause_windows(self.level, self._meters["bands"]["pitch"][: self.hops], self.voice))

    @cached_property
    def hum_curve(self) -> NDArray[np.float32]:
        """Level of the comb of the mains at each hop; nan where there is none."""
        levels = self._readings.of("hum levels", lambda: self._found_hum[1])
        return np.repeat(levels, STRIDE)[np.minimum(np.arange(self.hops), len(levels) * STRIDE - 1)]

    @cached_property
    def dropouts(self) -> tuple[tuple[int, int], ...]:
        """Holes in running sound, as hops."""
        return tuple(dropouts(self.level))

    @cached_property
    def speech_peak(self) -> float:
        """Peak that the loudest words usually reach: the 95th percentile of each second's highest peak while somebody speaks."""
        spoken = np.where(self.voice.active, self.true_peak, -np.inf)
        rows = len(spoken) // HOPS_A_SECOND
        seconds = spoken[: rows * HOPS_A_SECOND].reshape(rows, -1).max(axis=1) if rows else spoken
        heard = seconds[np.isfinite(seconds)]
        return float(np.percentile(heard, 95)) if heard.size else -140.0

    @cached_property
    def speech_balance(self) -> Balance | None:
        """Speech against what sounds behind it; None where there are too few words, or pauses."""
        spoken, kept = self._meters["spoken"]["spoken"], self._meters["bands"]
        bands = band_levels(kept["bands"][: self.hops])
        return find_balance(self.loudness, bands, spoken[: self.hops], kept["pitch"][: self.hops])

    def clipping(self, *, at_full_scale: int, broad_share: float, broad_factor: float) -> tuple[Clipped, ...]:
        """Stretches of cut peaks, see `kebao.media.hearing.clipping.find_clipping`."""
        peaks = self._meters["peaks"]
        return find_clipping(
            peaks["high"][: self.hops * 4], peaks["low"][: self.hops * 4], peaks["fullness"][: self.hops],
            at_full_scale=at_full_scale, broad_share=broad_share, broad_factor=broad_factor,
        )  # fmt: skip

    def steps(self, *, least_lu: float) -> tuple[Step, ...]:
        """Jumps of the level, see `kebao.media.hearing.steps.find_steps`."""
        return find_steps(
            self.loudness, band_levels(self._meters["bands"]["bands"][: self.hops]), self.voice, least_lu=least_lu
        )

    def swing(self, *, seconds: int) -> Swing | None:
        """How far apart the loudness of the words lies, see `kebao.media.hearing.steps.find_swing`."""
        return find_swing(self.loudness, self.voice, seconds)

    def noisy_runs(self, *, least_db: float, steady_db: float) -> list[tuple[int, int, float]]:
        """Stretches of steady noise, see `kebao.media.hearing.background.noisy_runs`."""
        return noisy_runs(list(self.pause_windows), least_db=least_db, steady_db=steady_db)

    def signal_to_noise(self, *, steady_db: float) -> float | None:
        """dB of speech over the steady floor of its pauses: the median of all windows free of hum; None where there is none."""
        free = [
            window.speech - window.floor
            for window in self.pause_windows
            if window.spread < steady_db and not any(h.first < window.end and window.first < h.end for h in self.hum)
        ]
        return float(np.median(free)) if free else None

    def channels_apart(self, first: int, end: int) -> float:
        """dB of the first channel over the second in some hops."""
        return float(np.median(self.balance[first:end].astype(np.float32))) * BALANCE_STEP

    def span(self, first: int, end: int) -> Span:
        """Exact time of some hops."""
        return self.timeline.span(first, min(end, self.hops))

    def curve(
        self,
        name: str,
        values: NDArray[np.floating],
        *,
        unit: str,
        limit: float | None = None,
        marks: Iterable[Span] = (),
    ) -> Curve:
        """Values of the hops as a curve of at most `CURVE_POINTS`, each the mean of what it stands for; silence is left out."""
        sums = np.bincount(self._bins[known := _drawn(values)], weights=values[known], minlength=self._points)
        numbers = np.bincount(self._bins[known], minlength=self._points)
        return self._drawn(name, sums / np.maximum(numbers, 1), numbers > 0, unit, limit, marks)

    def highest_curve(
        self,
        name: str,
        values: NDArray[np.floating],
        *,
        unit: str,
        limit: float | None = None,
        marks: Iterable[Span] = (),
    ) -> Curve:
        """As `curve`, with the highest of the values that each point stands for."""
        highest = np.full(self._points, -np.inf)
        np.maximum.at(highest, self._bins[known := _drawn(values)], values[known])
        return self._drawn(name, highest, np.isfinite(highest), unit, limit, marks)

    def _drawn(
        self,
        name: str,
        values: NDArray[np.floating],
        known: NDArray[np.bool_],
        unit: str,
        limit: float | None,
        marks: Iterable[Span],
    ) -> Curve:
        shown = tuple(round(float(v), 1) if k else None for v, k in zip(values, known, strict=True))
        start = max(Fraction(0), self.timeline.at(0))
        return Curve(name, start, HOP_SECONDS * self._hops_each, shown, unit=unit, limit=limit, marks=tuple(marks))

    def loudness_curve(self, *, limit: float | None = None, marks: Iterable[Span] = ()) -> Curve:
        """Momentary loudness (400 ms) as a curve."""
        return self.curve("loudness", smoothed(self.loudness, 20), unit="LUFS", limit=limit, marks=marks)

    @cached_property
    def _hops_each(self) -> int:
        """Hops that a point of a curve stands for."""
        return max(1, -(-(int(self._clock[-1]) + 1) // CURVE_POINTS)) if self.hops else 1

    @cached_property
    def _bins(self) -> NDArray[np.int64]:
        """Point of a curve to which each hop belongs, (hops,)."""
        return np.asarray(self._clock // self._hops_each, np.int64)

    @property
    def _points(self) -> int:
        return int(self._bins[-1]) + 1 if self.hops else 0

    @cached_property
    def _clock(self) -> NDArray[np.int64]:
        """Hops since the start of the sound by presentation time, (hops,): gaps between stretches count."""
        clock = np.arange(self.hops, dtype=np.int64)
        start = self.timeline.at(0)
        for first, numerator, denominator in self.timeline.stretches.tolist():
            shift = (Fraction(numerator, denominator) - start) / HOP_SECONDS
            clock[first:] = np.arange(self.hops - first) + round(shift)
        return np.maximum.accumulate(np.maximum(clock, 0))


def _drawn(values: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Values worth drawing: neither unknown nor silence."""
    return np.asarray(np.isfinite(values) & (values > -100))
