"""Split archives by their names: which archive a piece belongs to, which piece it is, and whether all are there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kebao.text.names import fold

_ARCHIVE = re.compile(r"\.(?:zip|rar|7z|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(.+)\.(zip|7z|rar|tar)\.(\d{3})$", re.IGNORECASE)
_Z = re.compile(r"^(.+)\.z(\d{2,3})$", re.IGNORECASE)
_PART = re.compile(r"^(.+)\.part(\d{1,4})\.(rar|zip)$", re.IGNORECASE)
_R = re.compile(r"^(.+)\.r(\d{2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a split archive. `family`: `zip.001`, `7z.001`, `rar.001`, `z01`, `part.rar`, `r00`.

    `number` counts from 1; 0 is the `.zip` that ends a `z01` family. Pieces of one `key` from one sender are one archive.
    """

    family: str
    stem: str
    number: int

    @property
    def key(self) -> tuple[str, str]:
        """What pieces of one archive share, in one mail or over several."""
        return self.family, fold(self.stem)

    @property
    def order(self) -> int:
        """Where it stands when they are put together: the `.zip` of a `z01` family comes last."""
        return self.number or 10**6


@dataclass(frozen=True, slots=True)
class Split:
    """What is here of one split archive. `missing` are numbers that surely lack; `complete` needs also the last to be known.

    The last piece is known by its name (`.zip` beside `.z01`), or by its size: every piece but the last is of one size and the last
    smaller. An archive that fills its last piece exactly stays incomplete until a person says otherwise.
    """

    key: tuple[str, str]
    numbers: tuple[int, ...]
    missing: tuple[int, ...]
    complete: bool


def is_archive(name: str) -> bool:
    """A whole archive by its name."""
    return _ARCHIVE.search(name) is not None and piece_of(name) is None


def stem_of(name: str) -> str:
    """The name without what says that it is an archive, a piece of one, or a document."""
    if piece := piece_of(name):
        return piece.stem
    bare = _ARCHIVE.sub("", name)
    return bare if bare != name else re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)


def piece_of(name: str) -> Piece | None:
    """Read a file's name as that of a piece; None for any other."""
    if match := _NUMBERED.match(name):
        return Piece(f"{match[2].lower()}.001", match[1], int(match[3]))
    if match := _PART.match(name):
        return Piece(f"part.{match[3].lower()}", match[1], int(match[2]))
    if match := _Z.match(name):
        return Piece("z01", match[1], int(match[2]))
    if match := _R.match(name):
        return Piece("r00", match[1], int(match[2]) + 1)
    return None


def joined(found: Iterable[tuple[Piece, int]]) -> Split:
    """Put together the pieces (with sizes in bytes) of one key, from any number of mails; a piece that came twice counts once."""
    sizes: dict[int, int] = {}
    key = ("", "")
    for piece, size in found:
        key = piece.key
        sizes.setdefault(piece.number, size)
    numbers = sorted(number for number in sizes if number)
    most = numbers[-1] if numbers else 0
    missing = tuple(number for number in range(1, most + 1) if number not in sizes)
    if key[0] == "z01":
        missing = missing if 0 in sizes else (*missing, 0)
        ended = 0 in sizes and most > 0
    else:
        full = {sizes[number] for number in numbers[:-1]}
        ended = len(full) == 1 and sizes[most] < min(full)
    return Split(key, tuple(sorted(sizes, key=lambda number: number or 10**6)), missing, ended and not missing)
