"""The sound of one medium as reports draw it: loudness and peaks along its time, single values, speech, the spectrum."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kebao.engine.medium_view import joined
from kebao.media.curves import curve_of
from kebao.media.hearing.levels import smoothed
from kebao.media.hearing.timeline import HOPS_A_SECOND, runs
from kebao.media.hearing.voice import band_levels
from kebao.media.measurement import Measurement
from kebao.media.meters import bands, mains
from kebao.model.finding import CURVE_POINTS, Curve, Measured
from kebao.model.location import Span
from kebao.model.medium import Spectrum, Tone
from kebao.subjects.listening import Listening

_PAUSE = Fraction(1)
_MOMENTARY = 20
"""Hops: the 400 ms of momentary loudness (EBU Tech 3341)."""
_SILENCE_DB = -100.0
_TONES_MOST = 8
_QUIET = 30
"""Per cent of a hum's hops that are looked at: the quietest, in which no voice covers it."""
_TONE_BELOW_DB = 20.0
"""A harmonic that lies further below the strongest one is not drawn."""


def sound_numbers(heard: Listening) -> tuple[Measured, ...]:
    """Integrated loudness, loudness range, the highest true peak, and the loudness of the speech."""
    made = []
    if heard.integrated_loudness is not None:
        made.append(Measured("integrated", round(float(heard.integrated_loudness), 1), unit="LUFS"))
    if heard.loudness_range is not None:
        made.append(Measured("range", round(float(heard.loudness_range), 1), unit="LU"))
    if heard.hops:
        made.append(Measured("true_peak", round(float(heard.true_peak.max()), 1), unit="dBTP"))
    if heard.is_spoken:
        made.append(Measured("speech", round(float(heard.speech_loudness), 1), unit="LUFS"))
    return tuple(made)


def sound_curves(heard: Listening, span: Span) -> tuple[Curve, ...]:
    """Loudness and peak level of a stretch; silence is left out."""
    if not heard.hops:
        return ()
    seconds, audible = hop_seconds(heard), heard.loudness > _SILENCE_DB
    peaks = heard.true_peak[audible]
    peak = curve_of("peak", seconds[audible], peaks, span, how="highest", unit="dBTP", digits=1)
    return loudness_curve(heard, span), peak


def loudness_curve(heard: Listening, span: Span, points: int = CURVE_POINTS) -> Curve:
    """Momentary loudness of a stretch; silence is left out."""
    momentary = smoothed(heard.loudness, _MOMENTARY)
    audible = momentary > _SILENCE_DB
    return curve_of(
        "loudness", hop_seconds(heard)[audible], momentary[audible], span,
        how="power", unit="LUFS", digits=1, points=points,
    )  # fmt: skip


def speech_spans(heard: Listening) -> tuple[Span, ...]:
    """Where somebody speaks, pauses of less than a second left out."""
    return joined([heard.span(first, end) for first, end in runs(heard.voice.active)], _PAUSE)


def spectrum(measured: Measurement, heard: Listening, span: Span) -> Spectrum | None:
    """Mean power of a stretch by band, with the hum that was found in it."""
    seconds = hop_seconds(heard)
    inside = (seconds >= float(span.start)) & (seconds < float(span.end))
    levels = band_levels(measured.meters["bands"]["bands"][: heard.hops][inside])
    if not len(levels):
        return None
    mean = 10 * np.log10(np.mean(10 ** (levels / 10), axis=0))
    middles = np.sqrt(bands.EDGES[:-1] * bands.EDGES[1:])
    amplitude = measured.meters["mains"]["amplitude"][: heard.hops]
    tones: dict[float, float | None] = {}
    for hum in heard.hum:
        first, end = hum.first, min(hum.end, heard.hops)
        if inside[first:end].any():
            quiet = inside[first:end] & (heard.level[first:end] <= np.percentile(heard.level[first:end], _QUIET))
            tones |= _tones(hum.mains, amplitude[first:end][quiet])
    return Spectrum(
        tuple(round(float(middle), 1) for middle in middles),
        tuple(round(float(level), 1) for level in mean),
        tuple(Tone(hertz, level) for hertz, level in sorted(tones.items())),
    )


def hop_seconds(heard: Listening) -> NDArray[np.float64]:
    """When each hop begins, in seconds, (hops,)."""
    seconds = np.zeros(heard.hops)
    for first, numerator, denominator in heard.timeline.stretches.tolist():
        count = heard.hops - first
        if count > 0:
            seconds[first:] = numerator / denominator + np.arange(count) / HOPS_A_SECOND
    return np.asarray(np.maximum.accumulate(seconds))


def _tones(frequency: int, amplitude: NDArray[np.uint8]) -> dict[float, float | None]:
    """The harmonics that stand out, with their levels; those of 60 Hz lie between the meter's and have none."""
    if frequency != 50 or not len(amplitude):
        return {float(frequency * number): None for number in (1, 2, 3)}
    power = 10 ** ((amplitude.astype(np.float64) * mains.STEP_DB + mains.BOTTOM_DB) / 10) / 2
    levels = 10 * np.log10(np.median(power, axis=0))
    strongest = np.argsort(-levels)[:_TONES_MOST]
    kept = sorted(int(place) for place in strongest if levels[place] >= levels.max() - _TONE_BELOW_DB)
    return {50.0 * (place + 1): round(float(levels[place]), 1) for place in kept}
