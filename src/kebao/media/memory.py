"""Memory that was freed is given back to the system.

glibc keeps what was freed for the next time, in an arena for each thread. After a film of ninety minutes that is more than a
hundred megabytes, in which the long arrays of the judging find no place (seen: 452 MB at the most with it, of the film's
1080 lines).
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_ARENA_MAX = -8
_ARENAS = 2


@cache
def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL(None)
        found.malloc_trim, found.mallopt  # noqa: B018  asked for: other C libraries have neither
    except (OSError, AttributeError):
        return None
    return found


def share_arenas() -> None:
    """Let the threads of this process share few arenas; before there are threads. Nothing elsewhere than on glibc."""
    if (libc := _glibc()) is not None:
        libc.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give freed memory back to the system: some milliseconds. Nothing elsewhere than on glibc."""
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)
