"""Unions of intervals in whole milliseconds: sorted, apart, half open. Counting with them is exact.

A `Spans` is a tuple of `(start, end)` with `start < end`, each beginning after the end of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Spans = tuple[tuple[int, int], ...]


def union(*many: Iterable[Sequence[int]]) -> Spans:
    """Everything that any of them covers. Pairs may come in any order, overlap or touch; empty and backward ones cover nothing."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((pair[0], pair[1]) for spans in many for pair in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def measure(spans: Spans) -> int:
    """Milliseconds that they cover."""
    return sum(end - start for start, end in spans)


def within(spans: Spans, start: int, end: int) -> Spans:
    """What of them lies between two moments."""
    return tuple((max(start, a), min(end, b)) for a, b in spans if max(start, a) < min(end, b))


def without(spans: Spans, others: Spans) -> Spans:
    """What of them the others do not cover."""
    found: list[tuple[int, int]] = []
    place = 0
    for start, end in spans:
        while place < len(others) and others[place][1] <= start:
            place += 1
        at, nth = start, place
        while nth < len(others) and others[nth][0] < end:
            if others[nth][0] > at:
                found.append((at, others[nth][0]))
            at = max(at, others[nth][1])
            nth += 1
        if at < end:
            found.append((at, end))
    return tuple(found)


def first(spans: Spans, amount: int) -> Spans:
    """Their first `amount` milliseconds; all of them where they are fewer, nothing for none."""
    found: list[tuple[int, int]] = []
    left = amount
    for start, end in spans:
        if left <= 0:
            break
        found.append((start, min(end, start + left)))
        left -= end - start
    return tuple(found)
