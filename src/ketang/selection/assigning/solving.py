"""Which expert scores which package, at the least cost: a flow of least cost, solved by HiGHS through SciPy.

Each package wants so many experts, each pair that is allowed can carry one, each expert takes up to a limit, and each further
package of an expert costs more than the one before. That is a network: every column of its matrix has at most one +1 and one -1
after the rows of experts are turned round, so that the matrix is totally unimodular and every corner of the linear relaxation is
whole. The simplex method ends in a corner; no branching is needed, and the prices that it ends with prove the optimum.

Nothing here knows of Django, of names or of conflicts: what is not allowed is not among the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import coo_matrix, csr_matrix

from ketang.selection.assigning.fitting import BALANCE, load_cost, load_step

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Packages in rows, experts in columns.

    Attributes:
        costs: of each pair, in whole thousandths.
        allowed: pairs that may be chosen: no conflict, and the expert takes work.
        standing: pairs that stand already and stay; they count in packages and loads.
        loads: packages that each expert has already; beside `standing` those may count that are no rows here.
        limits: most packages of each expert.
        wanted: experts a package.
        balance: what even loads weigh.
    """

    costs: Whole
    allowed: Flags
    standing: Flags
    loads: Whole
    limits: Whole
    wanted: int
    balance: int = BALANCE


@dataclass(frozen=True, slots=True)
class Solution:
    """What was chosen.

    Attributes:
        chosen: new pairs (package, expert), in order.
        lacking: how many experts are missing, by package.
        cost: of all pairs and loads, those that stand included.
        bound: no choice with as few missing costs less.
        proof: how the optimum is known: `lp` by prices, `mip` by branching.
    """

    chosen: tuple[tuple[int, int], ...]
    lacking: dict[int, int]
    cost: int
    bound: float
    proof: str

    @property
    def gap(self) -> float:
        """How far the cost may be above the least, as a share of it."""
        return max(0.0, (self.cost - self.bound) / max(1.0, abs(self.bound)))


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    rows: Whole
    columns: Whole
    prices: NDArray[np.float64]
    matrix: csr_matrix[Any]
    right: NDArray[np.float64]
    penalties: slice
    penalty: NDArray[np.float64]


def solve(problem: Problem) -> Solution:
    """The cheapest choice among those that leave the fewest experts missing; of the missing, no package lacks many while others lack none."""
    network = _network(problem)
    if network is None:
        cost = cost_of(problem, problem.standing)
        return Solution((), _lacking(problem, problem.standing), cost, float(cost), "lp")
    found, least, proof = _optimum(network)
    pairs = len(network.rows)
    taken = np.flatnonzero(found[:pairs] > 0.5)
    chosen = problem.standing.copy()
    chosen[network.rows[taken], network.columns[taken]] = True
    paid = float(network.penalty @ np.round(found[network.penalties]))
    before = sum(_paid(problem, expert) for expert in range(len(problem.limits))) + int(
        problem.costs[problem.standing].sum()
    )
    new = tuple(sorted(zip(network.rows[taken].tolist(), network.columns[taken].tolist(), strict=True)))
    return Solution(new, _lacking(problem, chosen), cost_of(problem, chosen), before + least - paid, proof)


def cost_of(problem: Problem, chosen: Flags) -> int:
    """What a choice costs: its pairs and its loads."""
    more = (chosen & ~problem.standing).sum(axis=0)
    loads = sum(
        load_cost(int(load), int(limit), problem.balance)
        for load, limit in zip(problem.loads + more, problem.limits, strict=True)
    )
    return int(problem.costs[chosen].sum()) + loads


def _paid(problem: Problem, expert: int) -> int:
    return load_cost(int(problem.loads[expert]), int(problem.limits[expert]), problem.balance)


def _lacking(problem: Problem, chosen: Flags) -> dict[int, int]:
    missing = problem.wanted - chosen.sum(axis=1)
    return {int(row): int(missing[row]) for row in np.flatnonzero(missing > 0)}


def _network(problem: Problem) -> _Network | None:
    """The columns: pairs, then missing experts, then steps of loads. None when there is nothing to choose."""
    packages, experts = problem.costs.shape
    rows, columns = np.nonzero(problem.allowed & ~problem.standing)
    wanted = np.maximum(0, problem.wanted - problem.standing.sum(axis=1))
    if not wanted.sum() or not len(rows):
        return None
    room = np.maximum(0, problem.limits - problem.loads)
    step_of = np.repeat(np.arange(experts), room)
    steps = [
        load_step(number, int(problem.limits[expert]), problem.balance)
        for expert in range(experts)
        for number in range(int(problem.loads[expert]) + 1, int(problem.limits[expert]) + 1)
    ]
    missing_of = np.repeat(np.arange(packages), wanted)
    nth = np.concatenate([np.arange(1, count + 1) for count in wanted])
    # A way that fills a gap passes each expert once at most: it costs less than this, so nothing is left out to save.
    gap = (experts + 1) * (int(problem.costs.max(initial=0)) + 1) + max(steps, default=0) + 1
    penalty = (gap * nth).astype(float)
    pairs, gaps = len(rows), len(missing_of)
    places = np.arange(pairs + gaps + len(steps))
    matrix = coo_matrix(
        (
            np.concatenate([np.ones(2 * pairs + gaps), -np.ones(len(steps))]),
            (
                np.concatenate([rows, packages + columns, missing_of, packages + step_of]),
                np.concatenate([places[:pairs], places[:pairs], places[pairs : pairs + gaps], places[pairs + gaps :]]),
            ),
        ),
        shape=(packages + experts, len(places)),
    ).tocsr()
    prices = np.concatenate([problem.costs[rows, columns], penalty, steps]).astype(float)
    right = np.concatenate([wanted, np.zeros(experts)]).astype(float)
    return _Network(rows, columns, prices, matrix, right, slice(pairs, pairs + gaps), penalty)


def _optimum(network: _Network) -> tuple[NDArray[np.float64], float, str]:
    """Amounts of every column, a bound that they cannot go below, and how it is known."""
    asked = linprog(network.prices, A_eq=network.matrix, b_eq=network.right, bounds=(0, 1), method="highs-ds")
    if asked.status == 0 and np.abs(asked.x - np.round(asked.x)).max(initial=0.0) < 1e-6:
        return asked.x, _proven(network, asked.eqlin.marginals), "lp"
    whole = milp(
        network.prices, constraints=LinearConstraint(network.matrix, network.right, network.right), bounds=(0, 1),
        integrality=np.ones(len(network.prices)), options={"time_limit": 60.0},
    )  # fmt: skip
    if whole.x is None:
        raise RuntimeError(whole.message)
    return whole.x, float(whole.mip_dual_bound), "mip"


def _proven(network: _Network, prices: NDArray[np.float64]) -> float:
    """The bound that the solver's prices prove by themselves, whoever found them: weak duality, worked out here.

    For any prices, `right · prices` and what columns with a reduced cost below nothing bring when they are full.
    """
    reduced = network.prices - network.matrix.T @ prices
    return float(network.right @ prices + np.minimum(reduced, 0.0).sum())
