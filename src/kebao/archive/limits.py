"""How much a stranger's file may ask of this machine. Every number can be changed; messages name it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults of the design (package-format, “Hostile input”). An honest course of 20 hours is about 10 GB.

    Attributes:
        unpacked_bytes: all files together, unpacked; the largest possible single file too.
        disk_reserve_bytes: what must stay free on the disk when something is unpacked onto it (see `room`).
        ratio: unpacked ÷ packed bytes, for one entry and for the whole, once `ratio_grace_bytes` are exceeded.
        ratio_grace_bytes: unpacked size up to which the ratio is not looked at.
        entries: files and folders in one archive or folder, junk included.
        depth: components of one path.
        path_chars: characters of one path.
        name_bytes: UTF-8 bytes of one component; 255 is what common file systems store.
        xml_bytes, xml_depth, xml_nodes: size of one XML text, nesting, elements and attributes together.
        image_pixels: width × height of one picture.
        member_bytes: largest file that is read into memory whole.
    """

    unpacked_bytes: int = 64 * GIB
    disk_reserve_bytes: int = 2 * GIB
    ratio: int = 100
    ratio_grace_bytes: int = 10 * MIB
    entries: int = 20_000
    depth: int = 32
    path_chars: int = 240
    name_bytes: int = 255
    xml_bytes: int = 20 * MIB
    xml_depth: int = 200
    xml_nodes: int = 1_000_000
    image_pixels: int = 50_000_000
    member_bytes: int = 64 * MIB

    def room(self, folder: Path) -> int:
        """Bytes that may be unpacked into `folder`: the limit, and never more than the free disk less the reserve.

        Raises:
            OSError: the folder is not there.
        """
        return max(0, min(self.unpacked_bytes, shutil.disk_usage(folder).free - self.disk_reserve_bytes))

    def bloats(self, unpacked: int, packed: int) -> bool:
        """Whether `unpacked` bytes out of `packed` bytes are more than the ratio allows."""
        return unpacked > self.ratio_grace_bytes and unpacked > self.ratio * packed
