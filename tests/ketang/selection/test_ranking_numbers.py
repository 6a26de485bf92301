"""The estimator: worked examples, the published alpha, and what must hold for any scores."""

from __future__ import annotations

from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from ketang.selection.ranking.agreement import Agreement, agreement
from ketang.selection.ranking.estimating import RATIOS, UNIT, Design, components, fit, means, severities
from ketang.selection.ranking.result import Asked, Sheet, ranked, text
from ketang.selection.ranking.sensitivity import places

NA = None
# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section D: four observers, twelve units.
PUBLISHED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3),
    (NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA),
)


def table(rows: Any) -> tuple[Design, Any]:
    """A design from rows of experts with scores in points, None for none."""
    cells = [(p, e, v) for e, row in enumerate(rows) for p, v in enumerate(row) if v is not None]
    package, expert, values = (np.array(column) for column in zip(*cells, strict=True))
    return Design(package, expert, len(rows[0]), len(rows)), np.rint(values * UNIT).astype(np.int64)


def test_alpha_is_the_published_one() -> None:
    found = agreement(*table(PUBLISHED))
    assert (f"{found.alpha:.3f}", found.packages, found.sheets) == ("0.849", 11, 40)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(2, 6))
def test_alpha_is_that_of_the_library(seed: int, packages: int, experts: int) -> None:
    random = np.random.default_rng(seed)
    values = random.integers(0, 21, (experts, packages)).astype(float)
    values[random.random(values.shape) < 0.3] = np.nan
    paired = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    if paired.size == 0 or len(np.unique(paired[~np.isnan(paired)])) < 2:
        return
    design, whole = table([[None if np.isnan(one) else one for one in row] for row in values])
    expected = krippendorff.alpha(values, level_of_measurement="interval")
    assert agreement(design, whole).alpha == pytest.approx(expected, abs=1e-12)


def test_alpha_without_a_meaning_is_none() -> None:
    assert agreement(*table(((7, 7), (7, 7)))) == Agreement(None, 2, 4)
    assert agreement(*table(((7, NA), (NA, 6)))) == Agreement(None, 0, 0)


def test_severity_is_told_from_the_packages_they_share() -> None:
    """Experts 0 and 1 share packages 0 to 5, expert 1 and 2 the others; 0 is two points below 1, 2 one point above."""
    quality = [5.0, 6.0, 7.0, 8.0, 6.5, 5.5, 6.0, 7.5, 5.0, 8.0, 7.0, 6.5]
    rows = (
        [quality[p] - 2 if p < 6 else None for p in range(12)],
        quality,
        [quality[p] + 1 if p >= 6 else None for p in range(12)],
    )
    design, totals = table(rows)
    found = fit(design, totals)
    assert found.severity.sum() == pytest.approx(0, abs=1)
    assert (found.severity - found.severity[1]) / UNIT == pytest.approx([-2, 0, 1], abs=0.02)
    adjusted = means(design, totals, found.severity, found.weight) / UNIT
    assert adjusted - adjusted[0] == pytest.approx(np.array(quality) - quality[0], abs=0.02)
    raw = means(design, totals) / UNIT
    assert (raw[0], raw[8]) == (4.0, 5.5)  # the same quality, told apart by who looked


def test_the_ratio_is_the_likeliest_one() -> None:
    """Against the restricted likelihood written out with whole matrices."""
    random = np.random.default_rng(3)
    package = np.repeat(np.arange(20), 3)
    expert = np.concatenate([random.permutation(6)[:3] for _ in range(20)])
    scores = np.round(random.normal(7, 1, 20)[package] + random.normal(0, 1, 6)[expert] + random.normal(0, 1, 60), 2)
    x, z = np.eye(20)[package], np.eye(6)[expert]

    def likelihood(ratio: float) -> tuple[float, Any]:
        v = np.eye(60) + ratio * z @ z.T
        w = np.linalg.inv(v)
        xwx = x.T @ w @ x
        p = w - w @ x @ np.linalg.inv(xwx) @ x.T @ w
        square = scores @ p @ scores
        told = 40 * np.log(square) + np.linalg.slogdet(v)[1] + np.linalg.slogdet(xwx)[1]
        return told, ratio * z.T @ p @ scores

    severity, _error, ratio, _noise = severities(Design(package, expert, 20, 6), scores, np.ones(6))
    assert ratio == RATIOS[np.argmin([likelihood(one)[0] for one in RATIOS])]
    assert severity == pytest.approx(likelihood(ratio)[1], abs=1e-9)


def test_one_sheet_a_package_adjusts_nothing() -> None:
    design, totals = table(((5, NA, NA), (NA, 7, NA), (NA, NA, 9)))
    found = fit(design, totals)
    assert (found.severity.tolist(), found.ratio) == ([0, 0, 0], 0.0)
    assert components(design).tolist() == [0, 1, 2]


def simulated(seed: int, *, packages: int = 30, experts: int = 8, each: int = 4, severity: float = 1.0) -> Any:
    random = np.random.default_rng(seed)
    package = np.repeat(np.arange(packages), each)
    expert = np.concatenate([random.permutation(experts)[:each] for _ in range(packages)])
    quality, of = random.normal(7, 1, packages), random.normal(0, severity, experts)
    totals = np.rint((quality[package] + of[expert] + random.normal(0, 0.7, len(package))) * UNIT).astype(np.int64)
    return Design(package, expert, packages, experts), totals


def adjusted(design: Design, totals: Any) -> Any:
    found = fit(design, totals)
    return means(design, totals, found.severity, found.weight)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7), st.integers(3 * UNIT, 6 * UNIT))
def test_a_constant_added_to_an_expert_hardly_moves_the_adjusted_order(seed: int, expert: int, constant: int) -> None:
    """Shrinkage leaves a small rest of it; the raw order moves much more."""
    design, totals = simulated(seed)
    moved = totals + constant * (design.expert == expert)
    own = kendalltau(adjusted(design, totals), adjusted(design, moved)).statistic
    raw = kendalltau(means(design, totals), means(design, moved)).statistic
    assert own > max(0.85, raw)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(-15_000, 15_000))
def test_a_constant_added_to_all_is_added_to_every_mean(seed: int, constant: int) -> None:
    """An even one: halves are rounded to the even neighbour."""
    design, totals = simulated(seed)
    constant *= 2
    assert (adjusted(design, totals + constant) == adjusted(design, totals) + constant).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_without_severities_the_adjusted_order_is_near_the_raw_one(seed: int) -> None:
    design, totals = simulated(seed, severity=0)
    assert kendalltau(adjusted(design, totals), means(design, totals)).statistic > 0.8


def test_everybody_scoring_everything_leaves_the_raw_order() -> None:
    random = np.random.default_rng(1)
    design, totals = table(random.integers(8, 21, (4, 12)) / 2)
    assert places(adjusted(design, totals)).tolist() == places(means(design, totals)).tolist()


def sheets(design: Design, totals: Any) -> list[Sheet]:
    return [
        Sheet(f"s{k:04}", f"p{p:03}", f"e{e:02}", int(total), {"a": int(total), "b": 50_000})
        for k, (p, e, total) in enumerate(zip(design.package, design.expert, totals, strict=True))
    ]


ASKED = Asked((("a", 20 * UNIT), ("b", 10 * UNIT)), frozenset({"p001", "p007"}), 10, {"a": UNIT, "b": 3 * UNIT})


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_sheets_come_changes_no_digit(random: Any) -> None:
    given_sheets = sheets(*simulated(5))
    shuffled = list(given_sheets)
    random.shuffle(shuffled)
    assert ranked(shuffled, ASKED) == ranked(given_sheets, ASKED)


def test_equal_scores_share_the_first_place() -> None:
    design, _totals = simulated(1, packages=6, experts=4, each=3)
    rows, summary, _orders = ranked(sheets(design, np.full(18, 70_000)), ASKED)
    assert [(row["place"], row["raw"], row["adjusted"], row["spread"]) for row in rows] == [
        (1, "7.0000", "7.0000", "0.0000")
    ] * 6
    assert (summary["agreement"]["alpha"], summary["ratio"], summary["outliers"]) == ("", "0.0000", [])
    assert {row["severity"] for row in summary["experts"]} == {"0.0000"}


def test_a_sheet_far_from_all_others_is_noted_and_still_counts() -> None:
    design, totals = simulated(2, severity=0.3)
    totals[17] -= 5 * UNIT
    given_sheets = sheets(design, totals)
    rows, summary, _orders = ranked(given_sheets, ASKED)
    noted = summary["outliers"]
    odd = given_sheets[17]
    assert [(one["sheet"], one["expert"], one["submission"], one["total"]) for one in noted] == [
        (odd.name, odd.expert, odd.package, text(odd.total))
    ]
    assert float(noted[0]["off"]) == pytest.approx(float(noted[0]["total"]) - float(noted[0]["expected"]))
    assert float(noted[0]["times"]) > 3
    assert {row["submission"]: row["sheets"] for row in rows}[odd.package] == 4


def test_sensitivity_tells_each_other_way_to_rank() -> None:
    _rows, summary, _orders = ranked(sheets(*simulated(4)), ASKED)
    assert [(one["kind"], one["of"]) for one in summary["scenarios"]] == [
        ("raw", ""), ("equal-voices", ""), ("preferred", ""), ("weights", ""), ("equal-weights", ""),
        ("more", "a"), ("less", "a"), ("more", "b"), ("less", "b"), *(("without", f"e{k:02}") for k in range(8)),
    ]  # fmt: skip
    by_kind = {one["kind"]: one for one in summary["scenarios"]}
    # Criterion b is the same on every sheet: other weights change the scale and no place.
    assert [(by_kind[kind]["tau"], by_kind[kind]["in"], by_kind[kind]["out"]) for kind in ("weights", "more")] == [
        ("1.0000", [], [])
    ] * 2
    for one in summary["scenarios"]:
        assert len(one["in"]) == len(one["out"])


def test_a_package_that_only_one_expert_saw_is_lost_without_them() -> None:
    design, totals = table(((5, 6, 7), (6, 7, NA)))
    _rows, summary, _orders = ranked(sheets(design, totals), Asked((), line=1))
    assert [(one["kind"], one["of"], one["unscored"], one["out"], one["in"]) for one in summary["scenarios"]] == [
        ("raw", "", [], [], []),
        ("equal-voices", "", [], [], []),
        ("without", "e00", ["p002"], ["p002"], ["p001"]),
        ("without", "e01", [], [], []),
    ]
    assert summary["weighable"] is False


@pytest.mark.parametrize(("value", "told"), [(0, "0.0000"), (75_000, "7.5000"), (-1, "-0.0001"), (-12_345, "-1.2345")])
def test_ten_thousandths_as_text(value: int, told: str) -> None:
    assert text(value) == told


def test_means_are_exact_and_rounded_to_even() -> None:
    design = Design(np.array([0, 0, 1, 1, 2, 2, 2]), np.array([0, 1, 0, 1, 0, 1, 2]), 3, 3)
    assert means(design, np.array([1, 2, 3, 4, 1, 1, 2])).tolist() == [2, 4, 1]
    assert means(design, np.array([1, 2, 3, 4, 1, 1, 2]), np.array([1, 0, 0]), np.array([50, 100, 200])).tolist() == [
        1, 3, 1
    ]  # fmt: skip
