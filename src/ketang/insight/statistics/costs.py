"""What an hour of a selected package costs: exact quartiles of fee by hour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from ketang.insight.statistics.counting import OTHER, Awarded, Categories
from ketang.selection.calls.models import Call


@dataclass(frozen=True, slots=True)
class Cost:
    """Selected packages with hours: how many, their hours and fees together, and quartiles of yuan an hour."""

    words: str
    count: int
    hours: Decimal
    amount: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    code: str = ""


def quartile(count: int, quarter: int, value: Callable[[int], Fraction]) -> Fraction:
    """The first, second or third quartile of so many sorted values, as QUARTILE.INC of spreadsheets: between two of them in proportion.

    `value` tells one of them, from 0: two at most are asked for.
    """
    place = Fraction((count - 1) * quarter, 4)
    below = int(place)
    if place == below:
        return value(below)
    return value(below) + (value(below + 1) - value(below)) * (place - below)


def cost(words: str, given: Iterable[Awarded], code: str = "") -> Cost | None:
    """Of these packages; None where none of them has hours."""
    with_hours = [(one.amount, one.hours) for one in given if one.hours]
    if not with_hours:
        return None
    # By quotients of 28 digits, which tell any two fees apart; exact fractions of thousands take a second to sort.
    each = sorted(with_hours, key=lambda one: one[0] / one[1])
    lower, median, upper = (
        cents(quartile(len(each), quarter, lambda place: Fraction(each[place][0]) / Fraction(each[place][1])))
        for quarter in (1, 2, 3)
    )
    return Cost(
        words, len(each), sum((hours for _amount, hours in with_hours), Decimal(0)),
        sum((amount for amount, _hours in with_hours), Decimal(0)), lower, median, upper, code,
    )  # fmt: skip


def by_category(calls: Sequence[Call], given: Sequence[Awarded]) -> list[Cost]:
    """Of each category with a selected package that has hours, then of all together; nothing where there is none."""
    known = Categories(calls)
    by: dict[object, list[Awarded]] = {}
    for one in given:
        by.setdefault(known.of(one), []).append(one)
    found = [cost(one.name, by.get(one, ()), one.id) for one in known.in_order]
    found.append(cost(_("其他或没有写"), [one for of, more in by.items() if of == (OTHER, "") for one in more]))
    found.append(cost(_("全部"), given))
    return [one for one in found if one is not None]


def cents(value: Fraction) -> Decimal:
    """To the nearest fen, half up."""
    return Decimal((200 * value.numerator + value.denominator) // (2 * value.denominator)).scaleb(-2)
