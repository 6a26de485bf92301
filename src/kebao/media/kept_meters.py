"""Arrays of meters that stay on disk until somebody asks for them: sixty hours of film do not fit into memory, one medium does."""

from __future__ import annotations

import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

import numpy as np

from kebao.media.meter import Arrays

HELD_BYTES = 64 << 20
"""Arrays read last that stay in memory, of all media together: those of about an hour and a half of film."""


class KeptMeters(Mapping[str, Arrays]):
    """Meters by name, each in a file of its own.

    Args:
        files: where each meter's arrays lie.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(files)

    def __getitem__(self, name: str) -> Arrays:
        """The arrays of a meter.

        Raises:
            KeyError: the meter is not there.
            OSError: its file was there and is gone, or is damaged.
        """
        return _held(self._files[name])

    def __iter__(self) -> Iterator[str]:
        """Names of the meters."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many meters there are."""
        return len(self._files)


def read_arrays(file: Path) -> Arrays | None:
    """The arrays of a file; None where it cannot be read."""
    try:
        with np.load(file, allow_pickle=False) as packed:
            return {key: packed[key] for key in packed.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def names_in(file: Path) -> tuple[str, ...] | None:
    """Names of the arrays in a file; none where the meter saw nothing; None where there is no file, or a damaged one."""
    try:
        with zipfile.ZipFile(file) as packed:
            return tuple(packed.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return None


_recent: OrderedDict[Path, Arrays] = OrderedDict()
_lock = Lock()


def _held(file: Path) -> Arrays:
    with _lock:
        if file in _recent:
            _recent.move_to_end(file)
            return _recent[file]
    found = read_arrays(file)
    if found is None:
        raise OSError(f"a kept measurement cannot be read: {file.name}")
    with _lock:
        _recent[file] = found
        while len(_recent) > 1 and sum(_size(arrays) for arrays in _recent.values()) > HELD_BYTES:
            _recent.popitem(last=False)
    return found


def _size(arrays: Arrays) -> int:
    return sum(array.nbytes for array in arrays.values())
