"""In which order options stand for one attempt. Pure: the attempt's seed decides, for good, on every device."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketang.classroom.exams.drawing import mixed

_REFERS = re.compile(
    r"以上|上述|前面|前[两三四二]项|[A-HＡ-Ｈ]\s*[、和与及,，]\s*[A-HＡ-Ｈ]|[A-HＡ-Ｈ]\s*[项对错]|[①-⑩]|都(?:对|错|是|不)|all of|none of|above",
    re.IGNORECASE,
)
"""An option or a stem that speaks of other options: the order has a meaning then."""


def may_be_mixed(stem: str, options: Sequence[str]) -> bool:
    """Whether nothing says that the order of the options means something."""
    return not any(_REFERS.search(words) for words in (stem, *options))


def shown_order(letters: Sequence[str], *, stem: str, options: Sequence[str], seed: str) -> list[str]:
    """The letters of options in the order in which they are shown."""
    return mixed(letters, seed) if may_be_mixed(stem, options) else list(letters)
