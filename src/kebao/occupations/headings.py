"""Headings of a published catalogue: which column says what, in one header row or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kebao.occupations.levels import Level, levels_named, normal_code
from kebao.text.names import fold

Role = Literal["code", "name", "trade", "level", "hours", "demand", "subsidy"]
Cell = object

_ALIASES: dict[Role, tuple[str, ...]] = {
    "code": ("职业编码", "职业代码", "编码", "代码", "职业工种编码", "职业工种代码", "工种编码", "工种代码", "国家职业编码", "职业分类编码", "职业分类代码"),
    "name": ("职业名称", "职业工种名称", "职业工种", "职业", "名称", "职业或工种名称", "培训职业工种", "培训职业", "专项职业能力名称", "职业专项能力名称"),
    "trade": ("工种名称", "工种"),
    "level": ("等级", "技能等级", "职业技能等级", "培训等级", "级别", "职业等级", "职业资格等级", "等级名称"),
    "hours": ("培训课时", "课时", "标准课时", "培训学时", "学时", "标准学时", "课时数", "学时数", "培训课时数", "培训学时数", "总课时", "总学时", "规定课时"),
    "demand": ("需求程度", "市场需求程度", "紧缺程度", "市场紧缺程度", "职业需求程度"),
    "subsidy": ("补贴标准", "培训补贴标准", "补贴金额", "培训补贴", "培训费补贴标准", "培训费补贴", "职业培训补贴标准"),
}  # fmt: skip
_ROLE_OF = {alias: role for role, aliases in _ALIASES.items() for alias in aliases}
_UNIT = re.compile(r"\((?!工种)[^()]*\)")
_FIXED_HOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?)个?(?:课时|学时)")
_DEEPEST = 4
_TITLE_ROWS = 30


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of numbers: hours, or the subsidy for a number of hours that stands in its heading (`120课时`).

    `levels` is empty where the row itself tells the level.
    """

    at: int
    role: Literal["hours", "subsidy"]
    levels: tuple[Level, ...] = ()
    fixed_hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the table starts and what its columns are; `first_row` is the index of the first row below the headings."""

    first_row: int
    columns: dict[Role, int]
    values: tuple[ValueColumn, ...]
    texts: tuple[tuple[str, ...], ...]

    @property
    def tells_hours(self) -> bool:
        """True when every line can be given hours and a level."""
        return all(
            (column.levels or "level" in self.columns)
            and (column.role == "hours" or column.fixed_hours is not None or self._has_hours_for(column))
            for column in self.values
        ) and bool(self.values)

    def _has_hours_for(self, column: ValueColumn) -> bool:
        return any(other.role == "hours" and other.levels == column.levels for other in self.values)


def find_headings(rows: Sequence[Sequence[Cell]]) -> Headings | None:
    """The headings among the first 30 rows (titles may stand above them); None when there are none.

    Args:
        rows: cells with merged ranges filled in.
    """
    for top, row in enumerate(rows[:_TITLE_ROWS]):
        roles = [heading_role(cell) for cell in row]
        if "name" in roles or "trade" in roles:
            depth = _depth(rows, top, roles)
            found = _classify(rows[top : top + depth], top + depth)
            if found.values:
                return found
    return None


def heading_role(cell: Cell) -> Role | None:
    """What a heading means, units in brackets and line breaks aside; None when it is none we use."""
    if not isinstance(cell, str):
        return None
    text = "".join(fold(cell).split())
    return _ROLE_OF.get(re.sub(r"\W", "", _UNIT.sub("", text))) or _ROLE_OF.get(re.sub(r"\W", "", text))


def _depth(rows: Sequence[Sequence[Cell]], top: int, roles: Sequence[Role | None]) -> int:
    """Header rows: as long as the name column repeats its heading (merged), or a row beneath names levels or hours and no occupation."""
    at = next(i for i, role in enumerate(roles) if role in ("name", "trade"))
    depth = 1
    while depth < _DEEPEST and top + depth < len(rows):
        row = rows[top + depth]
        repeated = heading_role(row[at]) in ("name", "trade")
        beneath = (
            _blank(row[at])
            and not any(normal_code(cell) for cell in row)
            and any(isinstance(c, str) and (levels_named(c) or heading_role(c)) for c in row)
        )
        if not (repeated or beneath):
            break
        depth += 1
    return depth


def _classify(header: Sequence[Sequence[Cell]], first_row: int) -> Headings:
    columns: dict[Role, int] = {}
    values: list[ValueColumn] = []
    for at in range(max(len(row) for row in header)):
        path = [str(row[at]) for row in header if at < len(row) and not _blank(row[at])]
        roles = [role for role in map(heading_role, path) if role]
        levels: tuple[Level, ...] = next((named for named in map(levels_named, path) if named), ())
        fixed = next(
            (
                Decimal(m[1])
                for text in path
                if heading_role(text) is None and (m := _FIXED_HOURS.search("".join(fold(text).split())))
            ),
            None,
        )
        if fixed is not None:
            values.append(ValueColumn(at, "subsidy", levels, fixed))
        elif "hours" in roles:
            values.append(ValueColumn(at, "hours", levels))
        elif "subsidy" in roles:
            values.append(ValueColumn(at, "subsidy", levels))
        elif roles:
            columns.setdefault(roles[-1], at)
    return Headings(first_row, columns, tuple(values), tuple(tuple(_plain(cell) for cell in row) for row in header))


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: Cell) -> str:
    return "" if _blank(cell) else "".join(str(cell).split())
