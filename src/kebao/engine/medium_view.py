"""Pictures of one medium for `kebao media`: the course of its light, and its captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import PurePosixPath

import numpy as np

from kebao.media.curves import curve_of
from kebao.media.measurement import Measurement
from kebao.model.finding import Curve
from kebao.model.location import Span
from kebao.model.medium import CaptionsSeen
from kebao.subjects.course import Timed

_JOINED = Fraction(1, 2)


def picture_curves(measured: Measurement, span: Span) -> tuple[Curve, ...]:
    """The light of the picture in per cent from black to white."""
    picture, light = measured.passed.picture, measured.meters.get("light", {})
    if picture is None or "mean" not in light:
        return ()
    black, white = (0.0, 255.0) if picture.full_range else (16.0, 235.0)
    percent = np.clip((light["mean"].astype(np.float64) - black) / (white - black) * 100, 0, 100)
    seconds = measured.ticks * float(picture.base)
    return (curve_of("light", seconds, percent, span, hold=True, unit="%", digits=1),)


def captions_seen(medium: Timed, speech: tuple[Span, ...] | None) -> tuple[CaptionsSeen, ...]:
    """Captions that can be read, each with the share of the speech that it covers; `speech` is None where not measured."""
    found = []
    for track in medium.captions:
        spans = [Span(cue.start, cue.end) for cue in track.cues if 0 <= cue.start <= cue.end]
        if not spans:
            continue
        stretches = joined(spans, _JOINED)
        name = PurePosixPath(track.path).name if not track.number else f"#{track.number}"
        covered = None
        if speech:
            spoken = sum((span.seconds for span in speech), Fraction(0))
            covered = overlap(speech, stretches) / spoken if spoken else None
        found.append(CaptionsSeen(name, track.language, len(track.cues), stretches, covered))
    return tuple(found)


def joined(spans: Iterable[Span], gap: Fraction) -> tuple[Span, ...]:
    """Spans in order, those closer than `gap` seconds as one."""
    made: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if made and span.start - made[-1].end < gap:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return tuple(made)


def overlap(some: Sequence[Span], others: Sequence[Span]) -> Fraction:
    """Seconds that lie in both; each sorted and without overlaps of its own."""
    total, place = Fraction(0), 0
    for one in some:
        while place < len(others) and others[place].end <= one.start:
            place += 1
        for other in others[place:]:
            if other.start >= one.end:
                break
            total += min(one.end, other.end) - max(one.start, other.start)
    return total
