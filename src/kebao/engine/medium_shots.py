"""Shots of one medium for `kebao media`: their stretches, mean colours, stills, and how steady the camera stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kebao.media.curves import curve_of
from kebao.media.shot_stills import take_shot_stills
from kebao.media.store import Store
from kebao.model.finding import Curve
from kebao.model.location import Span
from kebao.model.medium import Shot
from kebao.subjects.course import Timed
from kebao.subjects.tree_facts import TreeFacts
from kebao.subjects.watching import Watching

STILLS_MOST = 24
"""Shots with a still: of more shots evenly spread ones, so that the cost does not grow with the cuts."""


def shots(medium: Timed, watched: Watching, span: Span, store: Store | None) -> tuple[Shot, ...]:
    """Every shot that lies in the span, at least in part."""
    facts, path = medium.package.facts, medium.entry.path
    assert isinstance(facts, TreeFacts)  # noqa: S101  opened from disk
    ends = (*watched.cuts, watched.picture.frames)
    found = [
        Shot(one, colour=_colour(watched, first, end))
        for one, first, end in zip(watched.shots, watched.starts, ends, strict=True)
        if one.start < span.end and one.end > span.start
    ]
    shown = spread(range(len(found)), STILLS_MOST)
    stills = take_shot_stills(
        lambda: facts.open(path), facts.digest(path), store, [found[place].span for place in shown]
    )
    for place, still in zip(shown, stills, strict=True):
        found[place] = Shot(found[place].span, still, found[place].colour)
    return tuple(found)


def steadiness(watched: Watching, span: Span) -> tuple[Curve, ...]:
    """Shaking in per cent of the picture's width; nothing where it can never be told."""
    shake = watched.shake
    known = np.isfinite(shake)
    if not known.any():
        return ()
    return (curve_of("shake", watched.seconds[known], shake[known] * 100, span, how="highest", unit="%", digits=3),)


def spread(places: Sequence[int], most: int) -> list[int]:
    """At most `most` of them, evenly spread."""
    if len(places) <= most:
        return list(places)
    return [places[number * len(places) // most] for number in range(most)]


def _colour(watched: Watching, first: int, end: int) -> str:
    mean = watched.rgb[first:end].mean(axis=(0, 1)) if end > first else np.zeros(3)
    return "#" + "".join(f"{min(255, max(0, round(float(part)))):02x}" for part in mean)
