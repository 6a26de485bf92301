"""Krippendorff's alpha for scores on an interval scale: 1 is full agreement, 0 what chance would give, below it worse.

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". For intervals the sums over pairs fold into sums of squares, so
that ten thousand packages take a millisecond and no table of values by values is built. Tested on the published example and
against the library `krippendorff` (GPL, therefore in the tests alone; decision 0041).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ketang.selection.ranking.estimating import Design, Ints


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha, or None where it has no meaning: nothing that two scored, or one and the same score everywhere.

    Attributes:
        alpha: at most 1.
        packages: with two sheets or more; others say nothing of agreement.
        sheets: on these.
    """

    alpha: float | None
    packages: int
    sheets: int


def agreement(design: Design, values: Ints) -> Agreement:
    """Alpha of whole numbers: whole, so that "no difference at all" is exactly that."""
    counts = design.of_packages()
    paired = counts[design.package] >= 2
    package, kept = design.package[paired], values[paired].astype(float)
    sheets, packages = int(paired.sum()), int((counts >= 2).sum())
    if sheets == 0 or (values[paired] == values[paired][0]).all():
        return Agreement(None, packages, sheets)
    kept = kept - kept.mean()
    ones, squares = np.bincount(package, kept, design.packages), np.bincount(package, kept**2, design.packages)
    pairs = np.maximum(counts - 1, 1)
    within = float((2 * (counts * squares - ones**2) / pairs)[counts >= 2].sum()) / sheets
    between = 2 * (sheets * float((kept**2).sum()) - float(kept.sum()) ** 2) / (sheets * (sheets - 1))
    return Agreement(1 - within / between, packages, sheets)
