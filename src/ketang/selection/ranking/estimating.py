"""Severity of experts and adjusted means (decision 0041, docs/ranking.md). Pure numbers: no Django, no clock, no chance.

The model is additive: a score is the package, plus the severity of the expert, plus noise. Packages are fixed, for nobody knows
how good an expert's packages are on the average; severities are random, so that what rests on few sheets is held back
(shrinkage); the variance ratio is the restricted maximum-likelihood one, taken from a fixed grid. Severity (four decimals) and
weight (two) are rounded first; every mean is then an exact fraction of them, which anybody can check with paper and pencil.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNIT = 10_000
"""Scores, severities and means are whole ten-thousandths."""
PER_WEIGHT = 100
"""Weights are whole hundredths."""
RATIOS: Floats = np.concatenate([[0.0], 10.0 ** (np.arange(-120, 81) / 40)])
"""Variance of severities by that of noise: what is chosen from. 0 is no adjustment; a grid, so that the last bits of a machine's
arithmetic choose nothing."""
ROUNDS = 4
"""How often weights and severities are found in turn."""


@dataclass(frozen=True, slots=True)
class Design:
    """Who scored what: sheet `k` is of expert `expert[k]` on package `package[k]`, numbered from 0."""

    package: Ints
    expert: Ints
    packages: int
    experts: int

    def of_packages(self, values: NDArray[Any] | None = None) -> NDArray[Any]:
        """Sums over the sheets of each package; how many there are without values."""
        return np.bincount(self.package, values, self.packages)

    def of_experts(self, values: NDArray[Any] | None = None) -> NDArray[Any]:
        """The same for each expert."""
        return np.bincount(self.expert, values, self.experts)


@dataclass(frozen=True, slots=True)
class Fit:
    """What was estimated.

    Attributes:
        severity: of each expert in ten-thousandths; below 0 is severe. They sum to about 0 among experts that can be compared.
        weight: of each expert in hundredths; 100 where all voices count alike.
        error: standard error of each severity, in points.
        spread: standard deviation of each expert's sheets around what was expected of them, in points; nan for one alone.
        residual: of each sheet: its score without severity, less its package's adjusted mean, in points.
        times: the residual by the noise that its own package leaves it.
        ratio: variance of severities by variance of noise.
        noise: standard deviation of the noise, in points.
    """

    severity: Ints
    weight: Ints
    error: Floats
    spread: Floats
    residual: Floats
    times: Floats
    ratio: float
    noise: float


def fit(design: Design, totals: Ints) -> Fit:
    """Estimate severities and weights from whole ten-thousandths."""
    from ketang.selection.ranking.weighing import weights

    scores = totals / UNIT
    weight = np.ones(design.experts)
    severity, error, ratio, noise = severities(design, scores, weight)
    for _round in range(ROUNDS):
        found = weights(design, _residuals(design, scores, severity, weight), weight)
        if np.array_equal(found, weight):
            break
        weight = found
        severity, error, ratio, noise = severities(design, scores, weight)
    whole = np.rint(severity * UNIT).astype(np.int64)
    hundredths = np.rint(weight * PER_WEIGHT).astype(np.int64)
    residual = _residuals(design, scores, whole / UNIT, hundredths / PER_WEIGHT)
    left = _left(design, hundredths / PER_WEIGHT)
    freedom = design.of_experts(left)
    squares = design.of_experts(residual**2)
    spread = np.sqrt(np.divide(squares, freedom, out=np.full(design.experts, np.nan), where=freedom > 0.5))
    expected = noise * np.sqrt(left / (hundredths / PER_WEIGHT)[design.expert])
    times = np.divide(residual, expected, out=np.zeros(len(residual)), where=expected > 1e-9)
    return Fit(whole, hundredths, error, spread, residual, times, ratio, noise)


def means(design: Design, totals: Ints, severity: Ints | None = None, weight: Ints | None = None) -> Ints:
    """The mean of each package's sheets in ten-thousandths, exact and rounded half to even; 0 for a package without sheets.

    With severities and weights it is the adjusted mean: the weighted mean of (score - severity of its expert).
    """
    kept = totals if severity is None else totals - severity[design.expert]
    voices = np.ones(len(totals), np.int64) if weight is None else weight[design.expert]
    sums, voted = np.zeros(design.packages, np.int64), np.zeros(design.packages, np.int64)
    np.add.at(sums, design.package, kept * voices)
    np.add.at(voted, design.package, voices)
    return _divided(sums, np.maximum(voted, 1))


def severities(design: Design, scores: Floats, weight: Floats) -> tuple[Floats, Floats, float, float]:
    """Severity of each expert with its standard error, the variance ratio, and the noise of a sheet of weight 1.

    Restricted maximum likelihood of  score = package (fixed) + expert (random) + noise / sqrt(weight): packages are swept out,
    and in the eigenvectors of what is left, the likelihood of a ratio is a sum.
    """
    voice = weight[design.expert]
    voted = np.maximum(design.of_packages(voice), 1e-12)
    around = scores - (design.of_packages(voice * scores) / voted)[design.package]
    values, vectors = np.linalg.eigh(_swept(design, voice, voted))
    values = np.where(values < 1e-9, 0.0, values)
    along = np.where(values > 0, vectors.T @ design.of_experts(voice * around), 0.0)
    squares = float((voice * around**2).sum())
    freedom = len(scores) - int((design.of_packages() > 0).sum())
    none = np.zeros(design.experts)
    if freedom <= int((values > 0).sum()) or squares < 1e-12:
        # Nothing is left over to tell severity from noise by: one sheet a package, or all agree.
        return none, none, 0.0, float(np.sqrt(max(squares, 0.0) / max(freedom, 1)))
    ratios = RATIOS[:, None]
    left = np.maximum(squares - (ratios * along**2 / (1 + ratios * values)).sum(axis=1), 1e-9)
    likely = freedom * np.log(left) + np.log1p(ratios * values).sum(axis=1)
    chosen = int(likely.argmin())
    ratio, noise = float(RATIOS[chosen]), float(np.sqrt(left[chosen] / freedom))
    held = ratio / (1 + ratio * values)
    error = noise * np.sqrt((vectors**2 * held).sum(axis=1))
    return vectors @ (held * along), error, ratio, noise


def components(design: Design) -> Ints:
    """For each expert the number of the group within which experts can be compared, by packages that two of them scored."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = design.packages + design.experts
    links = coo_array(
        (np.ones(len(design.package)), (design.package, design.expert + design.packages)), shape=(size, size)
    )
    _count, group = connected_components(links, directed=False)
    _names, numbered = np.unique(group[design.packages :], return_inverse=True)
    return numbered.astype(np.int64)


def _swept(design: Design, voice: Floats, voted: Floats) -> Floats:
    """Normal equations of the experts once the packages are swept out of them."""
    from scipy.sparse import coo_array, diags_array

    shape = (design.packages, design.experts)
    crossed = coo_array((voice, (design.package, design.expert)), shape=shape).tocsr()
    shared = crossed.T @ diags_array(1 / voted) @ crossed
    found: Floats = np.diag(design.of_experts(voice)) - shared.toarray()
    return (found + found.T) / 2


def _residuals(design: Design, scores: Floats, severity: Floats, weight: Floats) -> Floats:
    voice = weight[design.expert]
    kept = scores - severity[design.expert]
    mean = design.of_packages(voice * kept) / np.maximum(design.of_packages(voice), 1e-12)
    found: Floats = kept - mean[design.package]
    return found


def _left(design: Design, weight: Floats) -> Floats:
    """The share of a sheet's variance that its own package's mean does not take up."""
    voice = weight[design.expert]
    found: Floats = 1 - voice / np.maximum(design.of_packages(voice), 1e-12)[design.package]
    return found


def _divided(sums: Ints, by: Ints) -> Ints:
    whole, rest = np.divmod(sums, by)
    up = (2 * rest > by) | ((2 * rest == by) & (whole % 2 == 1))
    found: Ints = whole + up
    return found
