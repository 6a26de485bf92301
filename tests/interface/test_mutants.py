"""Eleven planted defects, each caught by the check it is for. axe alone catches three of them: why the other checks exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from interface import checks
from interface.states import STATES, State

PAGE = next(state for state in STATES if state.name == "feedback-empty")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A defect: what is done to a clean page, and the check that must catch it."""

    name: str
    plant: str
    caught_by: Callable[..., list[str]]


def css(rules: str) -> str:
    """A style sheet planted as the page's own would be."""
    return f"(() => {{ const s = new CSSStyleSheet(); s.replaceSync({rules!r}); document.adoptedStyleSheets = [...document.adoptedStyleSheets, s]; }})()"


MUTANTS = (
    Mutant("label removed", "document.querySelector('label[for=id_reply_to]').remove()", checks.axe),
    Mutant("low contrast", css(".govuk-hint { color: #949494 }"), checks.contrast),
    Mutant(
        "focus hidden",
        css("main button:focus, main button:focus-visible { outline: 0 !important; box-shadow: 0 2px 0 var(--button-shadow) !important; background: var(--button) !important; border-color: transparent !important; color: var(--on-button) !important }"),
        checks.focus_visible,
    ),
    Mutant("sticky cover", css(".footer { position: fixed; inset: auto 0 0 0; height: 75vh; z-index: 9 }"), checks.focus_uncovered),
    Mutant("fixed width", css("main form { width: 720px }"), checks.reflow),
    Mutant("tiny target", css(".footer-links a { min-height: 0; font-size: 11px; line-height: 1 } .footer-links { gap: 40px }"), checks.targets),
    Mutant("no language", "document.documentElement.removeAttribute('lang')", checks.axe),
    Mutant("text clipped", css("main .govuk-hint { height: 1.7em; overflow: hidden; width: 30em; white-space: nowrap }"), checks.spacing),
    Mutant(
        "animation",
        css("@keyframes m { to { transform: translateX(4px) } } .brand { animation: m 1s infinite alternate !important }"),
        checks.forced_and_still,
    ),
    Mutant(
        "key trap",
        "document.querySelector('main textarea').addEventListener('keydown', event => { if (event.key === 'Tab') event.preventDefault() })",
        checks.keyboard,
    ),
    Mutant(
        "div as button",
        "(() => { const old = document.querySelector('main form button'); const div = document.createElement('div'); div.className = 'govuk-button'; div.textContent = old.textContent; div.style.cursor = 'pointer'; div.onclick = () => old.form.submit(); old.replaceWith(div) })()",
        checks.keyboard,
    ),
)  # fmt: skip
AXE_ALONE = {"label removed", "low contrast", "no language"}


@pytest.fixture
def planted(browser: Any, request: pytest.FixtureRequest) -> Any:
    """The page with one defect."""
    seen = browser.open(PAGE)
    checks.ready(seen)
    seen.page.evaluate(request.param.plant)
    return seen


@pytest.mark.parametrize(
    ("planted", "mutant"), [(one, one) for one in MUTANTS], ids=[one.name for one in MUTANTS], indirect=["planted"]
)
def test_a_planted_defect_is_caught(browser: Any, planted: Any, mutant: Mutant) -> None:
    by_axe = bool(checks.axe(browser, planted))
    assert (mutant.caught_by(browser, planted) != [], by_axe) == (True, mutant.name in AXE_ALONE)


def test_eleven_defects() -> None:
    assert len(MUTANTS) == 11
    assert isinstance(PAGE, State)
