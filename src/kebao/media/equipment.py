"""What this installation of PyAV is and can decode, for `kebao doctor`."""

from __future__ import annotations

import av

NEEDED_DECODERS = ("h264", "hevc", "aac", "mp3", "opus")
"""Without one of these, packages as suppliers make them cannot be measured."""


def version() -> str:
    """Version of PyAV."""
    return str(av.__version__)


def decoders_missing() -> tuple[str, ...]:
    """Names of needed decoders that this build lacks, in order."""
    return tuple(name for name in NEEDED_DECODERS if name not in av.codecs_available)
