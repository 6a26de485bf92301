"""Hands on the keyboard alone: Tab to a control, see where the focus is, type, press."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError as Timeout

PROBES = (Path(__file__).resolve().parents[1] / "interface/probes.js").read_text(encoding="utf-8")
MOST = 150
"""Stops of the longest page."""


class Keyboard:
    """A person who never touches the mouse. Each stop on the way must show its focus, with nothing over it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        # Who listens has the system's window kept away. Asked for only just before the key, that may come after it.
        page.on("filechooser", lambda _opened: None)

    def reach(self, words: str, kind: str = "") -> None:
        """Tab on until the control called `words` has the focus; `kind` is its tag, or `input[radio]` and the like."""
        met = []
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            self.page.evaluate(f"'probes' in window || {PROBES}")
            stop = self.page.evaluate("probes.focused()")
            if stop is None:
                continue
            assert (stop["name"], stop["shows"], stop["covered"]) == (stop["name"], True, "")
            met.append(stop["name"])
            tag, _space, name = stop["name"].partition(" ")
            if words in name and tag.startswith(kind):
                return
        raise AssertionError(f"no stop called {words!r} among {met}")

    def press(self, words: str, kind: str = "") -> None:
        """Reach a button or link, press Enter, and wait for the next page."""
        self.reach(words, kind)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def turn(self, words: str, kind: str = "button") -> None:
        """Reach a button that stays on the page, and press Enter."""
        self.reach(words, kind)
        self.page.keyboard.press("Enter")

    def write(self, words: str, text: str) -> None:
        """Reach a field and type over what is in it."""
        self.reach(words)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, words: str) -> None:
        """Reach a box and tick it, unless it is."""
        self.reach(words, "input[checkbox]")
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked")

    def choose(self, words: str) -> None:
        """Reach a group of radios and go to the one called `words`."""
        self.reach("", "input[radio]")
        for _ in range(20):
            if self.page.evaluate("document.activeElement.labels[0].textContent.trim()") == words:
                self.page.keyboard.press("Space")
                assert self.page.evaluate("document.activeElement.checked")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no radio called {words!r}")

    def bring(self, words: str, files: list[Path]) -> None:
        """Reach a file field, open the system's window with the keyboard and choose files there."""
        self.reach(words, "input[file]")
        try:
            opened = self._window(5_000)
        except Timeout:  # no window came: whoever sits there presses again
            opened = self._window(30_000)
        opened.set_files(files)

    def _window(self, wait: int) -> Any:
        with self.page.expect_file_chooser(timeout=wait) as opened:
            self.page.keyboard.press("Space")
        return opened.value
