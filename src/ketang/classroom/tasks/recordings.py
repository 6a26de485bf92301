"""Recordings that people send: known by their first bytes, and handed out as nothing but sound."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kebao.archive.sniff import HEAD_BYTES, sniff
from ketang.platform.refusal import Refused

MOST_BYTES = 30 << 20
"""Half an hour as telephones record."""
TYPES = {
    "mp4": "audio/mp4", "mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg", "aac": "audio/aac",
    "flac": "audio/flac", "matroska": "audio/webm",
}  # fmt: skip
"""What browsers play as sound, by what the bytes are; the file's name and what the browser says of it count for nothing."""


def recording_type(content: bytes, *, field: str) -> str:
    """The type under which it is handed out; empty for what is no recording at all.

    Raises:
        Refused: a recording that is too large.
    """
    kind = TYPES.get(sniff(content[:HEAD_BYTES]), "")
    if kind and len(content) > MOST_BYTES:
        raise Refused(_("录音太大：最多 30 MB，大约半小时。请分成几段，或者录短一些。"), field=field)
    return kind
