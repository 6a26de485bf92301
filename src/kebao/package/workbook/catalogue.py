"""The sheet 课程目录: rows of chapters and lessons become a tree."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.written import Group, Node, Series, Written
from kebao.questions.model import NotUnderstood
from kebao.text.measures import parse_decimal
from kebao.text.names import fold

DEEPEST = 20
_BAD_LEVEL = Text(
    zh="层级应填 1 到 {limit} 的整数，或者不填；这里当作没有填。", en="The level is a whole number from 1 to {limit}, or empty; it was taken as empty."
).format(limit=DEEPEST)  # fmt: skip
_JUMP = Text(
    zh="层级 {level} 的上面没有第 {above} 级目录，已接在最近的一级下面。",
    en="There is no item of level {above} above this one of level {level}; it was put under the nearest.",
)


@dataclass
class Outline:
    """The tree as far as it was read.

    A row with a chapter's name alone opens a chapter; with a lesson's name alone, a lesson of the chapter above (or of
    none, where there is no chapter yet); with both, a lesson of that chapter, which is opened unless it is the one above.
    A level, where given, decides how deep the row stands.
    """

    root: Series
    lost: list[NotUnderstood]
    _open: list[Group] = field(default_factory=list)
    _has_chapter: bool = False

    def add(self, cells: dict[str, Node], at: Location) -> None:
        """Add one row; `chapter`, `title` and `level` among `cells` say where."""
        chapter, title = _filled(cells.pop("chapter", None)), _filled(cells.get("title"))
        depth = self._level(_filled(cells.pop("level", None)), chapter or title)
        if chapter and title:
            self._enter(chapter, at)
            depth = max(depth, 2)
        elif not depth:
            depth = 2 if self._has_chapter and not chapter else 1
        if chapter and not title:
            cells["title"] = chapter
            self._has_chapter = True
        self._place(Group(at, cells), depth)

    def _level(self, cell: Written | None, name: Written | None) -> int:
        """The level that is given, or 0."""
        if cell is None:
            return 0
        number = parse_decimal(cell.value)
        if number is None or number != number.to_integral_value() or not Decimal(1) <= number <= DEEPEST:
            called = str(name.value) if name else ""
            self.lost.append(NotUnderstood(replace(cell.at, item=called), str(cell.value), _BAD_LEVEL))
            return 0
        self._has_chapter = True
        return int(number)

    def _enter(self, chapter: Written, at: Location) -> None:
        """Open a chapter unless the row stands in it already."""
        if self._open and fold(_title(self._open[0])) == fold(str(chapter.value)):
            return
        self._has_chapter = True
        self._place(Group(at, {"title": chapter}), 1)

    def _place(self, item: Group, depth: int) -> None:
        if depth > len(self._open) + 1:
            sentence = _JUMP.format(level=depth, above=depth - 1)
            self.lost.append(NotUnderstood(replace(item.at, item=_title(item)), _title(item), sentence))
            depth = len(self._open) + 1
        del self._open[depth - 1 :]
        above = self._open[-1] if self._open else None
        children = above.items.setdefault("children", Series(Location())) if above else self.root
        if isinstance(children, Series):
            children.items.append(item)
        self._open.append(item)


def _filled(node: Node | None) -> Written | None:
    """The cell, if something stands in it."""
    return node if isinstance(node, Written) and node.value is not None else None


def _title(item: Group) -> str:
    title = item.items.get("title")
    return str(title.value or "") if isinstance(title, Written) else ""
