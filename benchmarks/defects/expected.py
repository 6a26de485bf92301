"""Which rule of the product should say what of each defect, and how near it must be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """What counts as caught.

    Attributes:
        rules: ids, any of which catches the defect by a failed finding.
        slack: seconds by which a finding may lie beside the truth.
        by_start: the finding must begin within `slack` of where the defect begins (events); otherwise spans must overlap.
        value: name of the number in the finding's evidence that reads the planted value, if there is one.
        picture: whether the rule looks at the picture.
    """

    rules: tuple[str, ...]
    slack: float
    by_start: bool = False
    value: str = ""
    picture: bool = False


EXPECTED: dict[str, Expected] = {}
