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


def _at(*rules: str, slack: float = 0.15) -> Expected:
    """An event of the picture, found within a few frames of where it is."""
    return Expected(rules, slack, by_start=True, picture=True)


EXPECTED: dict[str, Expected] = {
    "hum": Expected(("mains-hum",), 1.0),
    "clipping": Expected(("sound-clipped",), 0.5),
    "level-step": Expected(("level-step",), 0.5, by_start=True),
    "level-ramp": Expected(("level-step", "level-drift"), 1.0),
    "noise": Expected(("background-noise",), 1.0),
    "dropout": Expected(("sound-dropout", "long-silence"), 0.3),
    "one-sided": Expected(("one-sided-sound",), 1.0),
    "phase-inverted": Expected(("phase-inverted",), 1.0),
    "music-balance": Expected(("music-loud",), 1.0, value="ratio"),
    "live-balance": Expected(("live-sound-loud",), 1.0, value="ratio"),
    "sync": Expected(("sound-out-of-step",), 1.0, value="offset"),
    "foreign-frame": _at("foreign-frame"),
    "black-frame": _at("foreign-frame"),
    "flash-frame": _at("foreign-frame"),
    "repeated-frame": _at("repeated-frame"),
    "dropped-frame": _at("repeated-frame", "foreign-frame", "dropped-frame"),
    "frozen": _at("frozen-picture", slack=0.5),
    "field-leftover": _at("unsteady-splice", "foreign-frame"),
    "half-leftover": _at("unsteady-splice", "foreign-frame"),
    "position-bump": _at("foreign-frame", "unsteady-splice"),
    "exposure-jump": _at("light-jump"),
    "colour-jump": _at("light-jump"),
    "shake": Expected(("shaky-picture",), 0.5, picture=True),
    "aba-mismatch": _at("shots-differ-in-colour", slack=0.5),
    "cast": Expected(("colour-cast",), 0.5, picture=True),
    "flashing": Expected(("flashing-picture",), 0.5, picture=True),
}
