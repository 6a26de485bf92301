"""A file of known prints: what other packages hold, to be compared with the next one. SQLite, one row a medium."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kebao.media.fingerprint.matching import Pool
from kebao.media.fingerprint.pdq import BYTES
from kebao.media.fingerprint.prints import HASHES, Print, Scenes
from kebao.model.errors import Unreadable
from kebao.model.text import Text

FORMAT = 1
"""Raised when prints would come out otherwise for the same medium, or are kept otherwise."""
_KIND = 0x6B625072
"""SQLite's application id of these files: “kbPr”."""
_TABLE = """
CREATE TABLE IF NOT EXISTS media (
    supplier TEXT NOT NULL, package TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
    seconds REAL NOT NULL, ticks BLOB, hashes BLOB, quality BLOB, last INTEGER, codes BLOB NOT NULL, steps BLOB NOT NULL
)
"""
_COLUMNS = "supplier, package, title, path, digest, seconds, ticks, hashes, quality, last, codes, steps"
_FOREIGN = Text(
    zh="“{path}”不是课包的指纹库。请用 kebao prints add 新建一个。",
    en="“{path}” is no file of known prints. Make one with kebao prints add.",
)
_OTHER_FORMAT = Text(
    zh="指纹库“{path}”是另一个版本的课包做的（格式 {found}，这个版本用 {format}），不能比较。请用 kebao prints add 重新收录各课程包。",
    en="“{path}” was made by another version (format {found}; this one uses {format}) and cannot be compared. Add the packages anew with kebao prints add.",
)
_DAMAGED = Text(
    zh="指纹库“{path}”已损坏。请换一份备份，或用 kebao prints add 重新收录各课程包。",
    en="“{path}” is damaged. Use a copy, or add the packages anew with kebao prints add.",
)


@dataclass(frozen=True)
class KnownMedium:
    """One medium of a known package; `digest` is SHA-256 of its bytes in hex."""

    supplier: str
    package: str
    title: str
    path: str
    digest: str
    print: Print


@dataclass(frozen=True)
class KnownMedia:
    """All media of a file, with the pool in which they are searched; laid out at the first search."""

    media: tuple[KnownMedium, ...]

    @cached_property
    def pool(self) -> Pool:
        """Their prints, in the order of `media`."""
        return Pool([medium.print for medium in self.media])


def load(path: Path) -> KnownMedia:
    """Everything in a file.

    Raises:
        Unreadable: it is no such file, is damaged, or of another format.
        OSError: it cannot be opened.
    """
    path.open("rb").close()  # the system's own reason, before SQLite's
    with _opened(path, "ro") as base:
        if _is_empty(base):
            return KnownMedia(())
        rows = base.execute(f"SELECT {_COLUMNS} FROM media ORDER BY supplier, package, rowid").fetchall()  # noqa: S608
        return KnownMedia(tuple(_medium(row) for row in rows))


def add(path: Path, supplier: str, package: str, media: Sequence[KnownMedium]) -> int:
    """Keep a package's media in place of what is kept of the same package of that supplier; the file is made where there is none.

    Returns:
        How many were kept of it before.

    Raises:
        Unreadable: the file is no such file, is damaged, or of another format; nothing was changed.
        OSError: it cannot be written.
    """
    path.open("ab").close()
    with _opened(path, "rw") as base, base:
        if not base.execute("PRAGMA application_id").fetchone()[0]:
            base.execute(f"PRAGMA application_id = {_KIND}")
            base.execute(f"PRAGMA user_version = {FORMAT}")
        base.execute(_TABLE)
        gone = base.execute("DELETE FROM media WHERE supplier = ? AND package = ?", (supplier, package)).rowcount
        marks = ", ".join("?" * len(_COLUMNS.split(",")))
        base.executemany(f"INSERT INTO media ({_COLUMNS}) VALUES ({marks})", [_row(medium) for medium in media])  # noqa: S608
    return gone


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    named = {"path": path}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as base:
            kind, found = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
            if kind != _KIND and not _is_empty(base):
                raise Unreadable("known", _FOREIGN.format(**named))
            if kind == _KIND and found != FORMAT:
                raise Unreadable("known", _OTHER_FORMAT.format(**named, found=found, format=FORMAT))
            yield base
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error
    except sqlite3.DatabaseError as error:
        message = _FOREIGN if "not a database" in str(error) else _DAMAGED
        raise Unreadable("known", message.format(**named)) from error
    except (ValueError, TypeError) as error:
        raise Unreadable("known", _DAMAGED.format(**named)) from error


def _is_empty(base: sqlite3.Connection) -> bool:
    return bool(base.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0)


def _row(medium: KnownMedium) -> tuple[Any, ...]:
    made, scenes = medium.print, medium.print.scenes
    picture = (None, None, None, None) if scenes is None else (
        scenes.ticks.astype("<i4").tobytes(), scenes.hashes.tobytes(), scenes.quality.tobytes(), scenes.end,
    )  # fmt: skip
    names = (medium.supplier, medium.package, medium.title, medium.path, medium.digest)
    return (*names, made.seconds, *picture, made.codes.astype("<u4").tobytes(), made.steps.astype("<i4").tobytes())


def _medium(row: tuple[Any, ...]) -> KnownMedium:
    supplier, package, title, path, digest, seconds, ticks, hashes, quality, last, codes, steps = row
    scenes = None
    if ticks is not None:
        starts = np.frombuffer(ticks, "<i4").astype(np.int32)
        shown = np.frombuffer(hashes, np.uint8).reshape(len(starts), HASHES, BYTES)
        good = np.frombuffer(quality, np.uint8).reshape(len(starts))
        scenes = Scenes(starts, shown, good, int(last))
        if not len(starts) or starts[0] < 0 or (np.diff(starts, append=last) <= 0).any():
            raise ValueError("scenes out of order")
    heard = np.frombuffer(codes, "<u4").astype(np.uint32)
    places = np.frombuffer(steps, "<i4").astype(np.int32).reshape(len(heard))
    if (np.diff(places) <= 0).any() or (len(places) and places[0] < 0):
        raise ValueError("codes out of order")
    return KnownMedium(supplier, package, title, path, digest, Print(float(seconds), scenes, heard, places))
