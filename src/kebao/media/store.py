"""Measurements kept on disk by the medium's digest and each meter's version: the same file costs nothing the second time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from kebao.media.kept_meters import KeptMeters, names_in, read_arrays
from kebao.media.measurement import Measurement, pass_from_json, pass_to_json
from kebao.media.meter import Arrays

PASS_VERSION = 3
"""Raised when the engine itself would give other facts, times or samples."""
_TICKS = "ticks"


def default_store() -> Store:
    """`$KEBAO_CACHE/measurements`, else `kebao/measurements` below `$XDG_CACHE_HOME` or `~/.cache`."""
    named = os.environ.get("KEBAO_CACHE")
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kebao"
    return Store(base / "measurements")


class Store:
    """A folder of measurements. Several processes may write: a file appears whole or not at all.

    A file that cannot be read is treated as absent; a folder that cannot be written costs only the memory of it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, digest: str, wanted: Mapping[str, int]) -> tuple[Measurement | None, tuple[str, ...]]:
        """The stored measurement with those of the wanted meters (name → version) that it has, and the names missing.

        Its arrays are read when they are asked for. None, with all names, when the pass itself is not stored.
        """
        place = self._place(digest)
        try:
            passed = pass_from_json((place / f"pass.v{PASS_VERSION}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            return None, tuple(wanted)
        ticks = self._arrays(place, _TICKS, PASS_VERSION)
        if passed.picture is not None and (ticks is None or _TICKS not in ticks):
            return None, tuple(wanted)
        files = {name: place / f"{name}.v{version}.npz" for name, version in wanted.items()}
        kept = {name: names for name, file in files.items() if (names := names_in(file)) is not None}
        missing = tuple(name for name in files if name not in kept)
        meters = KeptMeters({name: files[name] for name, names in kept.items() if names})
        return Measurement(passed, ticks[_TICKS] if ticks else np.zeros(0, np.int64), meters), missing

    def save(self, digest: str, measurement: Measurement, versions: Mapping[str, int]) -> None:
        """Keep a measurement. A meter that saw nothing is kept as empty, so that it is not asked again."""
        place = self._place(digest)
        try:
            place.mkdir(parents=True, exist_ok=True)
            for name, version in versions.items():
                self._write(place / f"{name}.v{version}.npz", measurement.meters.get(name, {}))
            self._write(place / f"{_TICKS}.v{PASS_VERSION}.npz", {_TICKS: measurement.ticks})
            self._write(place / f"pass.v{PASS_VERSION}.json", pass_to_json(measurement.passed))
        except OSError:
            return  # a full or read-only disk must not cost the check its result

    def kept(self, digest: str, name: str, version: int) -> Arrays | None:
        """Arrays kept beside the measurement (pictures, for one); None when there are none."""
        return self._arrays(self._place(digest), name, version)

    def keep(self, digest: str, name: str, version: int, arrays: Arrays) -> None:
        """Keep further arrays of a medium."""
        place = self._place(digest)
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._write(place / f"{name}.v{version}.npz", arrays)
        except OSError:
            return  # as for `save`

    def forget(self, digests: Iterable[str]) -> None:
        """Remove what is kept of these media."""
        for digest in digests:
            for file in sorted(self._place(digest).glob("*")):
                file.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256 in hex: {digest!r}")
        return self.folder / digest[:2] / digest

    @staticmethod
    def _arrays(place: Path, name: str, version: int) -> Arrays | None:
        return read_arrays(place / f"{name}.v{version}.npz")

    @staticmethod
    def _write(path: Path, content: Arrays | str) -> None:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                if isinstance(content, str):
                    file.write(content.encode())
                else:
                    np.savez_compressed(file, **dict(content))  # type: ignore[arg-type]  # the stub takes the first of ** for allow_pickle
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
