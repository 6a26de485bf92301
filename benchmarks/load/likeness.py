"""How long the look-up of a medium among 10 000 of other suppliers takes, and whether what is the same is found."""

from __future__ import annotations

from pathlib import Path

from load.instance import Instance

STORED, LOOK_UP_S = 10_000, 2.0
ROWS, PRINTS = (str(Path(__file__).with_name(name)) for name in ("rows.py", "prints.py"))
FOUND = (1, 1, 0)
"""Of each medium that is looked up, how many are the same."""


def likeness(made: Instance) -> list[str]:
    """Print each figure; what misses its goal."""
    made.told(ROWS, str(STORED // 5))
    told, missed = made.told(PRINTS, str(STORED)), []
    print(f"{STORED} stored prints, kept in {told['filled_s']:.0f} s ({told['filled_s'] / STORED * 1000:.0f} ms each)")
    for (name, looked), wanted in zip(told["looked_up"].items(), FOUND, strict=True):
        good = looked["s"] <= LOOK_UP_S and len(looked["found"]) == wanted
        missed += [] if good else [f"likeness: {name}"]
        print(f"{name:64} {looked['s']:>5.2f} s ({looked['cpu_s']:.2f} s CPU), compared with {looked['compared']}, "
              f"the same: {len(looked['found'])} {looked['found']}   ≤{LOOK_UP_S:g} s {'✓' if good else '✗'}", flush=True)  # fmt: skip
    return missed
