"""The virtual screen reader (`@guidepup/virtual-screen-reader`) inside a page, and a person who goes by what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

READER = Path("@guidepup/virtual-screen-reader/lib/esm/index.browser.js")
"""Below `node_modules`."""
MOST = 1500
"""Phrases of the longest page."""
ROLES = {"a": ("link", "button")}
"""Links that look like buttons are told as buttons."""


def give_reader(page: Any, script: str) -> None:
    """Put the reader into the page as `virtual`, unless it is there. `script` is its module's text."""
    if page.evaluate("'virtual' in window"):
        return
    names = list(re.finditer(r"export\s*\{([^}]*)\};?", script))[-1]
    inner = next(part.split(" as ")[0].strip() for part in names[1].split(",") if part.strip().endswith("virtual"))
    page.evaluate(f"(() => {{ {script[: names.start()]}\nwindow.virtual = {inner}; }})()")


class Listener:
    """A person who sees nothing: goes on phrase by phrase from the beginning of the main part, and acts on what was said last.

    `heard` are all phrases, over all pages.
    """

    def __init__(self, page: Any, script: str) -> None:
        self.page, self.script = page, script
        self.heard: list[str] = []

    def hear(self, words: str, *kinds: str) -> str:
        """Go on until a phrase of one of these roles holds the words, once round the page at most. Gives the phrase."""
        give_reader(self.page, self.script)
        found = self.page.evaluate(
            """async ([words, kinds, most]) => {
                const all = [];
                if (!window.listening) await virtual.start({ container: document.querySelector("main") });
                window.listening = true;
                for (let i = 0, rounds = 0; i < most && rounds < 2; i++) {
                    await virtual.next();
                    const said = await virtual.lastSpokenPhrase();
                    all.push(said);
                    if (said === "end of main") rounds += 1;
                    const fits = !kinds.length || kinds.some((kind) => said.startsWith(`${kind}, `));
                    if (fits && said.includes(words) && !said.startsWith("end")) return [all, said];
                }
                return [all, ""];
            }""",
            [words, [kind for kind in kinds if kind], MOST],
        )
        self.heard += found[0]
        assert found[1], f"no {kinds} called {words!r} among {found[0]}"
        return str(found[1])

    def act(self) -> None:
        """Do what the item that was said last is for."""
        self.page.evaluate("virtual.act()")

    def press(self, words: str, kind: str = "") -> None:
        """Hear of a button or link (`a`), press it, and wait for the next page."""
        self.hear(words, *ROLES.get(kind, (kind,)))
        with self.page.expect_navigation():
            # Not waited for: the page is gone before the act has come to its end.
            self.page.evaluate("() => { virtual.act(); }")

    def turn(self, words: str, kind: str = "button") -> None:
        """Press what stays on the page; what is heard next begins at its head again."""
        self.hear(words, *ROLES.get(kind, (kind,)))
        self.act()
        self.page.evaluate("virtual.stop().then(() => { window.listening = false; })")

    def choose(self, words: str) -> None:
        """Choose a radio."""
        self._check(words, "radio")

    def tick(self, words: str) -> None:
        """Tick a box."""
        self._check(words, "checkbox")

    def _check(self, words: str, kind: str) -> None:
        assert ", not checked" in self.hear(words, kind)
        self.act()
        assert self.page.evaluate(
            "document.activeElement.checked && document.activeElement.labels[0].textContent.trim()"
        ).startswith(words)

    def write(self, words: str, text: str) -> None:
        """Hear of a field, go into it, and type."""
        self.hear(words, "textbox")
        self.act()
        self.page.evaluate("text => virtual.type(text)", text)
        assert self.page.evaluate("document.activeElement.value") == text
