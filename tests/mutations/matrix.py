"""The table rule × caught: `python -m mutations.matrix` (with `tests` on the path), and at the end of a run of pytest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from kebao.rules.registry import all_rules
from mutations.every import EVERY


def summary(passed: Collection[str] | None = None) -> tuple[str, list[str]]:
    """One line, and the table.

    Args:
        passed: names of mutations that were found just as they say; all of them when None.
    """
    counted = [mutation for mutation in EVERY if passed is None or mutation.name in passed]
    counts: Counter[str] = Counter()
    for mutation in counted:
        counts.update(mutation.rules)
    rules = sorted(all_rules().values(), key=lambda rule: (rule.area, rule.id))
    caught = sum(counts[rule.id] > 0 for rule in rules)
    line = f"mutations: {len(counted)} of {len(EVERY)} found exactly; {caught} of {len(rules)} rules caught one"
    return line, [f"{rule.area:12} {rule.id:34} {counts[rule.id]:3}" for rule in rules]


if __name__ == "__main__":
    head, table = summary()
    print("\n".join((*table, head)))
