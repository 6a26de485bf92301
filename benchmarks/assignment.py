"""The assignment of experts: time, cost, proven bound and gap, beside the greedy choice, on synthetic calls.

    python benchmarks/assignment.py [--packages 1000] [--experts 200] [--wanted 3 4 5] [--seeds 3]

Goal: 1 000 packages × 200 experts in less than 20 s, the optimum proven or the gap printed. Each row is one call: a third of the
experts know a category, one in twelve an occupation, 4 % of pairs are conflicts, one expert in ten is away, 40 % more seats than
needed. `short` is a call whose experts together take fewer packages than are wanted.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from ketang.selection.assigning.fitting import COSTS, Fit, load_step  # noqa: E402
from ketang.selection.assigning.solving import Problem, cost_of, solve  # noqa: E402

GOAL_SECONDS = 20.0
CATEGORIES, OCCUPATIONS = 7, 40


def made(packages: int, experts: int, wanted: int, seed: int, room: float = 1.4) -> Problem:
    """A call as they may come."""
    drawn = np.random.default_rng(seed)
    category, occupation = drawn.integers(0, CATEGORIES, packages), drawn.integers(0, OCCUPATIONS, packages)
    knows_category = drawn.random((experts, CATEGORIES)) < 1 / 3
    knows_occupation = drawn.random((experts, OCCUPATIONS)) < 1 / 12
    nothing = ~knows_category.any(axis=1) & ~knows_occupation.any(axis=1)
    costs = np.where(
        knows_occupation[:, occupation].T,
        COSTS[Fit.OCCUPATION],
        np.where(
            knows_category[:, category].T,
            COSTS[Fit.CATEGORY],
            np.where(nothing[None, :], COSTS[Fit.UNKNOWN], COSTS[Fit.NONE]),
        ),
    ).astype(np.int64)
    allowed = (drawn.random((packages, experts)) > 0.04) & (drawn.random(experts) > 0.1)[None, :]
    mean = packages * wanted / experts * room / 0.9
    limits = np.maximum(1, drawn.integers(round(mean * 0.6), round(mean * 1.4) + 1, experts))
    empty = np.zeros((packages, experts), dtype=bool)
    return Problem(costs, allowed, empty, np.zeros(experts, dtype=np.int64), limits.astype(np.int64), wanted)


def greedy(problem: Problem) -> tuple[int, int]:
    """Cost and missing experts when each package in turn, the one with the fewest experts first, takes what is cheapest then."""
    loads, chosen = problem.loads.copy(), problem.standing.copy()
    for row in np.argsort(problem.allowed.sum(axis=1), kind="stable"):
        for _ in range(problem.wanted):
            free = problem.allowed[row] & ~chosen[row] & (loads < problem.limits)
            if not free.any():
                break
            steps = np.array(
                [
                    load_step(int(load) + 1, int(limit), problem.balance)
                    for load, limit in zip(loads, problem.limits, strict=True)
                ]
            )
            best = int(np.argmin(np.where(free, problem.costs[row] + steps, np.iinfo(np.int64).max)))
            chosen[row, best] = True
            loads[best] += 1
    missing = int(np.maximum(0, problem.wanted - chosen.sum(axis=1)).sum())
    return cost_of(problem, chosen), missing


def main() -> int:
    """One row a call; 1 when a call took longer than the goal or its optimum is not proven."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--packages", type=int, default=1000)
    asked.add_argument("--experts", type=int, default=200)
    asked.add_argument("--wanted", type=int, nargs="+", default=[3, 4, 5])
    asked.add_argument("--seeds", type=int, default=3)
    given = asked.parse_args()
    print(f"{given.packages} packages x {given.experts} experts; cost in points")
    head = (
        "call", "wanted", "seed", "seconds", "cost", "bound", "gap", "missing", "even (load/limit)", "greedy s",
        "greedy cost", "greedy missing",
    )  # fmt: skip
    print(" | ".join(head))
    slow = False
    calls = [("usual", 1.4, wanted, seed) for wanted in given.wanted for seed in range(given.seeds)]
    for name, room, wanted, seed in [*calls, ("short", 0.9, given.wanted[-1], 0)]:
        problem = made(given.packages, given.experts, wanted, seed, room)
        start = time.perf_counter()
        found = solve(problem)
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        cost, missing = greedy(problem)
        beside = time.perf_counter() - start
        loads = np.bincount([expert for _, expert in found.chosen], minlength=given.experts)
        share = (loads / problem.limits)[problem.allowed.any(axis=0)]
        print(
            f"{name} | {wanted} | {seed} | {seconds:.1f} | {found.cost / 1000:.1f} | {found.bound / 1000:.1f} | {found.gap:.2%} ({found.proof}) | "
            f"{sum(found.lacking.values())} | {share.min():.2f}-{share.max():.2f} | {beside:.1f} | {cost / 1000:.1f} | {missing}"
        )
        slow |= seconds > GOAL_SECONDS or found.gap > 1e-6
    return int(slow)


if __name__ == "__main__":
    raise SystemExit(main())
