"""Which of many known media show or sound the same as one, where, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kebao.media.fingerprint.prints import Print
from kebao.media.fingerprint.same_picture import ScenePool, same_picture
from kebao.media.fingerprint.same_sound import CodePool, same_sound
from kebao.media.fingerprint.spans import Shared, covered

Kind = Literal["picture", "sound", "both"]


@dataclass(frozen=True, slots=True)
class Match:
    """One medium found again in another.

    Attributes:
        other: index of the other medium in the pool.
        kind: whether the picture, the sound, or both are the same over the share that was asked for.
        share: of the shorter medium, 0 to 1, that is found again (by the one that covers more, where both are the same).
        stretches: what is shared, in order of our time, from picture or sound as `share` is.
    """

    other: int
    kind: Kind
    share: float
    stretches: tuple[Shared, ...]

    @property
    def longest(self) -> Shared:
        """The longest stretch."""
        return max(self.stretches, key=lambda stretch: stretch.length)


class Pool:
    """Known media, laid out once for many searches."""

    def __init__(self, known: Sequence[Print]) -> None:
        self._known = known
        self._scenes, self._codes = ScenePool(known), CodePool(known)

    def matches(self, one: Print, *, least_share: float) -> list[Match]:
        """Media of which picture or sound is found again over at least a share of the shorter one, in order of the pool.

        What two courses have in common without being the same (an opening, a tune) covers less and is no match.
        """
        known = self._known
        seen = {other: same_picture(one, known[other], crop) for other, crop in self._scenes.candidates(one)}
        heard = {other: same_sound(one, known[other], shifts) for other, shifts in self._codes.candidates(one)}
        found = []
        for other in sorted(seen.keys() | heard.keys()):
            shorter = min(one.seconds, known[other].seconds)
            parts = {"picture": seen.get(other, []), "sound": heard.get(other, [])}
            shares = {kind: _share(stretches, shorter) for kind, stretches in parts.items()}
            enough = [kind for kind, share in shares.items() if share >= least_share]
            if enough:
                best = max(enough, key=lambda kind: shares[kind])
                kind: Kind = "both" if len(enough) == 2 else "picture" if enough == ["picture"] else "sound"
                found.append(Match(other, kind, shares[best], tuple(parts[best])))
        return found


def _share(stretches: Sequence[Shared], shorter: float) -> float:
    """Share of the shorter medium; a stretch used twice counts once, on the side where it covers less."""
    here = covered((stretch.here, stretch.length) for stretch in stretches)
    there = covered((stretch.there, stretch.length) for stretch in stretches)
    return min(1.0, min(here, there) / shorter) if shorter > 0 else 0.0
