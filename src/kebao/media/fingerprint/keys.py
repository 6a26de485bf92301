"""A few numbers of a print by which a table of many finds the ones worth comparing.

Keys are chosen by their own value alone, so two media with a stretch in common choose the same ones in it: of all codes of
the sound and all neighbouring pairs of sixteenths of the scenes' hashes those whose hash is small, and of a short medium at
least `LEAST` of each. A shared key says nothing by itself; the prints are then compared.

A key stands for 32 bits: with half codes or single sixteenths (20 bits) the keys of ten thousand lectures would all be
everybody's. Of the codes of real clips encoded anew and trimmed within a step 7 % at least, 85 % in the middle, come out the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.pdq import BYTES
from kebao.media.fingerprint.prints import Print
from kebao.media.fingerprint.same_sound import telling_codes

SAMPLED = 32
"""One in so many is kept of a long medium: of 25 minutes about 400 of its sound."""
LEAST = 192
MOST = 2000
"""Keys of each kind; a medium of four hours is still found."""
_SOUND, _PICTURE = np.uint64(1) << np.uint64(60), np.uint64(2) << np.uint64(60)
_PLACES = BYTES // 2


def keys_of(one: Print) -> list[int]:
    """Its keys, each once, below 2 to the power of 63, rising."""
    sound = telling_codes(one).astype(np.uint64) | _SOUND
    picture = np.zeros(0, np.uint64)
    if one.scenes is not None:
        whole = np.ascontiguousarray(one.scenes.hashes[one.scenes.telling, 0]).view(np.uint16).astype(np.uint64)
        pairs = whole | (np.roll(whole, -1, axis=1) << np.uint64(16))
        picture = (pairs | _PICTURE | (np.arange(_PLACES, dtype=np.uint64) << np.uint64(40))).ravel()
    return sorted(_sampled(sound) + _sampled(picture))


def _sampled(keys: NDArray[np.uint64]) -> list[int]:
    """The small ones, hashed: of many one in `SAMPLED`, of few at least `LEAST`."""
    hashed = np.unique(_mixed(keys))
    few = int(np.searchsorted(hashed, np.uint64(2**64 // SAMPLED)))
    return [int(key >> np.uint64(1)) for key in hashed[: min(MOST, max(few, LEAST))]]


def _mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64: every bit depends on all."""
    mixed = keys.copy()
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), np.uint64)
