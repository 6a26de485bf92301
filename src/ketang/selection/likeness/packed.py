"""A print as bytes in the store, and back."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from kebao.media.fingerprint.prints import Print, Scenes
from ketang.platform.storage.reading import read_whole


def packed(made: Print) -> bytes:
    """Its arrays, compressed."""
    arrays: dict[str, Any] = {"seconds": np.array([made.seconds]), "codes": made.codes, "steps": made.steps}
    if (scenes := made.scenes) is not None:
        arrays |= {
            "ticks": scenes.ticks,
            "hashes": scenes.hashes,
            "quality": scenes.quality,
            "end": np.array([scenes.end]),
        }
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def unpacked(digest: str) -> Print:
    """The print that is stored under a digest."""
    with np.load(io.BytesIO(read_whole(digest)), allow_pickle=False) as held:
        scenes = None
        if "ticks" in held:
            scenes = Scenes(held["ticks"], held["hashes"], held["quality"], int(held["end"][0]))
        return Print(float(held["seconds"][0]), scenes, held["codes"], held["steps"])
