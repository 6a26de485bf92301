"""How much an expert's voice counts: by how far the expert's sheets lie from what the others lead to expect, held back hard.

Variances that rest on a dozen sheets differ by chance alone. So the spread of true variances is estimated first (Smyth 2004, the
moderated variance of limma: a scaled inverse chi-square fitted by the moments of log variances); where it is nil, all voices
count alike, and where it is not, each variance is drawn to the common one. No voice counts for less than half of the usual, or
more than double: a voice is never taken away from anybody.
"""

from __future__ import annotations

import numpy as np

from ketang.selection.ranking.estimating import Design, Floats, _left

LEAST, MOST = 0.5, 2.0
FEWEST_EXPERTS, FEWEST_SHEETS = 5, 3
"""With fewer experts of so many sheets nobody can say whose noise is large."""


def weights(design: Design, residual: Floats, weight: Floats) -> Floats:
    """The weight of each expert, 1 on the (geometric) average, from residuals that were found with `weight`."""
    even = np.ones(design.experts)
    # One degree of freedom of each expert goes into the severity, less what is held back; 0.7 keeps equal experts equal.
    freedom = design.of_experts(_left(design, weight)) - 0.7
    counted = (design.of_experts() >= FEWEST_SHEETS) & (freedom >= 1)
    squares = design.of_experts(residual**2)
    if counted.sum() < FEWEST_EXPERTS or (squares[counted] <= 1e-12).any():
        return even
    variance = squares[counted] / freedom[counted]
    prior, common = _prior(variance, freedom[counted])
    if not np.isfinite(prior):
        return even
    moderated = np.full(design.experts, common)
    moderated[counted] = (prior * common + freedom[counted] * variance) / (prior + freedom[counted])
    found = np.exp(np.log(moderated).mean()) / moderated
    clipped: Floats = np.clip(found, LEAST, MOST)
    return clipped


def _prior(variance: Floats, freedom: Floats) -> tuple[float, float]:
    """Degrees of freedom and variance of what experts have in common; infinite freedom: they do not differ."""
    from scipy.special import digamma, polygamma

    half = freedom / 2
    logs = np.log(variance) - digamma(half) + np.log(half)
    beyond = float(logs.var(ddof=1) - polygamma(1, half).mean())
    if beyond <= 0:
        return np.inf, float(np.exp(logs.mean()))
    prior = 2 * _trigamma_inverse(beyond)
    return prior, float(np.exp(logs.mean() + digamma(prior / 2) - np.log(prior / 2)))


def _trigamma_inverse(value: float) -> float:
    """Newton's method on 1/trigamma, which is nearly straight (Smyth 2004, appendix); it rises to the root from below."""
    from scipy.special import polygamma

    found = 0.5 + 1 / value
    for _step in range(20):
        here = float(polygamma(1, found))
        found += here * (1 - here / value) / float(polygamma(2, found))
    return found
