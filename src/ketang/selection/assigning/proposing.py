"""A proposal in words that a plan keeps: who for which package and why, what is lacking and why. The solver is asked here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketang.selection.assigning.fitting import COSTS, POINT, Fit, fit_of
from ketang.selection.assigning.situation import Bar, Situation, about


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the plan's columns of the same names hold."""

    rows: list[Any]
    lacking: list[Any]
    cost: float
    bound: float
    proof: str


def proposal(situation: Situation, *, wanted: int, balance: int) -> Proposal:
    """Ask the solver. What stands stays."""
    import numpy as np  # the web process does without

    from ketang.selection.assigning.solving import Problem, solve

    packages, experts = list(situation.submissions), list(situation.seats)
    fits = _fits(situation, packages, experts)
    standing = np.array([[(row, one) in situation.pairs for one in experts] for row in packages], dtype=bool)
    free = [situation.seats[one].expert.is_available(situation.today) for one in experts]
    open_ = np.array(
        [[may and (row, one) not in situation.conflicts for one, may in zip(experts, free, strict=True)] for row in packages],
        dtype=bool,
    )  # fmt: skip
    shape = (len(packages), len(experts))
    # Who scored and then left the panel still counts for the package: it wants fewer. Each package of such experts is a row of its own need.
    gone = Counter(row for row, one in situation.pairs if one not in situation.seats and row in situation.submissions)
    costs = np.array([[COSTS[fit] for fit in row] for row in fits], dtype=np.int64).reshape(shape)
    ghosts = max(gone.values(), default=0)
    kept = np.array([[number < gone[row] for number in range(ghosts)] for row in packages], dtype=bool).reshape(
        len(packages), ghosts
    )
    problem = Problem(
        np.hstack([costs, np.zeros_like(kept, dtype=np.int64)]), np.hstack([open_.reshape(shape), kept]),
        np.hstack([standing.reshape(shape), kept]),
        np.array([*(situation.loads[one] for one in experts), *kept.sum(axis=0)], dtype=np.int64),
        np.array([*(situation.seats[one].load_limit for one in experts), *kept.sum(axis=0)], dtype=np.int64), wanted,
        balance,
    )  # fmt: skip
    found = solve(problem)
    after = situation.loads + Counter(experts[column] for _row, column in found.chosen)
    left = _left_out(fits, {(row, column) for row, column in found.chosen}, standing)
    rows = [
        [
            str(situation.submissions[packages[row]].uuid),
            str(situation.seats[experts[column]].expert.uuid),
            _why(situation, experts[column], fits[row][column], after, left[row]),
        ]
        for row, column in found.chosen
    ]
    lacking = [
        [str(situation.submissions[packages[row]].uuid), count, why_lacking(situation, packages[row], after)]
        for row, count in found.lacking.items()
    ]
    ghost_cost = sum(balance * int(count) for count in kept.sum(axis=0))
    return Proposal(rows, lacking, (found.cost - ghost_cost) / POINT, (found.bound - ghost_cost) / POINT, found.proof)


def why_lacking(situation: Situation, submission: int, loads: Counter[int]) -> dict[str, int]:
    """Of the whole panel: how many have to avoid it, take no work now, have their loads full, are on it already."""
    told: Counter[str] = Counter()
    for expert, seat in situation.seats.items():
        bar = situation.bar(submission, expert)
        if bar is None or bar is Bar.FULL:
            told[Bar.FULL] += loads[expert] >= seat.load_limit
        else:
            told[bar] += 1
    return {"panel": len(situation.seats), **{str(bar.value): told[bar] for bar in Bar}}


def lacking_words(why: dict[str, int]) -> str:
    """The same as a sentence."""
    if not why.get("panel"):
        return _("评审组里没有专家。")
    words = {
        "assigned": _("%(count)s 人已在评"), "conflict": _("%(count)s 人应当回避"), "away": _("%(count)s 人现在不能评审"),
        "full": _("%(count)s 人件数已满"),
    }  # fmt: skip
    parts = [said % {"count": why[name]} for name, said in words.items() if why.get(name)]
    if not parts:
        return _("评审组 %(panel)s 人，都分不过来。") % {"panel": why["panel"]}
    return _("评审组 %(panel)s 人：%(parts)s。") % {"panel": why["panel"], "parts": _("，").join(parts)}


def _why(situation: Situation, expert: int, fit: Fit, after: Counter[int], left: Counter[Fit]) -> dict[str, Any]:
    seat = situation.seats[expert]
    closer = sum(left[one] for one in Fit if COSTS[one] < COSTS[fit])
    return {
        "expertise": fit.value, "cost": COSTS[fit] / POINT, "load": after[expert], "limit": seat.load_limit,
        "closer": closer,
    }  # fmt: skip


def _fits(situation: Situation, packages: list[int], experts: list[int]) -> list[list[Fit]]:
    known = [
        (frozenset(expert.categories), tuple(expert.occupations))
        for expert in (situation.seats[one].expert for one in experts)
    ]
    found = []
    for key in packages:
        one = situation.submissions[key]
        words = about(one)
        found.append([fit_of(fields, jobs, category=one.category, about=words) for fields, jobs in known])
    return found


def _left_out(fits: list[list[Fit]], chosen: set[tuple[int, int]], standing: Any) -> list[Counter[Fit]]:
    """How the fields of those fit who are not on a package, by package."""
    return [
        Counter(fit for column, fit in enumerate(row) if (at, column) not in chosen and not standing[at, column])
        for at, row in enumerate(fits)
    ]
