"""Every page and state passes the twelve checks, wide and narrow. `make sweep` also looks in dark, large and wide-spaced pages."""

from __future__ import annotations

from typing import Any

import pytest

from interface.checks import look
from interface.states import STATES, State

BY_NAME = pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)


@BY_NAME
def test_a_page_wide(browser: Any, state: State) -> None:
    assert look(browser, browser.open(state, 1280), whole=True) == {}


@BY_NAME
def test_a_page_narrow(browser: Any, state: State) -> None:
    assert look(browser, browser.open(state, 390), whole=False) == {}


@pytest.mark.sweep
@BY_NAME
@pytest.mark.parametrize(
    "display", ["standard.dark.standard", "large.light.standard", "standard.light.wide", "large.dark.wide"]
)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_in_other_looks(browser: Any, state: State, display: str, width: int) -> None:
    assert look(browser, browser.open(state, width, display=display), whole=False) == {}


def test_names_of_states_are_unique() -> None:
    assert len({state.name for state in STATES}) == len(STATES)
