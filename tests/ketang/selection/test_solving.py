"""The solver: against every possible choice in tiny cases, what may never be broken in larger ones, and its own proof."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ketang.selection.assigning.fitting import COSTS, Fit, fit_of, load_cost, load_step
from ketang.selection.assigning.solving import Problem, cost_of, solve


def problem(costs: list[list[int]], **more: object) -> Problem:
    shape = (len(costs), len(costs[0]))
    fields = {
        "allowed": np.ones(shape, dtype=bool), "standing": np.zeros(shape, dtype=bool),
        "loads": np.zeros(shape[1], dtype=np.int64), "limits": np.full(shape[1], 9, dtype=np.int64), "wanted": 1,
        **more,
    }  # fmt: skip
    return Problem(costs=np.array(costs, dtype=np.int64), **fields)  # type: ignore[arg-type]  # of several types


@st.composite
def problems(draw: st.DrawFn, packages: int = 3, experts: int = 3) -> Problem:
    rows, columns = draw(st.integers(1, packages)), draw(st.integers(1, experts))
    flags = st.lists(st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    allowed = np.array(draw(flags), dtype=bool)
    standing = np.array(draw(flags), dtype=bool) & np.array(draw(flags), dtype=bool)
    loads = standing.sum(axis=0)
    limits = loads + np.array(draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns)))
    price = st.sampled_from([0, 250, 600, 1000])
    costs = draw(st.lists(st.lists(price, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return problem(
        costs, allowed=allowed, standing=standing, loads=loads, limits=limits, wanted=draw(st.integers(1, 3)),
        balance=draw(st.sampled_from([0, 400, 3000])),
    )  # fmt: skip


def best(asked: Problem) -> tuple[int, int]:
    """Fewest missing experts and, with as many spread as evenly, the least cost, by trying everything."""
    options = []
    for row in range(len(asked.costs)):
        need = max(0, asked.wanted - int(asked.standing[row].sum()))
        free = np.flatnonzero(asked.allowed[row] & ~asked.standing[row]).tolist()
        options.append([chosen for count in range(min(need, len(free)) + 1) for chosen in combinations(free, count)])
    found = []
    for choice in product(*options):
        chosen = asked.standing.copy()
        for row, columns in enumerate(choice):
            chosen[row, list(columns)] = True
        if (asked.loads + (chosen & ~asked.standing).sum(axis=0) <= asked.limits).all():
            missing = np.maximum(0, asked.wanted - chosen.sum(axis=1))
            found.append((int(missing.sum()), int((missing**2).sum()), cost_of(asked, chosen)))
    least = min(found)
    return least[0], least[2]


@given(problems())
@settings(max_examples=150)
def test_no_choice_is_better(asked: Problem) -> None:
    found = solve(asked)
    assert (sum(found.lacking.values()), found.cost) == best(asked)
    assert (round(found.bound, 6), found.proof, found.gap < 1e-9) == (found.cost, "lp", True)


@given(problems(packages=12, experts=8))
@settings(max_examples=80)
def test_nothing_is_ever_broken(asked: Problem) -> None:
    found = solve(asked)
    rows, columns = np.array([*found.chosen, (0, 0)])[:-1].T
    assert asked.allowed[rows, columns].all()
    assert not asked.standing[rows, columns].any()
    assert (asked.loads + np.bincount(columns, minlength=len(asked.limits)) <= asked.limits).all()
    whole = asked.standing.copy()
    whole[rows, columns] = True
    counted = whole.sum(axis=1)
    lacking = {row: asked.wanted - int(count) for row, count in enumerate(counted) if count < asked.wanted}
    assert (found.lacking, len(set(found.chosen))) == (lacking, len(found.chosen))


def test_loads_are_even_in_proportion_to_limits() -> None:
    asked = problem([[500] * 3] * 12, limits=np.array([4, 8, 12], dtype=np.int64))
    loads = np.bincount([column for _row, column in solve(asked).chosen])
    assert loads.tolist() == [2, 4, 6]


def test_what_is_missing_is_spread() -> None:
    asked = problem([[0, 0, 0]] * 3, wanted=3, limits=np.array([2, 2, 2], dtype=np.int64))
    assert solve(asked).lacking == {0: 1, 1: 1, 2: 1}


def test_nobody_at_all() -> None:
    found = solve(problem([[0], [0]], allowed=np.zeros((2, 1), dtype=bool), wanted=2))
    assert (found.chosen, found.lacking, found.cost, found.gap) == ((), {0: 2, 1: 2}, 0, 0.0)


def test_fits_and_steps() -> None:
    asked = [
        fit_of(("P2(3)",), ("养老护理员",), category="P2(1)", about="养老护理员入门"),
        fit_of(("P2(3)",), (), category="P2(3)", about="入门"),
        fit_of((), (), category="P2(3)", about="入门"),
        fit_of(("P2(1)",), ("",), category="P2(3)", about="入门"),
    ]
    assert asked == [Fit.OCCUPATION, Fit.CATEGORY, Fit.UNKNOWN, Fit.NONE]
    assert [COSTS[one] for one in asked] == [0, 250, 600, 1000]
    assert ([load_step(n, 4) for n in (1, 2, 3, 4)], load_cost(4, 4)) == ([100, 300, 500, 700], 1600)
