"""A contact sheet: keyframes spread over a film's length in one small picture, so that the office sees what it is about to publish."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

import numpy as np
from PIL import Image

from kebao.media.preview import preview
from kebao.media.stills import jpeg

COLUMNS = 4
GAP = 4
"""Pixels between two keyframes."""
_GROUND = 245


def contact_sheet(stream: BinaryIO) -> bytes:
    """A JPEG with up to twelve keyframes in order of time, four a row; empty where none can be decoded.

    Raises:
        Unsafe, Unreadable: as `preview`.
    """
    tiles = [Image.open(BytesIO(still.jpeg)) for still in preview(stream).sheet]
    if not tiles:
        return b""
    width, height = max(tile.width for tile in tiles), max(tile.height for tile in tiles)
    columns = min(COLUMNS, len(tiles))
    rows = -(-len(tiles) // columns)
    sides = (columns * (width + GAP) - GAP, rows * (height + GAP) - GAP)
    sheet = Image.new("RGB", sides, (_GROUND,) * 3)
    for number, tile in enumerate(tiles):
        down, across = divmod(number, columns)
        sheet.paste(tile, (across * (width + GAP), down * (height + GAP)))
    return jpeg(np.asarray(sheet))
