"""A look at a medium that was made before, kept with its measurements: a second one costs the hashing of the file.

A look is a function of the bytes of the medium and of the captions beside it, of the rulebooks, of the options and of this
library; the digest of all of them is what it is kept under.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from kebao.engine.medium import Looking
from kebao.media.readings import library_digest
from kebao.media.store import Store
from kebao.model.errors import Unreadable
from kebao.model.medium import MediumReport
from kebao.report.medium_json import medium_json, read_medium
from kebao.rulebook.book import Rulebook
from kebao.subjects.course import Timed

_JSON = "json"


def kept_or_looked(
    medium: Timed, rulebooks: tuple[Rulebook, ...], how: Looking, make: Callable[[], MediumReport]
) -> MediumReport:
    """The look from the store, else a new one, which is then kept.

    Args:
        medium, rulebooks, how: as `kebao.engine.medium.look`; without a store nothing is kept.
        make: looks.
    """
    store = how.measuring.store if how.measuring is not None else None
    digest = medium.package.facts.digest(medium.entry.path) if store is not None else ""
    if store is None or not digest:
        return make()
    name = f"look-{key_of(medium, rulebooks, how)}"
    known = _load(store, digest, name)
    if known is None:
        known = make()
        store.keep(digest, name, 1, {_JSON: np.frombuffer(medium_json(known).encode(), np.uint8)})
    return known


def key_of(medium: Timed, rulebooks: tuple[Rulebook, ...], how: Looking) -> str:
    """What a look depends on, as 32 hex digits."""
    facts = medium.package.facts
    parts = [
        library_digest(),
        str(medium.package.as_of),
        *(f"{path} {facts.digest(path)}" for path in facts.paths),
        *(f"{book.id} {book.digest}" for book in rulebooks),
        f"{how.start} {how.end}",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _load(store: Store, digest: str, name: str) -> MediumReport | None:
    kept = store.kept(digest, name, 1)
    try:
        return None if kept is None else read_medium(kept[_JSON].tobytes().decode())
    except (Unreadable, KeyError, UnicodeDecodeError):
        return None
