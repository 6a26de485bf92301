"""The shares that the product set itself, each judged on the lower bound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """At least `share` of this defect at this magnitude is to be caught."""

    defect: str
    magnitude: float
    share: float


GOALS = (
    Goal("hum", -40, 0.90), Goal("hum", -30, 0.99), Goal("clipping", 3, 0.80), Goal("clipping", 6, 0.98),
    Goal("level-step", 6, 0.95), Goal("foreign-frame", 1, 0.99), Goal("black-frame", 1, 0.99), Goal("repeated-frame", 1, 0.99),
    Goal("exposure-jump", 0.05, 0.95), Goal("colour-jump", 0.05, 0.95), Goal("shake", 0.002, 0.95), Goal("aba-mismatch", 0.1, 0.95),
)  # fmt: skip
ALARMS_FAILED, ALARMS_ASKED = 0.5, 2.0
"""An hour of clean material: false failures and requests to look, by clause."""
BALANCE_LU, BALANCE_SHARE = 1.5, 0.9
"""Speech-to-music ratio: this share of the readings is to be nearer than this."""
