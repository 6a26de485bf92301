"""Which packages to select so that their adjusted scores together are as high as budget, bands, cap and scope allow.

Amounts are whole cents and scores whole ten-thousandths, so the integer program (HiGHS through scipy) has an exact answer, and
its answer is checked again in decimals. Three programs: the highest total; of those that reach it, the one with the better
places; and the least money with which the total would be higher, which is what the next yuan would buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ketang.selection.awarding.bands import Band, band_of
from ketang.selection.awarding.limits import NOTHING, Chosen, Limits

_SCORE = 10_000


@dataclass(frozen=True, slots=True)
class Entrant:
    """A ranked submission: `key` names it, `supplier` its supplier, `place` its place in the ranking."""

    key: int
    supplier: int
    place: int
    adjusted: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposes.

    Attributes:
        amounts: of what is selected, by key.
        reserves: keys of the places of reserve, in their order.
        why: the ground for each, by key, as `awarding.words` tells it.
        total: the sum of adjusted scores.
        used: the sum of amounts.
        left: of the budget or of a cap on the call; None where neither is.
        more: what the next yuan would buy: how much more money raises the total, and to what; None where no money would.
    """

    amounts: dict[int, Decimal]
    reserves: tuple[int, ...]
    why: dict[int, dict[str, Any]]
    total: Decimal
    used: Decimal
    left: Decimal | None
    more: tuple[Decimal, Decimal] | None


def propose(entrants: Sequence[Entrant], bands: Sequence[Band], limits: Limits, reserves: int) -> Proposal:
    """The proposal; `bands` the best first."""
    paid = [(one, band) for one in entrants if (band := band_of(bands, one.adjusted)) is not None]
    chosen = _chosen(paid, limits)
    taken = [(one, band) for one, band in paid if one.key in chosen]
    amounts = _raised(taken, limits)
    spent = [(one.supplier, amounts[one.key]) for one, _band in taken]
    if not limits.hold(spent):
        raise ArithmeticError("the solver's answer is beyond the limits")
    waiting = [one.key for one, _band in paid if one.key not in chosen][:reserves]
    total = sum((one.adjusted for one, _band in taken), Decimal(0))
    room, used = limits.total_room(), sum((amount for _key, amount in spent), NOTHING)
    return Proposal(
        amounts=amounts, reserves=tuple(waiting), why=_grounds(entrants, bands, amounts, limits, waiting, spent),
        total=total, used=used, left=None if room is None else room - used, more=_more(paid, limits, chosen, room),
    )  # fmt: skip


def _chosen(paid: Sequence[tuple[Entrant, Band]], limits: Limits) -> set[int]:
    """Keys of what is selected."""
    if not paid:
        return set()
    scores = [_whole(one.adjusted) for one, _band in paid]
    places = [len(paid) - index for index in range(len(paid))]
    first = _solved(scores, paid, limits, limits.total_room())
    best = sum(score for score, taken in zip(scores, first, strict=True) if taken)
    second = _solved(places, paid, limits, limits.total_room(), at_least=(scores, best))
    return {one.key for (one, _band), taken in zip(paid, second, strict=True) if taken}


def _more(
    paid: Sequence[tuple[Entrant, Band]], limits: Limits, chosen: set[int], room: Decimal | None
) -> tuple[Decimal, Decimal] | None:
    """How much more room raises the total, and to which total."""
    if room is None or len(chosen) == len(paid):
        return None
    scores = [_whole(one.adjusted) for one, _band in paid]
    best = sum(score for score, (one, _band) in zip(scores, paid, strict=True) if one.key in chosen)
    prices = [-_cents(band.lowest) for _one, band in paid]
    found = _solved(prices, paid, limits, None, at_least=(scores, best + 1))
    if not any(found):
        return None  # each that is left out is held back by its supplier's cap
    needed = sum((band.lowest for (_one, band), taken in zip(paid, found, strict=True) if taken), NOTHING)
    # Of all that cost so little, the one with the highest total.
    again = _solved(scores, paid, limits, needed)
    total = sum((one.adjusted for (one, _band), taken in zip(paid, again, strict=True) if taken), Decimal(0))
    return needed - room, total


def _solved(
    worth: Sequence[int],
    paid: Sequence[tuple[Entrant, Band]],
    limits: Limits,
    room: Decimal | None,
    at_least: tuple[Sequence[int], int] | None = None,
) -> list[bool]:
    """Which are taken so that their worth is highest. All False where nothing satisfies the conditions."""
    import numpy as np  # the web does without both
    from scipy.optimize import Bounds, LinearConstraint, milp

    prices = [_cents(band.lowest) for _one, band in paid]
    rows: list[Any] = []
    if room is not None:
        rows.append(LinearConstraint(np.array([prices], dtype=float), -np.inf, _cents(room)))
    if limits.scope == "supplier":
        for supplier in sorted({one.supplier for one, _band in paid}):
            of_it = [price if one.supplier == supplier else 0 for price, (one, _band) in zip(prices, paid, strict=True)]
            most = max(0, _cents(limits.under_cap(supplier, [])))
            rows.append(LinearConstraint(np.array([of_it], dtype=float), -np.inf, most))
    if at_least is not None:
        rows.append(LinearConstraint(np.array([at_least[0]], dtype=float), at_least[1], np.inf))
    answer = milp(
        -np.array(worth, dtype=float), constraints=rows, integrality=np.ones(len(paid)), bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    if answer.x is None:
        if answer.status == 2:  # infeasible
            return [False] * len(paid)
        raise ArithmeticError(answer.message)
    return [bool(round(one)) for one in answer.x]


def _raised(taken: Sequence[tuple[Entrant, Band]], limits: Limits) -> dict[int, Decimal]:
    """Amounts: the lowest of each band, then raised in the order of places as far as band, cap and budget allow."""
    amounts = {one.key: band.lowest for one, band in taken}
    for one, band in taken:
        if band.highest > band.lowest:
            others = [(other.supplier, amounts[other.key]) for other, _band in taken if other.key != one.key]
            amounts[one.key] = max(band.lowest, min(band.highest, limits.room(one.supplier, others)))
    return amounts


def _grounds(
    entrants: Sequence[Entrant],
    bands: Sequence[Band],
    amounts: dict[int, Decimal],
    limits: Limits,
    waiting: Sequence[int],
    spent: list[Chosen],
) -> dict[int, dict[str, Any]]:
    """Why each is in or out."""
    found: dict[int, dict[str, Any]] = {}
    for one in entrants:
        band = band_of(bands, one.adjusted)
        if band is None:
            found[one.key] = {"kind": "below", "from": str(bands[-1].score)}
        elif one.key in amounts:
            found[one.key] = {"kind": "in", "from": str(band.score), "amount": str(amounts[one.key])}
        else:
            held = limits.scope == "supplier" and limits.under_cap(one.supplier, spent) < band.lowest
            room = limits.under_cap(one.supplier, spent) if held else limits.room(one.supplier, spent)
            found[one.key] = {
                "kind": "supplier" if held else "budget", "needs": str(band.lowest), "left": str(max(NOTHING, room)),
                "reserve": waiting.index(one.key) + 1 if one.key in waiting else None,
            }  # fmt: skip
    return found


def _cents(amount: Decimal) -> int:
    return int(amount * 100)


def _whole(score: Decimal) -> int:
    return int(score * _SCORE)
