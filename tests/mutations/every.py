"""Every mutation, and the table of what they catch."""

from __future__ import annotations

from collections import Counter

from kebao.rules.registry import all_rules
from mutations import in_course, in_media, in_package, in_papers, in_picture, in_sound
from mutations.mutation import Mutation

GROUPS: dict[str, tuple[Mutation, ...]] = {
    name.lower(): group
    for module in (in_package, in_course, in_papers, in_media, in_picture, in_sound)
    for name, group in vars(module).items()
    if name.isupper() and isinstance(group, tuple) and group and isinstance(group[0], Mutation)
}
EVERY: tuple[Mutation, ...] = tuple(mutation for group in GROUPS.values() for mutation in group)

NOT_FROM_DISK: dict[str, str] = {
    "captions-burnt-in": "needs the optional extra ocr: planted in tests/media/test_shown_text.py where it is installed",
    "medium-repeated": "films must be decoded: planted on disk in tests/cli/test_prints.py",
    "same-medium-known": "needs a file of known prints: planted on disk in tests/cli/test_prints.py",
}
"""Rules that no file on disk can fail, with the reason."""


def caught() -> Counter[str]:
    """How many mutations each rule catches; nought for one that catches none."""
    counts: Counter[str] = Counter(dict.fromkeys(all_rules(), 0))
    for mutation in EVERY:
        counts.update(mutation.rules)
    return counts
