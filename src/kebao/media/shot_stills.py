"""A small picture of each shot: a keyframe that lies in it, where there is one, since that costs one picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from kebao.media.seeking import Seeker, seeking
from kebao.media.stills import packed, still, unpacked
from kebao.media.store import Store
from kebao.model.errors import Unreadable
from kebao.model.finding import Still
from kebao.model.location import Span

VERSION = 1
"""Raised when the same shot would give another picture."""
PIXELS = 240
_NAME = "shots"
_LAST = Fraction(1, 25)


def take_shot_stills(
    opener: Callable[[], BinaryIO], digest: str, store: Store | None, spans: Sequence[Span], *, threads: int = 1
) -> tuple[Still | None, ...]:
    """A still a shot, in the order given; from the store where it was taken before.

    Args:
        opener: opens the film as a seekable stream; called only when a still is not in the store.
        digest: SHA-256 of its bytes in hex; empty when unknown, then nothing is stored.
        store: where pictures are kept, if anywhere.
        spans: the shots.
        threads: of the decoder.
    """
    known = dict((store.kept(digest, _NAME, VERSION) if store is not None and digest else None) or {})
    missing = [span for span in spans if _key(span) not in known]
    if missing:
        known |= {_key(span): np.zeros(0, np.uint8) for span in missing}
        try:
            with opener() as stream, seeking(stream, threads) as seeker:
                known |= {_key(span): _taken(seeker, span) for span in missing}
        except (Unreadable, OSError):
            pass  # a shot without a picture is still a shot
        if store is not None and digest:
            store.keep(digest, _NAME, VERSION, known)
    return tuple(unpacked("shot", known[_key(span)]) for span in spans)


def _taken(seeker: Seeker, span: Span) -> NDArray[np.generic]:
    found = _within(seeker, span)
    return np.zeros(0, np.uint8) if found is None else packed(still("", *found, seeker.pixel_aspect, PIXELS))


def _within(seeker: Seeker, span: Span) -> tuple[Fraction, av.VideoFrame] | None:
    """The keyframe before the middle of the shot, else one before its end, else the picture in its middle."""
    middle = (span.start + span.end) / 2
    for time in (middle, max(span.start, span.end - _LAST)):
        found = seeker.key_at(time)
        if found is not None and span.start <= found[0] < span.end:
            return found
    return seeker.at(middle)


def _key(span: Span) -> str:
    ends = (span.start.numerator, span.start.denominator, span.end.numerator, span.end.denominator)
    return "_".join(map(str, ends))
