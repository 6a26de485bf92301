"""How well an expert's fields of work fit a course, and what a load costs. Plain numbers: pages use them as the solver does.

Costs are whole thousandths, so that the solver adds them without rounding.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POINT = 1000
"""One point of cost as it is shown."""
BALANCE = 400
"""What an even load weighs beside fitting fields unless somebody says otherwise."""


class Fit(StrEnum):
    """How the fields fit, the best first."""

    OCCUPATION = "occupation"
    CATEGORY = "category"
    UNKNOWN = "unknown"
    NONE = "none"


COSTS = {Fit.OCCUPATION: 0, Fit.CATEGORY: 250, Fit.UNKNOWN: 600, Fit.NONE: 1000}
WORDS: dict[Fit, str | Promise] = {
    Fit.OCCUPATION: _("熟悉这个职业"),
    Fit.CATEGORY: _("熟悉这个类别"),
    Fit.UNKNOWN: _("没有填写专长"),
    Fit.NONE: _("不在专长之内"),
}


def fit_of(categories: Collection[str], occupations: Collection[str], *, category: str, about: str) -> Fit:
    """How an expert's fields fit a course.

    Args:
        categories: ids, of the expert.
        occupations: names, of the expert.
        category: of the course.
        about: what the course says of its occupation, with its title.
    """
    if any(name in about for name in occupations if name):
        return Fit.OCCUPATION
    if category in categories:
        return Fit.CATEGORY
    return Fit.NONE if categories or occupations else Fit.UNKNOWN


def load_step(number: int, limit: int, balance: int = BALANCE) -> int:
    """What the package costs that is an expert's `number`-th, of `limit` that they take.

    It grows by the same with each package, so that loads are even in proportion to the limits: the sum is `balance · load² / limit`.
    """
    return round(balance * (2 * number - 1) / max(limit, 1))


def load_cost(load: int, limit: int, balance: int = BALANCE) -> int:
    """What a whole load costs."""
    return sum(load_step(number, limit, balance) for number in range(1, load + 1))
