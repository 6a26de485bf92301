"""The real check of a package on disk: all shipped rulebooks, and a made-up table of the subsidy catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from kebao.engine.check import check
from kebao.media.measuring import measure
from kebao.media.store import Store
from kebao.model.report import Report
from kebao.occupations.catalogue import Edition, Entry, OccupationCatalogue
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any
from kebao.subjects.tree_facts import TreeFacts

BOOKS = tuple(load(name, all_rules()) for name in shipped_ids())
TABLE = OccupationCatalogue(
    (
        Edition(
            name="虚构目录（测试用）",
            valid_from=date(2023, 1, 1),
            source="虚构",
            fictitious=True,
            entries=(Entry(code="4-10-01-05", name="养老护理员", level="五级", hours=Decimal(80)),),
        ),
    )
)


def checked(path: Path, measured: tuple[str, ...] = (), store: Store | None = None) -> Report:
    """The report on a folder or zip; the media that are named are measured before, or found in the store."""
    with open_any(path, occupations=TABLE, as_of=date(2023, 8, 1)) as opened:
        facts = opened.package.facts
        assert isinstance(facts, TreeFacts)
        for medium in measured:
            digest = facts.digest(medium) if store else ""
            facts.measure(medium, partial(measure, partial(facts.open, medium), digest, store))
        return check(opened.package, BOOKS, digests=False, jobs=1)
