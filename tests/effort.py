"""How much work something costs, counted and not timed: the same on a quiet machine and a busy one."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Function calls that `work` makes, once what it keeps for later (regular expressions, tables) is made."""
    work()
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    collecting = gc.isenabled()
    gc.disable()  # what other tests left to be collected is not this one's work
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
        if collecting:
            gc.enable()
    return count
