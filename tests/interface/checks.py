"""The twelve checks of a page in a state. Each takes what is seen and returns faults in words; an empty list is clean.

`target` counts, contrast and overflow are measured here, independently of axe: axe alone misses most of the planted defects
(`test_mutants.py`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html

from interface.looking import Browser, Seen
from listening import give_reader

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
GOLDEN_FILES = Path(__file__).parent / "golden"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LEAST_CONTRAST = 7
MOST_STOPS = 150
HANZI = re.compile(r"[\u3400-\u9fff]")

Check = Callable[[Browser, Seen], list[str]]


def ready(seen: Seen) -> None:
    """Put our probes into the page."""
    if not seen.page.evaluate("'probes' in window"):
        seen.page.evaluate(PROBES)


def axe(browser: Browser, seen: Seen) -> list[str]:
    """1: axe, WCAG 2.2 A and AA and best practice, with the size of targets."""
    if not seen.page.evaluate("'axe' in window"):
        seen.page.evaluate(browser.axe)
    options = {
        "runOnly": {"type": "tag", "values": AXE_TAGS},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    found: list[str] = seen.page.evaluate(
        """async (options) => {
            const { violations } = await axe.run(document, options);
            return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
        }""",
        options,
    )
    return found


def ibm(browser: Browser, seen: Seen) -> list[str]:
    """2: IBM's engine, no FAIL."""
    if not seen.page.evaluate("'ace' in window"):
        seen.page.evaluate(browser.ibm)
    # Picked out in the page: what passes is a hundred times as much to carry over.
    wrong = seen.page.evaluate(
        """async () => {
            const report = await new ace.Checker().check(document, ["WCAG_2_2"]);
            return report.results.filter((one) => one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
                .map(({ ruleId, message, snippet }) => ({ ruleId, message, snippet }));
        }"""
    )
    return [f"{one['ruleId']}: {one['message']} {one['snippet'][:100]}" for one in wrong]


def stops(seen: Seen) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the head of the page, until it leaves the page or comes round."""
    seen.page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0); getSelection().removeAllRanges()")
    seen.page.evaluate(
        "document.body.setAttribute('tabindex', '-1'); document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    found: list[dict[str, Any]] = []
    # Said to the browser itself: two messages a stop, where the library sends seven, and a page has sixty stops.
    browser = seen.devtools()
    for _ in range(MOST_STOPS):
        browser.send("Input.dispatchKeyEvent", TAB)
        told = browser.send("Runtime.evaluate", {"expression": "probes.focused()", "returnByValue": True})
        stop = told["result"].get("value")
        if stop is None or (found and stop["index"] == found[0]["index"]):
            return found
        found.append(stop)
        if len(found) > 2 and found[-3]["index"] == found[-1]["index"]:
            return found  # back and forth: a trap, which `keyboard` tells
    return found


TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def keyboard(browser: Browser, seen: Seen) -> list[str]:
    """3: the Tab key reaches every control in the order of the document and nothing traps it; nothing else pretends to be a control."""
    return [*_keyboard(seen, stops(seen)), *seen.page.evaluate("probes.pretenders()")]


def _keyboard(seen: Seen, found: list[dict[str, Any]]) -> list[str]:
    reached = [stop["index"] for stop in found]
    wanted = seen.page.evaluate("probes.reachable()")
    faults = [f"not reached: {words}" for index, words in wanted if index not in reached]
    if reached != sorted(reached):
        faults.append(f"order: {[stop['name'] for stop in found]}")
    return faults


def focus_visible(browser: Browser, seen: Seen) -> list[str]:
    """4: what has the focus looks different."""
    return [stop["name"] for stop in stops(seen) if not stop["shows"]]


def focus_uncovered(browser: Browser, seen: Seen) -> list[str]:
    """5: nothing lies over what has the focus."""
    return [f"{stop['name']} under {stop['covered']}" for stop in stops(seen) if stop["covered"]]


def three_of_focus(browser: Browser, seen: Seen) -> dict[str, list[str]]:
    """3 to 5 in one walk over the page."""
    found = stops(seen)
    return {
        "keyboard": [*_keyboard(seen, found), *seen.page.evaluate("probes.pretenders()")],
        "focus_visible": [stop["name"] for stop in found if not stop["shows"]],
        "focus_uncovered": [f"{stop['name']} under {stop['covered']}" for stop in found if stop["covered"]],
    }


def spoken(browser: Browser, seen: Seen) -> list[str]:
    """What a screen reader says, phrase by phrase (`@guidepup/virtual-screen-reader`)."""
    give_reader(seen.page, browser.reader)
    found: list[str] = seen.page.evaluate(
        """async whole => {
            await virtual.start({ container: whole ? document.body : document.querySelector("main") });
            const last = whole ? "end of document" : "end of main";
            for (let i = 0; i < 600; i++) {
                if ((await virtual.lastSpokenPhrase()) === last) break;
                await virtual.next();
            }
            const all = await virtual.spokenPhraseLog();
            await virtual.stop();
            return all;
        }""",
        seen.state.name in WHOLE,
    )
    return found


WHOLE = {"home", "home-english"}
"""States heard with the frame around them; the others are heard in their main part, so that a new entry of the navigation changes two files."""
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
CHANGING = (
    (r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "‹time›"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "‹uuid›"),
    (r"(?<=/invitations/)[\w-]+", "‹token›"),
    (r"(?<=/r/)[\w-]{43}", "‹token›"),
    (r"\b[A-Z2-7]{32}\b|\b[0-9a-f]{8}\b", "‹secret›"),
    (r"\b[0-9a-f]{64}\b", "‹digest›"),
    (r"(?<![\w-])[a-hj-km-np-z2-9]{4}-[a-hj-km-np-z2-9]{4}(?![\w-])", "‹password›"),
    (r"(?:SJ)?\d{4}-\d{5,6}", "‹number›"),
    (r"\bKT-\w{4}-\w{4}-\w\b", "‹code›"),
    (f"{TODAY:%Y[-/]%m[-/]%d}", "‹today›"),
    ((TODAY + timedelta(days=14)).isoformat(), "‹in fourteen days›"),  # what a link for bank data is good for
    ((TODAY + timedelta(days=90)).isoformat(), "‹in ninety days›"),  # what a recommender's link is good for
    (r"(?<=还有 )\d+(?= 天)|\d+(?= days left)|(?<=Opens in )\d+(?= days)", "‹days›"),
)
"""What differs from one run to the next."""


def _lasting(browser: Browser, phrase: str) -> str:
    """A phrase without what differs from one run to the next."""
    for word, value in [*browser.places.items(), ("site", browser.origin), ("site", browser.origin.partition("//")[2])]:
        phrase = phrase.replace(value, f"‹{word}›") if len(value) > 20 or word == "site" else phrase
    for pattern, word in CHANGING:
        phrase = re.sub(pattern, word, phrase)
    return phrase


def screen_reader(browser: Browser, seen: Seen) -> list[str]:
    """6: what is spoken is what the golden file says. `GOLDEN=write` writes it anew, to be read before it is kept."""
    lines = [_lasting(browser, phrase) for phrase in spoken(browser, seen)]
    text = "\n".join(lines) + "\n"
    path = GOLDEN_FILES / f"{seen.state.name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    golden = path.read_text(encoding="utf-8") if path.is_file() else ""
    wanted, heard = golden.splitlines(), text.splitlines()
    faults = [
        f"line {n}: {new!r} instead of {old!r}"
        for n, (old, new) in enumerate(zip(wanted, heard, strict=False), 1)
        if old != new
    ]
    if len(wanted) != len(heard):
        faults.append(f"{len(heard)} phrases instead of {len(wanted)}")
    return faults[:5]


def reflow(browser: Browser, seen: Seen) -> list[str]:
    """7: at 320×256 pixels nothing runs over the edge or is cut off."""
    before = seen.page.viewport_size
    seen.page.set_viewport_size({"width": 320, "height": 256})
    found: list[str] = seen.page.evaluate("probes.overflow()")
    seen.page.set_viewport_size(before)
    return found


def spacing(browser: Browser, seen: Seen) -> list[str]:
    """8: with the text spacing of WCAG 1.4.12 nothing is cut off."""
    found: list[str] = seen.page.evaluate("probes.spacing()")
    return found


def contrast(browser: Browser, seen: Seen) -> list[str]:
    """9: every text at 7:1 or more on its ground."""
    found: list[str] = seen.page.evaluate("least => probes.contrast(least)", LEAST_CONTRAST)
    return found


def targets(browser: Browser, seen: Seen) -> list[str]:
    """10: controls are large enough to hit."""
    found: list[str] = seen.page.evaluate("least => probes.targets(least)", seen.state.target)
    return found


def forced_and_still(browser: Browser, seen: Seen) -> list[str]:
    """11: in forced colours controls keep an edge; with reduced motion nothing moves."""
    seen.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found = [
        *seen.page.evaluate("probes.forced()"),
        *(f"moves: {one}" for one in seen.page.evaluate("probes.moving()")),
    ]
    seen.page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found


def plain(browser: Browser, seen: Seen) -> list[str]:
    """12: without scripts the same words and controls; languages are marked; no request leaves the site."""
    faults = [f"asked elsewhere: {address}" for address in seen.elsewhere]
    faults += seen.page.evaluate("probes.language()")
    if seen.state.act is None:
        # The player's controls stand in for the browser's own, which a video keeps without scripts.
        replaced = seen.page.evaluate(
            "[...document.querySelectorAll('[data-player] .player-controls')].map(one => one.remove()).length"
        )
        scripted = _words(seen.page.content())
        answer = browser.open(seen.state, seen.width, scripts=False)
        if answer.page.content().count('<video data-main="" controls') != replaced:
            faults.append("a player without the browser's own controls")
        without = _words(answer.page.content())
        faults += [f"only with scripts: {word}" for word in sorted(scripted - without)]
        faults += _forms(answer.page.content())
    return faults


def _words(page: str) -> set[str]:
    """Texts of the main part, without what scripts may add (`data-…` texts of components are announcements).

    A page that tells the minute of its making may be made in the next one the second time: minutes are masked.
    """
    tree = html.fromstring(page)
    main = tree.xpath("//main")
    assert main, "a page without <main>"
    ignored = main[0].xpath(
        ".//script|.//style|.//noscript|.//*[contains(@class, 'govuk-character-count__') or contains(@class, 'govuk-password-input__toggle')]"
    )
    for one in ignored:
        one.getparent().remove(one) if not one.tail else one.drop_tree()
    return {re.sub(*CHANGING[0], text.strip()) for text in main[0].itertext() if text.strip()}


def _forms(page: str) -> list[str]:
    """Forms that nothing sends, on a page that does not say (`<noscript>`) that it needs scripts, as passkeys do."""
    tree = html.fromstring(page)
    if tree.xpath("//main//noscript[normalize-space()]"):
        return []
    sends = ".//button[not(@type='button')]|.//input[@type='submit']"
    forms = tree.xpath("//form[not(@id)]")
    return [f"a form that nothing sends: {form.get('action')}" for form in forms if not form.xpath(sends)]


ONE_WIDTH = {"ibm": ibm, "screen_reader": screen_reader, "reflow": reflow, "plain": plain}
"""Checks whose answer does not hang on the window's width (reflow sets its own)."""
BOTH_WIDTHS = {
    "axe": axe,
    "spacing": spacing,
    "contrast": contrast,
    "targets": targets,
    "forced_and_still": forced_and_still,
}


def look(browser: Browser, seen: Seen, *, whole: bool) -> dict[str, list[str]]:
    """Every check at the page's width; those of one width only when `whole`. Names of checks with faults → the faults."""
    ready(seen)
    found = {name: check(browser, seen) for name, check in BOTH_WIDTHS.items()}
    found |= three_of_focus(browser, seen)
    if whole:
        found |= {name: check(browser, seen) for name, check in ONE_WIDTH.items()}
    return {name: faults for name, faults in found.items() if faults}
