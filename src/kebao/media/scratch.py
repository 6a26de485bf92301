"""Room for what a meter works out on the way, kept from one batch to the next.

Arrays of a few hundred kilobytes that come and go with every batch are given back to the system and asked of it again each
time: clearing those pages took an eighth of the meters' processor time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Scratch:
    """Named rooms that grow to what was asked of them. What a room holds is good until it is asked for again."""

    def __init__(self) -> None:
        self._rooms: dict[str, NDArray[Any]] = {}

    def room(self, name: str, shape: tuple[int, ...], kind: type[np.generic] = np.float32) -> NDArray[Any]:
        """An array of that shape, its content undefined."""
        count = int(np.prod(shape, dtype=np.int64))
        held = self._rooms.get(name)
        if held is None or len(held) < count:
            held = self._rooms[name] = np.empty(count, kind)
        return held[:count].reshape(shape)
