"""From score sheets to numbers: what a ranking is made of, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ketang.platform.audit.chain import canonical
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import SubmissionState
from ketang.selection.scoring.models import SubmittedSheet
from ketang.selection.scoring.queries import counting_sheets

if TYPE_CHECKING:
    from ketang.selection.ranking.result import Asked, Sheet

UNIT = 10_000
_READ = ("uuid", "digest", "submission__uuid", "submission__category", "assignment__expert__uuid", "total", "scores")
Row = tuple[Any, ...]


def counting_rows(call: Call) -> list[Row]:
    """The counting sheets of submissions that are in review, as `_READ`."""
    found = counting_sheets(call).filter(submission__state=SubmissionState.ACCEPTED).order_by()
    return list(found.values_list(*_READ))


def rows_again(call: Call, names: Sequence[str]) -> list[Row]:
    """Sheets of a call by uuid, whether they still count or not: they were never changed."""
    found: list[Row] = []
    for start in range(0, len(names), 500):
        part = SubmittedSheet.objects.filter(call=call, uuid__in=names[start : start + 500])
        found += part.order_by().values_list(*_READ)
    return found


def basis_of(call: Call, rows: Sequence[Row], asked: Mapping[str, Any]) -> dict[str, Any]:
    """All that a ranking is made of, as it is kept with it. Categories that were asked for stand in place of the call's preferred ones."""
    file = call.content
    named = asked.get("preferred")
    preferred = {category.id for category in file.categories if category.preferred} if named is None else set(named)
    submissions = {(str(row[2]), row[3]) for row in rows}
    return {
        "sheets": sorted([str(row[0]), row[1]] for row in rows),
        "criteria": [[one.id, str(one.weight)] for one in file.rubric.criteria],
        "preferred": sorted(name for name, category in submissions if category in preferred),
    }


def digest_of(method: str, asked: Mapping[str, Any], basis: Mapping[str, Any]) -> str:
    """The SHA-256 of what a ranking is made of."""
    return hashlib.sha256(canonical({"method": method, "asked": asked, "basis": basis}).encode()).hexdigest()


def inputs_of(rows: Sequence[Row], asked: Mapping[str, Any], basis: Mapping[str, Any]) -> tuple[list[Sheet], Asked]:
    """The same as numbers. With numpy in its train: for jobs and commands alone."""
    from ketang.selection.ranking.result import Asked, Sheet

    sheets = [
        Sheet(
            str(name), str(submission), str(expert), whole(total), {key: whole(Decimal(one)) for key, one in scores.items()}
        )
        for name, _digest, submission, _category, expert, total, scores in rows
    ]  # fmt: skip
    criteria = tuple((name, whole(Decimal(weight))) for name, weight in basis["criteria"])
    weights = asked.get("weights")
    tried = None if weights is None else {name: whole(Decimal(weight)) for name, weight in weights.items()}
    return sheets, Asked(criteria, frozenset(basis["preferred"]), asked.get("line"), tried)


def whole(value: Decimal) -> int:
    """Ten-thousandths; ValueError for what has more decimals than four."""
    found = value * UNIT
    if found != int(found):
        raise ValueError(f"{value}: more than four decimals")
    return int(found)
