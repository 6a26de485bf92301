"""One file to make and look at: what it is made of, and the figures' table it belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np

from defects.encoding import RATES, BitRate
from defects.levels import Samples
from defects.picture import Pictures
from defects.planted import Planted

RECIPES = {
    "hum": 3, "clipping": 2, "level-step": 2, "level-ramp": 2, "noise": 2, "dropout": 2, "one-sided": 2, "phase-inverted": 2,
    "music-balance": 2, "live-balance": 2, "shake": 2, "foreign-frame": 2, "black-frame": 2, "clean": 3,
}  # fmt: skip
"""Version of a defect's recipe, 1 where it is not named: raise it when the recipe makes other samples or pictures than before."""
Medium = Literal["real", "synthetic"]


@dataclass(frozen=True)
class Made:
    """What is encoded, and what is true of it. `looped`: the source repeats, so its time is no clean time of its own."""

    planted: tuple[Planted, ...] = ()
    pictures: Pictures | None = None
    rate: Fraction = Fraction(25)
    samples: Samples | None = None
    looped: bool = False
    unclean: tuple[str, ...] = ()
    """Defects that the source may have had before anything was planted, known without any of the product's meters."""


@dataclass(frozen=True)
class Job:
    """A recipe. `source` is the speaker or family, `clip` the file that it starts from; two jobs differ by some field."""

    defect: str
    magnitude: float
    variant: str
    medium: Medium
    source: str
    clip: str
    seed: int
    make: Callable[[np.random.Generator], Made] = field(compare=False, repr=False)
    rates: tuple[BitRate, ...] = field(default=RATES, compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the recipe in hex, without what the speaker is called."""
        return hashlib.sha256(
            json.dumps([RECIPES.get(self.defect, 1), *self._fields()], ensure_ascii=False).encode()
        ).hexdigest()

    def _fields(self) -> list[object]:
        return [self.defect, self.magnitude, self.variant, self.medium, self.source, self.clip, self.seed]

    def rng(self) -> np.random.Generator:
        """Random numbers of this recipe alone."""
        return np.random.default_rng(int(self.digest[:16], 16))


@dataclass(frozen=True)
class Trial:
    """One encoded file with what was planted: what the cache keeps beside it."""

    defect: str
    magnitude: float
    variant: str
    medium: Medium
    source: str
    clip: str
    bits: str
    sha256: str
    seconds: float
    looped: bool
    unclean: tuple[str, ...]
    planted: tuple[Planted, ...]

    def to_json(self) -> str:
        """As kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Trial:
        """As read back."""
        read = json.loads(text)
        read["planted"] = tuple(Planted(**row) for row in read["planted"])
        read["unclean"] = tuple(read["unclean"])
        return cls(**read)
