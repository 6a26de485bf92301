"""Media of a package as prints, and how a match between two of them is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kebao.media.fingerprint.matching import Kind, Pool
from kebao.media.fingerprint.prints import Print, print_of
from kebao.model.location import Span
from kebao.model.text import Text
from kebao.subjects.course import Package, Timed

WHAT: dict[Kind, Text] = {
    "both": Text(zh="画面和声音", en="picture and sound"),
    "picture": Text(zh="画面", en="picture"),
    "sound": Text(zh="声音", en="sound"),
}


def medium_print(medium: Timed) -> Print | None:
    """Its prints; None where it was not measured."""
    measurement = medium.measurement
    return None if measurement is None else print_of(float(medium.seconds or 0), measurement.meters)


def timed(package: Package) -> tuple[Timed, ...]:
    """Videos, recordings and animations, in the manifest's order."""
    return tuple(resource for resource in package.resources if isinstance(resource, Timed))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A medium that is the same as an earlier one.

    Attributes:
        what: whether picture, sound or both are the same.
        share: of the shorter one.
        here, there: the longest stretch, in the medium and in the earlier one.
        certain: whether picture and sound are the same, or the one that both have where neither has the other.
    """

    medium: Timed
    earlier: Timed
    what: Kind
    share: float
    here: Span
    there: Span
    certain: bool


def repeats(package: Package, least_share: float) -> Iterator[Repeat]:
    """Every pair of measured media that are the same, the later one's order first."""
    known = [(medium, made) for medium in timed(package) if (made := medium_print(medium)) is not None]
    pool = Pool([made for _, made in known])
    for place, (medium, made) in enumerate(known):
        found = {match.other: match for match in pool.matches(made, least_share=least_share)}
        for number, (earlier, other) in enumerate(known[:place]):
            if _same_bytes(medium, earlier):
                whole = span_of(0, made.seconds, made.seconds)
                yield Repeat(medium, earlier, "both", 1.0, whole, whole, certain=True)
            elif match := found.get(number):
                long = match.longest
                here = span_of(long.here, long.length, made.seconds)
                there = span_of(long.there, long.length, other.seconds)
                certain = _is_certain(match.kind, made, other)
                yield Repeat(medium, earlier, match.kind, match.share, here, there, certain)


def _is_certain(kind: Kind, one: Print, other: Print) -> bool:
    silent = not len(one.codes) and not len(other.codes)
    unseen = one.scenes is None and other.scenes is None
    return kind == "both" or (kind == "picture" and silent) or (kind == "sound" and unseen)


def span_of(start: float, length: float, seconds: float) -> Span:
    """A stretch as a span inside the medium, to the hundredth of a second."""
    first = min(max(0.0, start), seconds)
    last = min(max(first, start + length), seconds)
    return Span(Fraction(round(first * 100), 100), Fraction(round(last * 100), 100))


def _same_bytes(one: Timed, other: Timed) -> bool:
    digest = one.package.facts.digest
    return one.entry.path == other.entry.path or (
        digest(one.entry.path) != "" and digest(one.entry.path) == digest(other.entry.path)
    )
