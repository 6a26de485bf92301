"""The browser as the checks use it: two contexts (with and without scripts) that live as long as the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from interface.states import State

WIDTHS = {1280: 900, 390: 844}


@dataclass(slots=True)
class Seen:
    """A page that stands in its state."""

    page: Any
    state: State
    width: int
    elsewhere: list[str] = field(default_factory=list)
    """Addresses outside of the site that were asked for."""


class Browser:
    """Opens states. `engines` is the folder of npm packages with axe, IBM's engine and the virtual screen reader."""

    def __init__(
        self, chromium: Any, origin: str, places: dict[str, str], sessions: dict[str, str], engines: Path
    ) -> None:
        self.origin, self.places, self.sessions = origin, places, sessions
        self.axe = (engines / "axe-core/axe.min.js").read_text(encoding="utf-8")
        self.ibm = (engines / "accessibility-checker-engine/ace.js").read_text(encoding="utf-8")
        reader = engines / "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
        self.reader = reader.read_text(encoding="utf-8")
        self._scripted = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        self._plain = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=False)
        self._pages: dict[bool, Any] = {}

    def open(self, state: State, width: int = 1280, *, scripts: bool = True, display: str = "") -> Seen:
        """The page in its state, in the looks of `display` (`size.theme.spacing`). AssertionError when it answers with another status or a script fails."""
        context = self._scripted if scripts else self._plain
        context.clear_cookies()
        cookies = {"django_language": state.language}
        if display:
            cookies["display"] = display
        if state.role != "visitor":
            cookies["sessionid"] = self.sessions[state.role]
        context.add_cookies([{"name": name, "value": value, "url": self.origin} for name, value in cookies.items()])
        if scripts in self._pages:
            self._pages[scripts].close()
        page = self._pages[scripts] = context.new_page()
        page.set_default_timeout(15_000)
        seen = Seen(page, state, width)
        page.on("request", lambda request: self._note(seen, request.url))
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        answer = page.goto(self.origin + state.path.format(**self.places))
        assert (answer.status, state.name) == (state.status, state.name)
        if state.act is not None:
            state.act(page)
        assert wrong == []
        return seen

    def _note(self, seen: Seen, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            seen.elsewhere.append(url)

    def close(self) -> None:
        """Close both contexts."""
        self._scripted.close()
        self._plain.close()
