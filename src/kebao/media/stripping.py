"""A medium without the words that its container carries beside picture and sound: title, author, place, the maker's name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import av

from kebao.media.opened import opened

_HARMLESS = frozenset(
    [
        "major_brand",
        "minor_version",
        "compatible_brands",
        "creation_time",
        "encoder",
        "handler_name",
        "vendor_id",
        "language",
        "duration",
        "bps",
        "number_of_frames",
        "number_of_bytes",
        "_statistics_writing_app",
        "_statistics_writing_date_utc",
        "_statistics_tags",
    ]
)
"""Keys that tell of programs and dates, not of people. A handler's name is written anew by every program."""


def words_carried(stream: BinaryIO) -> dict[str, str]:
    """Words that a container and its tracks carry, by key in lower case; those of programs left out.

    Raises:
        KebaoError: no medium that can be opened.
    """
    with opened(stream) as container:
        tags = [container.metadata, *(track.metadata for track in container.streams)]
        return {
            key.lower(): value
            for tag in tags
            for key, value in tag.items()
            if value.strip() and key.lower().partition("-")[0] not in _HARMLESS
        }


def strip(stream: BinaryIO, to: Path) -> None:
    """Write the first picture and first sound into an MP4 without any such words; nothing is encoded anew.

    Args:
        stream: seekable bytes of an MP4 (H.264, AAC …).
        to: a new file.

    Raises:
        KebaoError: no medium that can be opened.
        av.FFmpegError: a track that cannot be copied as it is.
    """
    with opened(stream) as source, av.open(str(to), "w", format="mp4", options={"movflags": "+faststart"}) as made:
        tracks = [*source.streams.video[:1], *source.streams.audio[:1]]
        copies = {track.index: made.add_stream_from_template(track) for track in tracks}
        for copy in copies.values():
            copy.metadata.clear()
        made.metadata.clear()
        for packet in source.demux(*tracks):
            if packet.dts is None:
                continue
            packet.stream = copies[packet.stream_index]
            made.mux(packet)
