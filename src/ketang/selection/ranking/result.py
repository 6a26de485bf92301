"""A whole ranking from sheets: rows, experts, agreement, sensitivity. The same sheets give the same text, in whatever order they
come. Pure numbers: no Django, no clock, no chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ketang.selection.ranking.agreement import Agreement, agreement
from ketang.selection.ranking.estimating import PER_WEIGHT, UNIT, Design, Fit, Floats, Ints, components, fit, means
from ketang.selection.ranking.orders import order_key
from ketang.selection.ranking.sensitivity import Scored, compared, placed, places, scenarios

METHOD = "additive-reml-moderated/1"
"""The estimator with its version: another one gives other digits, and gets another name."""
OUTLYING = 3.0
"""A sheet so many standard deviations from what was expected of it is noted. Of a thousand ordinary ones, three are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score sheet: names of itself, its package and its expert; numbers in ten-thousandths."""

    name: str
    package: str
    expert: str
    total: int
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ranking is made with.

    Attributes:
        criteria: ids and weights of the rubric, in ten-thousandths.
        preferred: names of packages of preferred categories.
        line: so many packages are meant to be selected; None when nobody has said.
        weights: other weights of criteria to be tried, in ten-thousandths.
    """

    criteria: tuple[tuple[str, int], ...]
    preferred: frozenset[str] = frozenset()
    line: int | None = None
    weights: Mapping[str, int] | None = None


MOST_ORDERED = 2_000_000
"""So many places of other orders are kept at most; beyond, the orders without an expert are told in short only."""

Ranked = tuple[list[dict[str, Any]], dict[str, Any], dict[str, list[int]]]


def ranked(sheets: Sequence[Sheet], asked: Asked) -> Ranked:
    """The rows in the order of places, everything else that a ranking tells, and the places of each other order
    (`order_key`) in the order of the rows; 0 for a package that it has no value for."""
    ordered = sorted(sheets, key=lambda sheet: (sheet.package, sheet.expert, sheet.name))
    if not ordered:
        return [], {"experts": [], "agreement": _told(Agreement(None, 0, 0)), "outliers": [], "scenarios": []}, {}
    packages = sorted({sheet.package for sheet in ordered})
    experts = sorted({sheet.expert for sheet in ordered})
    design = _design(ordered, packages, experts)
    totals = np.array([sheet.total for sheet in ordered], np.int64)
    found = fit(design, totals)
    base = means(design, totals, found.severity, found.weight)
    scored = Scored(design, totals, asked.criteria, _scores(ordered, asked), _preferred(packages, asked))
    rows, order = _rows(design, totals, base, packages)
    told, orders = _scenarios(scored, base, asked, packages, experts, order)
    summary = {
        "experts": _experts(design, found, experts),
        "groups": int(components(design).max()) + 1,
        "ratio": f"{found.ratio:.4f}",
        "noise": f"{found.noise:.4f}",
        "agreement": _told(agreement(design, totals)) | {"criteria": _of_criteria(scored)},
        "outliers": _outliers(ordered, found, base, design),
        "line": asked.line,
        "weighable": scored.scores is not None,
        "scenarios": told,
    }
    return rows, summary, orders


def text(value: int) -> str:
    """Ten-thousandths as a decimal with four places."""
    whole, rest = divmod(abs(value), UNIT)
    return f"{'-' if value < 0 else ''}{whole}.{rest:04}"


def _design(sheets: Sequence[Sheet], packages: Sequence[str], experts: Sequence[str]) -> Design:
    of_package = {name: k for k, name in enumerate(packages)}
    of_expert = {name: k for k, name in enumerate(experts)}
    package = np.array([of_package[sheet.package] for sheet in sheets], np.int64)
    expert = np.array([of_expert[sheet.expert] for sheet in sheets], np.int64)
    return Design(package, expert, len(packages), len(experts))


def _scores(sheets: Sequence[Sheet], asked: Asked) -> Ints | None:
    names = [name for name, _weight in asked.criteria]
    if not names or any(name not in sheet.scores for sheet in sheets for name in names):
        return None
    return np.array([[sheet.scores[name] for name in names] for sheet in sheets], np.int64)


def _preferred(packages: Sequence[str], asked: Asked) -> Any:
    return np.array([name in asked.preferred for name in packages])


def _rows(design: Design, totals: Ints, base: Ints, packages: Sequence[str]) -> tuple[list[dict[str, Any]], Ints]:
    raw, counts, at = means(design, totals), design.of_packages(), places(base)
    spread = _spread(design, totals)
    order = np.lexsort((np.arange(len(packages)), -raw, -base))
    rows = [
        {
            "submission": packages[k], "place": int(at[k]), "raw": text(int(raw[k])), "adjusted": text(int(base[k])),
            "sheets": int(counts[k]), "spread": _plain(spread[k]),
        }
        for k in order
    ]  # fmt: skip
    return rows, order


def _spread(design: Design, totals: Ints) -> Floats:
    """The standard deviation of each package's scores, in points; nan for one score."""
    counts = design.of_packages()
    scores = totals / UNIT
    mean = design.of_packages(scores) / counts
    squares = design.of_packages((scores - mean[design.package]) ** 2)
    found: Floats = np.sqrt(np.divide(squares, counts - 1, out=np.full(len(counts), np.nan), where=counts > 1))
    return found


def _experts(design: Design, found: Fit, names: Sequence[str]) -> list[dict[str, Any]]:
    counts, group = design.of_experts(), components(design)
    return [
        {
            "expert": names[k], "sheets": int(counts[k]), "severity": text(int(found.severity[k])),
            "error": _plain(found.error[k]), "spread": _plain(found.spread[k]),
            "weight": f"{int(found.weight[k]) / PER_WEIGHT:.2f}", "group": int(group[k]) + 1,
        }
        for k in range(design.experts)
    ]  # fmt: skip


def _outliers(sheets: Sequence[Sheet], found: Fit, base: Ints, design: Design) -> list[dict[str, Any]]:
    """Sheets far from what their package's others and their expert's severity lead to expect, the furthest first."""
    far = np.flatnonzero(np.abs(found.times) > OUTLYING)
    told = []
    for k in far[np.lexsort((far, -np.abs(found.times[far])))]:
        sheet = sheets[k]
        expected = int(base[design.package[k]] + found.severity[design.expert[k]])
        told.append(
            {
                "sheet": sheet.name, "expert": sheet.expert, "submission": sheet.package, "total": text(sheet.total),
                "expected": text(expected), "off": text(sheet.total - expected), "times": f"{abs(found.times[k]):.1f}",
            }
        )  # fmt: skip
    return told


def _told(found: Agreement) -> dict[str, Any]:
    return {"alpha": _plain(found.alpha), "packages": found.packages, "sheets": found.sheets}


def _of_criteria(scored: Scored) -> list[dict[str, Any]]:
    if scored.scores is None:
        return []
    return [
        {"criterion": name, "alpha": _plain(agreement(scored.design, scored.scores[:, k]).alpha)}
        for k, (name, _weight) in enumerate(scored.criteria)
    ]


def _scenarios(
    scored: Scored, base: Ints, asked: Asked, packages: Sequence[str], experts: Sequence[str], order: Ints
) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    told: list[dict[str, Any]] = []
    orders: dict[str, list[int]] = {}
    keeps_all = len(packages) * len(experts) <= MOST_ORDERED
    for scenario in scenarios(scored, base, asked.weights):
        one = compared(base, scenario, asked.line, packages)
        if scenario.kind == "without":
            one["of"] = experts[int(scenario.of)]
        if keeps_all or scenario.kind != "without":
            orders[order_key(one["kind"], one["of"])] = placed(scenario)[order].tolist()
        told.append(one)
    return told, orders


def _plain(value: float | None) -> str:
    return "" if value is None or not np.isfinite(value) else f"{float(value) + 0.0:.4f}"
