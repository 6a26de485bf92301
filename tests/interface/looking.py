"""The browser as the checks use it: two tabs (with and without scripts) that live as long as the tests, for a new tab costs more than a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from interface.states import State
from listening import READER

WIDTHS = {1280: 900, 390: 844}


@dataclass(slots=True)
class Seen:
    """A page that stands in its state."""

    page: Any
    state: State
    width: int
    elsewhere: list[str] = field(default_factory=list)
    """Addresses outside of the site that were asked for."""

    def devtools(self) -> Any:
        """The browser's own protocol for this tab, opened once a tab."""
        return _devtools(self.page)

    def widened(self, width: int) -> Seen:
        """The same page, not loaded again, in a window of another width."""
        self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        return replace(self, width=width)


_OPENED: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def _devtools(page: Any) -> Any:
    if page not in _OPENED:
        _OPENED[page] = page.context.new_cdp_session(page)
    return _OPENED[page]


class Browser:
    """Opens states. `engines` is the folder of npm packages with axe, IBM's engine and the virtual screen reader."""

    def __init__(
        self, chromium: Any, origin: str, places: dict[str, str], sessions: dict[str, str], engines: Path
    ) -> None:
        self.origin, self.places, self.sessions = origin, places, sessions
        self.axe = (engines / "axe-core/axe.min.js").read_text(encoding="utf-8")
        self.ibm = (engines / "accessibility-checker-engine/ace.js").read_text(encoding="utf-8")
        self.reader = (engines / READER).read_text(encoding="utf-8")
        self._tabs = {
            scripts: _Tab(
                chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=scripts), origin
            )
            for scripts in (True, False)
        }

    def open(self, state: State, width: int = 1280, *, scripts: bool = True, display: str = "") -> Seen:
        """The page in its state, in the looks of `display` (`size.theme.spacing`). AssertionError when it answers with another status or a script fails."""
        cookies = {"django_language": state.language}
        if display:
            cookies["display"] = display
        if state.role != "visitor":
            cookies["sessionid"] = self.sessions[state.role]
        if state.key:
            cookies["recommending"] = self.places[state.key]
        tab = self._tabs[scripts]
        page = tab.blank(cookies, width)
        answer = page.goto(self.origin + state.path.format(**self.places))
        assert (answer.status, state.name) == (state.status, state.name)
        if state.act is not None:
            state.act(page)
        assert tab.wrong == []
        return Seen(page, state, width, tab.elsewhere)

    def open_file(self, state: State, width: int) -> Seen:
        """A page of this disk, whose `path` is its whole address."""
        tab = self._tabs[True]
        page = tab.blank({}, width)
        page.goto(state.path)
        assert tab.wrong == []
        return Seen(page, state, width, tab.elsewhere)

    def close(self) -> None:
        """Close both tabs."""
        for tab in self._tabs.values():
            tab.page.context.close()


class _Tab:
    """A tab that goes from page to page; nothing of one page is left for the next."""

    def __init__(self, context: Any, origin: str) -> None:
        self.page, self.origin = context.new_page(), origin
        self.page.set_default_timeout(15_000)
        self.elsewhere: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def blank(self, cookies: dict[str, str], width: int) -> Any:
        """The tab as if it were new, with these cookies."""
        context = self.page.context
        # A lesson keeps what was studied in the browser, and offers it to who signs in next.
        if "/courses/" in self.page.url or "/learn/" in self.page.url:
            self.page.goto("about:blank")
            told = {"origin": self.origin, "storageTypes": "indexeddb"}
            _devtools(self.page).send("Storage.clearDataForOrigin", told)
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": value, "url": self.origin} for name, value in cookies.items()])
        self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        self.page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        self.elsewhere, self.wrong = [], []
        return self.page

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        # Simulations of packages have a port of their own on this machine; the policy names it.
        ours = parts.hostname == urlsplit(self.origin).hostname and "/%E4%BB%BF%E7%9C%9F/" in parts.path
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.origin and not ours:
            self.elsewhere.append(url)
