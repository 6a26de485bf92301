"""What a ranking hangs on: is the order another without an expert, with other weights, with preferred categories first?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ketang.selection.ranking.estimating import Design, Ints, fit, means

MOST_MOVED = 5
"""Packages told by name, of those that move furthest."""
MORE, LESS = 150, 50
"""A criterion's weight in hundredths of itself: half as much again, and half."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Sheets as arrays.

    Attributes:
        design: who scored what.
        totals: ten-thousandths.
        criteria: ids of the criteria with their weights in ten-thousandths.
        scores: of each sheet by criterion in ten-thousandths; None when some sheet lacks a criterion of the rubric.
        preferred: of each package, whether its category is preferred.
    """

    design: Design
    totals: Ints
    criteria: tuple[tuple[str, int], ...]
    scores: Ints | None
    preferred: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Another way to rank: its kind, what it is of (an expert's number, a criterion's id), and the values to rank by.

    `values` is larger for the better; `known` says which packages it has any value for.
    """

    kind: str
    of: str
    values: Ints
    known: NDArray[np.bool_]


def places(values: Ints) -> Ints:
    """1 for the largest; equal values share a place and the next ones come after all of them."""
    order = np.sort(-values)
    found: Ints = np.searchsorted(order, -values, side="left").astype(np.int64) + 1
    return found


def placed(scenario: Scenario) -> Ints:
    """The place of each package; 0 where the scenario has no value for it."""
    found = np.zeros(len(scenario.values), np.int64)
    found[scenario.known] = places(scenario.values[scenario.known])
    return found


def adjusted(design: Design, totals: Ints) -> Ints:
    """Adjusted means."""
    found = fit(design, totals)
    return means(design, totals, found.severity, found.weight)


def scenarios(scored: Scored, base: Ints, asked_weights: Mapping[str, int] | None) -> Iterator[Scenario]:
    """Every other way to rank, one after the other.

    Args:
        scored: the sheets.
        base: adjusted means.
        asked_weights: weights that the office wants to see, by criterion in ten-thousandths.
    """
    design, every = scored.design, np.ones(scored.design.packages, bool)
    yield Scenario("raw", "", means(design, scored.totals), every)
    severity = fit(design, scored.totals).severity
    yield Scenario("equal-voices", "", means(design, scored.totals, severity), every)
    if scored.preferred.any() and not scored.preferred.all():
        # Every preferred package before every other; within both, by value.
        yield Scenario("preferred", "", base + scored.preferred * (int(np.abs(base).max()) * 2 + 1), every)
    if scored.scores is not None:
        for kind, of, weights in _weightings(scored.criteria, asked_weights):
            totals = _weighted(scored.scores, weights)
            yield Scenario(kind, of, adjusted(design, totals), every)
    for expert in range(design.experts):
        yield _without(scored, expert)


def _weightings(
    criteria: Sequence[tuple[str, int]], asked: Mapping[str, int] | None
) -> Iterator[tuple[str, str, list[int]]]:
    own = [weight for _name, weight in criteria]
    if asked is not None:
        yield "weights", "", [asked.get(name, 0) for name, _weight in criteria]
    if len(criteria) < 2:
        return
    yield "equal-weights", "", [1] * len(criteria)
    for place, (name, weight) in enumerate(criteria):
        for kind, hundredths in (("more", MORE), ("less", LESS)):
            yield kind, name, [100 * one if k != place else hundredths * weight for k, one in enumerate(own)]


def _weighted(scores: Ints, weights: Sequence[int]) -> Ints:
    weighed = np.array(weights, np.int64)
    found: Ints = np.rint(scores @ weighed / weighed.sum()).astype(np.int64)
    return found


def _without(scored: Scored, expert: int) -> Scenario:
    design = scored.design
    kept = design.expert != expert
    names, numbered = np.unique(design.expert[kept], return_inverse=True)
    fewer = Design(design.package[kept], numbered.astype(np.int64), design.packages, len(names))
    known = fewer.of_packages() > 0
    values = adjusted(fewer, scored.totals[kept]) if kept.any() else np.zeros(design.packages, np.int64)
    return Scenario("without", str(expert), values, known)


def compared(base: Ints, scenario: Scenario, line: int | None, names: Sequence[str]) -> dict[str, Any]:
    """How a scenario's order stands to the ranking's: Kendall's tau-b, who crosses the award line, who moves furthest.

    Packages without a value in the scenario are told and left out of tau; they count as below the line.
    """
    known = scenario.known
    before, after = places(base), placed(scenario)
    after[~known] = len(base) + 1
    told: dict[str, Any] = {"kind": scenario.kind, "of": scenario.of, "tau": tau(base[known], scenario.values[known])}
    told["unscored"] = [names[k] for k in np.flatnonzero(~known).tolist()]
    moved = np.where(known, np.abs(before - after), 0)
    furthest = [int(k) for k in np.lexsort((before, -moved))[:MOST_MOVED] if moved[k]]
    told["moved"] = [[names[k], int(before[k]), int(after[k])] for k in furthest]
    if line is not None:
        inside, then = before <= line, after <= line
        told["out"] = [names[k] for k in np.flatnonzero(inside & ~then).tolist()]
        told["in"] = [names[k] for k in np.flatnonzero(~inside & then).tolist()]
    return told


def tau(one: Ints, other: Ints) -> str:
    """Kendall's tau-b with four decimals; empty where it has no meaning."""
    from scipy.stats import kendalltau

    if len(one) < 2 or (one == one[0]).all() or (other == other[0]).all():
        return ""
    return f"{float(kendalltau(one, other).statistic) + 0.0:.4f}"
