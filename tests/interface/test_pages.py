"""Every page passes the twelve checks, narrow and wide, and in `make sweep` each of its states; `make looks` has dark, large and wide-spaced pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from interface.checks import look
from interface.looking import Seen
from interface.states import STATES, State
from interface.test_mutants import css

BY_NAME = pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)


def firsts() -> set[str]:
    """The first state of each page: what `make test` looks at. Wrong words, empty lists, English are the sweep's."""
    pages: dict[str, str] = {}
    for state in STATES:
        pages.setdefault(re.sub(r"\{\w+\}", "…", state.path.partition("?")[0]), state.name)
    return set(pages.values())


FIRSTS = firsts()
FIRST_OR_SWEEP = pytest.mark.parametrize(
    "state",
    [pytest.param(s, id=s.name, marks=() if s.name in FIRSTS else pytest.mark.sweep) for s in STATES],
)


@FIRST_OR_SWEEP
def test_a_page_narrow_and_wide(browser: Any, state: State) -> None:
    assert both_widths(browser, browser.open(state, 390)) == {"narrow": {}, "wide": {}}


def both_widths(browser: Any, seen: Seen) -> dict[str, dict[str, list[str]]]:
    """One loaded page looked at narrow, then widened as a window is: the style sheets ask for the width, no script does."""
    narrow = look(browser, seen, whole=False)
    return {"narrow": narrow, "wide": look(browser, seen.widened(1280), whole=True)}


@pytest.mark.parametrize("limits, wrong", [("max-width: 390px", "narrow"), ("min-width: 1280px", "wide")])
def test_a_defect_of_one_width_is_found_in_that_width(browser: Any, limits: str, wrong: str) -> None:
    seen = browser.open(next(state for state in STATES if state.name == "contact"), 390)
    seen.page.evaluate(css(f"@media ({limits}) {{ main p {{ color: #949494 }} }}"))
    found = both_widths(browser, seen)
    assert {width: set(faults) & {"contrast"} for width, faults in found.items()} == {
        width: {"contrast"} if width == wrong else set() for width in ("narrow", "wide")
    }


@pytest.mark.looks
@BY_NAME
@pytest.mark.parametrize(
    "display", ["standard.dark.standard", "large.light.standard", "standard.light.wide", "large.dark.wide"]
)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_in_other_looks(browser: Any, state: State, display: str, width: int) -> None:
    assert look(browser, browser.open(state, width, display=display), whole=False) == {}


def test_the_first_state_of_each_page_is_looked_at_in_every_run() -> None:
    assert {"office-ledger-one", "ledger-english", "ledger-filters", "office-nothing-found"} & FIRSTS == set()
    assert {"home", "ledger", "check", "trial", "sign-in", "today"} - FIRSTS == set()


def test_names_of_states_are_unique() -> None:
    assert len({state.name for state in STATES}) == len(STATES)
