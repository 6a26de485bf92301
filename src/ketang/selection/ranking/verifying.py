"""Making a ranking again from the sheets it was made of, and comparing every digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ketang.selection.ranking.models import Ranking
from ketang.selection.ranking.sheets import basis_of, counting_rows, digest_of, inputs_of, rows_again
from ketang.selection.scoring.actions import content_of
from ketang.selection.scoring.models import SubmittedSheet
from ketang.selection.scoring.rubric import digest_of as content_digest


@dataclass(frozen=True, slots=True)
class Compared:
    """A ranking beside itself made again.

    Attributes:
        missing: sheets that are no more.
        changed: sheets whose digest is another than it was, or that do not say any more what their digest was made of.
        inputs: whether the digest of everything it was made of is the same.
        rows: (submission, what it was, what it is) of rows that differ; None where there is no such row.
        summary: names of parts of the summary that differ.
        since: how many sheets count now that did not then, or no longer.
    """

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    inputs: bool = True
    rows: list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    since: int = 0

    @property
    def same(self) -> bool:
        """Whether everything is as it was."""
        return self.inputs and not (self.missing or self.changed or self.rows or self.summary)


def made_again(ranking: Ranking) -> Compared:
    """Compute it anew from the stored sheets, by this version of the estimator. Heavy: for jobs and commands."""
    from ketang.selection.ranking.result import METHOD, ranked

    known = dict(ranking.basis["sheets"])
    rows = rows_again(ranking.call, list(known))
    found = {str(row[0]): row[1] for row in rows}
    now = {str(row[0]) for row in counting_rows(ranking.call)}
    result, summary, orders = ranked(*inputs_of(rows, ranking.asked, ranking.basis))
    basis = ranking.basis | {"sheets": sorted([name, digest] for name, digest in found.items())}
    return Compared(
        missing=sorted(set(known) - set(found)),
        changed=sorted({name for name, digest in found.items() if known[name] != digest} | _forged(list(known))),
        inputs=digest_of(METHOD, ranking.asked, basis) == ranking.inputs,
        rows=_different(ranking.result["rows"], result),
        summary=_parts(ranking, summary, orders),
        since=len(now ^ set(known)),
    )


def _parts(ranking: Ranking, summary: dict[str, Any], orders: dict[str, list[int]]) -> list[str]:
    """Names of parts that differ. A ranking of before other orders were kept has none."""
    differ = [name for name in {*ranking.summary, *summary} if ranking.summary.get(name) != summary.get(name)]
    return sorted([*differ, *(["orders"] if ranking.result.get("orders", orders) != orders else [])])


def _forged(names: Sequence[str]) -> set[str]:
    """Sheets whose content does not give their digest: they were changed below the product and its trigger."""
    sheets = (
        sheet
        for start in range(0, len(names), 500)
        for sheet in SubmittedSheet.objects.filter(uuid__in=names[start : start + 500]).select_related("assignment")
    )
    return {str(sheet.uuid) for sheet in sheets if content_digest(content_of(sheet)) != sheet.digest}


def stands(ranking: Ranking) -> bool:
    """Whether it is of the sheets, rubric and categories as they are now."""
    return ranking.basis == basis_of(ranking.call, counting_rows(ranking.call), ranking.asked)


def _different(
    was: list[dict[str, Any]], now: list[dict[str, Any]]
) -> list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    before, after = ({row["submission"]: row | {"line": k + 1} for k, row in enumerate(rows)} for rows in (was, now))
    names = dict.fromkeys([*before, *after])
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
