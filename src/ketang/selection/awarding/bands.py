"""Quality bands: from which adjusted score on a package may get which amount. Exact decimals, kept as text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused
from ketang.selection.calls.callfile import CallFile

CENT = Decimal("0.01")
MOST = 6
"""Bands of a list."""
SUGGESTED = ((Decimal("0.90"), Decimal("1.00")), (Decimal("0.80"), Decimal("0.75")), (Decimal("0.60"), Decimal("0.50")))
"""The system's own suggestion, as no text gives one: from this share of the rubric's range on, this share of the cap."""


@dataclass(frozen=True, slots=True)
class Band:
    """From `score` on; an amount from `lowest` to `highest`, which are the same for a fixed one."""

    score: Decimal
    lowest: Decimal
    highest: Decimal


def suggested_bands(call: CallFile) -> tuple[Band, ...]:
    """What the system suggests for a call: marked so wherever it is shown."""
    low, span = call.rubric.lowest, call.rubric.highest - call.rubric.lowest
    found = []
    for share, pay in SUGGESTED:
        amount = (call.fee.cap * pay).quantize(CENT, ROUND_DOWN)
        found.append(Band((low + span * share).quantize(CENT), amount, amount))
    return tuple(found)


def read_bands(kept: Sequence[dict[str, Any]]) -> tuple[Band, ...]:
    """Bands as they are kept with a list, the best first."""
    return tuple(Band(Decimal(one["from"]), Decimal(one["lowest"]), Decimal(one["highest"])) for one in kept)


def kept_bands(bands: Sequence[Band]) -> list[dict[str, str]]:
    """Bands as text."""
    return [{"from": str(one.score), "lowest": str(one.lowest), "highest": str(one.highest)} for one in bands]


def sound_bands(bands: Sequence[Band], cap: Decimal) -> tuple[Band, ...]:
    """The bands, the best first.

    Raises:
        Refused: none, too many, two from the same score, inexact or beyond the cap, a worse one that pays more.
    """
    if not bands:
        raise Refused(_("至少要有一档。"), field="bands")
    if len(bands) > MOST:
        raise Refused(_("最多 %(most)s 档。") % {"most": MOST}, field="bands")
    found = sorted(bands, key=lambda one: one.score, reverse=True)
    for one in found:
        if not _exact(one.lowest) or not _exact(one.highest) or one.lowest > one.highest:
            raise Refused(_("每一档的金额要写清楚：单位元，最多两位小数，最低不超过最高。"), field="bands")
        if one.highest > cap:
            raise Refused(_("档次的金额超过上限 %(cap)s 元。") % {"cap": cap}, field="bands")
    for better, worse in itertools.pairwise(found):
        if better.score == worse.score:
            raise Refused(_("两档的起点分数不能相同。"), field="bands")
        if worse.lowest > better.lowest or worse.highest > better.highest:
            raise Refused(_("分数低的一档，金额不能比分数高的一档多。"), field="bands")
    return tuple(found)


def band_of(bands: Sequence[Band], score: Decimal) -> Band | None:
    """The band of a score; None below all."""
    return next((one for one in bands if score >= one.score), None)


def _exact(amount: Decimal) -> bool:
    try:
        return amount.is_finite() and 0 <= amount < 10**9 and amount == amount.quantize(CENT)
    except InvalidOperation:
        return False
