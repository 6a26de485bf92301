"""Files of a mail as one file: the only one as it is, several as an archive in which each keeps its name."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import IO, Protocol

from ketang.platform.storage.actions import put_written
from ketang.platform.storage.reading import read

PACKED = "邮件附件.zip"
_STAMP = (1980, 1, 1, 0, 0, 0)
"""Files that were put together carry no time: the same files are the same package."""


class Kept(Protocol):
    """A file of a mail that is kept in the store."""

    @property
    def place(self) -> str:
        """Where it stands in the mail."""
        ...

    @property
    def name(self) -> str:
        """As the mail names it; may be empty."""
        ...

    @property
    def digest(self) -> str:
        """Of its bytes."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...


def whole_of(parts: Sequence[Kept]) -> tuple[str, str, int]:
    """Name, digest and size of the one file that they are. Effects: the archive of several is in the store."""
    if len(parts) == 1:
        (part,) = parts
        return part.name, part.digest, part.size
    return pack(parts)


def pack(parts: Sequence[Kept]) -> tuple[str, str, int]:
    """The files as one archive, each under its own name; a second file of a name gets a number. Effects: it is in the store."""
    stored = put_written(lambda file: _write(file, parts))
    return PACKED, stored.digest, stored.size


def _write(file: IO[bytes], parts: Sequence[Kept]) -> None:
    used: dict[str, int] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for part in parts:
            plain = PurePosixPath(part.name.replace("\\", "/")).name or f"附件{part.place}"
            count = used[plain] = used.get(plain, 0) + 1
            path = PurePosixPath(plain)
            name = plain if count == 1 else f"{path.stem}({count}){path.suffix}"
            info = zipfile.ZipInfo(name, _STAMP)
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=part.size > (1 << 31)) as entry:
                for piece in read(part.digest):
                    entry.write(piece)
