"""Chinese on a terminal: hanzi break anywhere, Latin words stay whole, and no line begins with a comma or ends with an
opening bracket."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text as Line

_CLOSING = re.escape("，。、；：？！）》」』】〉”’…％,.;:?!)]}")
_OPENING = re.escape("（《「『【〈“‘([{")
_UNIT = re.compile(
    rf"\n|[{_OPENING}]*(?:[!-~\u00a1-\u024f]+|[^\s{_CLOSING}])?[{_CLOSING}]*[^\S\n]*", re.DOTALL
)  # the least that stays together, with the blanks behind it


class Folded:
    """A styled line, broken to the width at hand. `first` and `rest` indent its first and its further lines, in cells."""

    def __init__(self, line: Line, *, first: int = 0, rest: int = 0) -> None:
        self.line, self.first, self.rest = line, first, rest

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        offsets = breaks(self.line.plain, options.max_width - self.first, options.max_width - self.rest)
        for number, part in enumerate(self.line.divide(offsets)):
            part.rstrip()
            shown = Line(" " * (self.rest if number else self.first), no_wrap=True, overflow="ignore")
            yield shown.append_text(part)


def breaks(words: str, first: int, rest: int) -> list[int]:
    """Where to break `words`: offsets of all lines but the first. A width below ten cells counts as ten."""
    width, places, used = max(first, 10), [], 0
    for unit in _UNIT.finditer(words):
        start, whole = unit.start(), unit[0]
        solid = whole.rstrip()
        if used and used + cell_len(solid) > width:
            places.append(start)
            width, used = max(rest, 10), 0
        while cell_len(solid) > width:  # one word longer than a line: a path, an address
            cut = next(n for n in range(len(solid), 0, -1) if cell_len(solid[:n]) <= width)
            start += cut
            places.append(start)
            solid, whole = solid[cut:], whole[cut:]
            width = max(rest, 10)
        used += cell_len(whole)
    return places
