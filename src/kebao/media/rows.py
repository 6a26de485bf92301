"""Rows that a meter keeps: as many as a medium has, in blocks, so that a long medium costs them once."""

from __future__ import annotations

import mmap
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

BLOCK_BYTES = 1 << 20
Kind = TypeVar("Kind", bound=np.generic)


class Rows(Generic[Kind]):
    """Arrays put behind one another along their first axis; all of one type and of one shape of row."""

    def __init__(self) -> None:
        self._blocks: list[NDArray[Kind]] = []
        self._filled = 0  # rows of the last block

    def __bool__(self) -> bool:
        """Whether anything was put in, be it no rows."""
        return bool(self._blocks)

    def __len__(self) -> int:
        """How many rows there are."""
        return sum(len(block) for block in self._blocks[:-1]) + self._filled

    def append(self, rows: NDArray[Kind]) -> None:
        """Put rows behind the last; what is given stays the giver's."""
        if not self._blocks:
            self._open(rows)
        taken = 0
        while taken < len(rows):
            block = self._blocks[-1]
            if self._filled == len(block):
                self._open(rows)
                continue
            part = min(len(rows) - taken, len(block) - self._filled)
            block[self._filled : self._filled + part] = rows[taken : taken + part]
            self._filled += part
            taken += part

    def joined(self) -> NDArray[Kind]:
        """All rows as one array. They are given away: block by block, so that they are never held twice."""
        if not self._blocks:
            raise ValueError("nothing was put in, so the kind of row is not known")
        found = _mapped((len(self), *self._blocks[0].shape[1:]), self._blocks[0].dtype)
        first, last = 0, len(self._blocks) - 1
        for place in range(last + 1):
            block = self._blocks.pop(0)
            count = self._filled if place == last else len(block)
            found[first : first + count] = block[:count]
            first += count
        self._filled = 0
        return found

    def _open(self, rows: NDArray[Kind]) -> None:
        size = max(1, int(np.prod(rows.shape[1:], dtype=np.int64)) * rows.dtype.itemsize)
        self._blocks.append(_mapped((max(1, BLOCK_BYTES // size), *rows.shape[1:]), rows.dtype))
        self._filled = 0


def _mapped(shape: tuple[int, ...], kind: np.dtype[Kind]) -> NDArray[Kind]:
    """An array in pages of its own: given up, they go back to the system at once, which a heap in pieces does not do."""
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.empty(shape, kind)
    return np.frombuffer(mmap.mmap(-1, count * kind.itemsize), kind).reshape(shape)
