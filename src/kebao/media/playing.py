"""What browsers play: Chromium, Firefox and Safari of today, by container and codec."""

from __future__ import annotations

from kebao.media.facts import MediaFacts

_PICTURES = {
    "mov": ("video/mp4", {"h264", "av1", "vp9"}),
    "matroska": ("video/webm", {"vp8", "vp9", "av1"}),
    "ogg": ("video/ogg", {"theora"}),
}
_SOUNDS = {
    "mov": ("audio/mp4", {"aac", "mp3", "alac"}),
    "mp3": ("audio/mpeg", {"mp3"}),
    "wav": ("audio/wav", {"pcm_s16le", "pcm_u8"}),
    "ogg": ("audio/ogg", {"vorbis", "opus"}),
    "flac": ("audio/flac", {"flac"}),
    "matroska": ("audio/webm", {"opus", "vorbis"}),
}
"""Container as FFmpeg names it → media type and codecs."""


def content_type(media: MediaFacts) -> str:
    """The media type under which a browser plays it; empty where none does."""
    known, codecs = (_PICTURES if media.video is not None else _SOUNDS).get(media.container, ("", set()))
    return known if codec(media) in codecs else ""


def codec(media: MediaFacts) -> str:
    """Codec of the picture, of the first sound where there is no picture; empty for neither."""
    if media.video is not None:
        return media.video.codec
    return media.audio[0].codec if media.audio else ""
