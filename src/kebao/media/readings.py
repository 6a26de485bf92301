"""What was read of a medium's arrays, kept beside them: shots, shaking, hum … are worked out once for a file and a library.

A reading is a function of the measurement and of this library's code alone: never of a limit, of another file or of the day.
So it may be kept as long as the library stays the same, which its own files tell; no number has to be raised by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

import kebao
from kebao.media.meter import Arrays

NAME, VERSION = "readings", 1
_LIBRARY = "library"


class Keeper(Protocol):
    """What keeps arrays by a medium's digest: `kebao.media.store.Store`."""

    def kept(self, digest: str, name: str, version: int) -> Arrays | None:
        """Arrays kept before."""
        ...

    def keep(self, digest: str, name: str, version: int, arrays: Arrays) -> None:
        """Keep arrays."""
        ...


class Readings:
    """Readings of one medium by name, each an array. Without a store they last as long as this object.

    Args:
        store: where they are kept; None keeps nothing.
        digest: of the medium.
    """

    def __init__(self, store: Keeper | None = None, digest: str = "") -> None:
        self._store, self._digest = (store, digest) if digest else (None, "")
        self._known: dict[str, NDArray[Any]] = {}
        self._is_loaded = self._store is None
        self._is_new = False

    def of(self, name: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """The reading of that name, made now if it was not before. It is lent: not to be written to."""
        if not self._is_loaded:
            self._load()
        if name not in self._known:
            self._known[name] = make()
            self._is_new = True
        return self._known[name]

    def keep(self) -> None:
        """Put what is new into the store."""
        if self._store is not None and self._is_new:
            self._store.keep(self._digest, NAME, VERSION, {**self._known, _LIBRARY: _as_bytes(library_digest())})
            self._is_new = False

    def _load(self) -> None:
        self._is_loaded = True
        found = dict((self._store.kept(self._digest, NAME, VERSION) if self._store is not None else None) or {})
        library = found.pop(_LIBRARY, None)
        if library is not None and library.tobytes() == library_digest().encode():
            self._known = found


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


@cache
def library_digest() -> str:
    """This installation of the library: its version, and name, size and time of every file of it."""
    root = Path(kebao.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".j2", ".css"))
    told = [f"{path.relative_to(root)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join((kebao.__version__, *told)).encode()).hexdigest()
