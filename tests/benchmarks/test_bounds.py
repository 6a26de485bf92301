from __future__ import annotations

import pytest
from defects.bounds import rate_shown, rate_upper, wilson_lower


@pytest.mark.parametrize(
    ("caught", "trials", "least"),
    [(73, 73, 0.950), (380, 380, 0.990), (90, 100, 0.8256), (0, 10, 0.0), (1, 1, 0.2065)],
)
def test_wilson_lower_bound(caught: int, trials: int, least: float) -> None:
    assert wilson_lower(caught, trials) == pytest.approx(least, abs=0.0006)


@pytest.mark.parametrize(("caught", "trials"), [(0, 0), (3, 2), (-1, 5)])
def test_no_bound_of_an_impossible_count(caught: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no count"):
        wilson_lower(caught, trials)


def test_no_alarm_is_the_rule_of_three() -> None:
    assert rate_upper(0, 6.0) == pytest.approx(3 / 6, rel=0.002)
    assert rate_upper(0, 0.0) == float("inf")


def test_a_rate_needs_six_clean_hours() -> None:
    assert rate_shown(0, 5.99) == "不足以说明 · not shown (0 / 5.99 h)"
    assert rate_shown(3, 6.0) == "0.50 (≤1.29)"
