"""What the platform costs: pages, memory, sixteen people who send at once, a check, and a look-up among 10 000 films.

Everything is real: `ketang serve` on a fresh instance for each part, rows that the product's own models hold, HTTP over a
socket. CPU is that of the web server's processes for each request (one connection, so that nobody waits for another), of
three rounds of requests the one that cost least; it depends less than seconds would on what else the machine does. `KEBAO_SHARED` names the folder of shared material
(`bench/httpbench.py`, real clips).

    python benchmarks/web.py [--column small|large] [--sizes 100,10000,100000] [--requests 100]
                             [--parts memory,people,pages,checking,likeness]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

from load.checking import checking  # noqa: E402  the path is set just above
from load.instance import Instance, instances, served  # noqa: E402
from load.likeness import likeness  # noqa: E402
from load.memory import memory  # noqa: E402
from load.pages import PAGES, cpu_ms, queries  # noqa: E402
from load.people import people  # noqa: E402

ROWS = str(ROOT / "benchmarks/load/rows.py")
FLAT = 1.3
MOST_QUERIES = 20
PARTS = {"memory": memory, "people": people, "pages": None, "checking": checking, "likeness": likeness}


def pages(made: Instance, sizes: list[int], requests: int) -> list[str]:
    """The table of pages by size; what misses its goal."""
    costs: dict[str, list[float]] = {name: [] for name in PAGES}
    asked: dict[str, list[int]] = {}
    missed = []
    for size in sizes:
        filled = made.told(ROWS, str(size))
        counted = queries(made, filled)
        # As many queries, and rows as many: a fuller page would not be compared with the same page.
        missed += [
            f"{name}: queries and rows {asked[name]} → {counted[name]}"
            for name in asked
            if asked[name] != counted[name]
        ]
        asked |= counted
        with served(made) as site:
            for name in PAGES:
                found = cpu_ms(made, site, filled, name, requests)
                costs[name].append(float(found["cpu_ms_per_req"]))
                print(f"  {size:>7} {name}: {found['cpu_ms_per_req']} ms CPU, {found['p50_ms']} ms", file=sys.stderr)
    print(
        f"{'page':28} {'queries':>7} {'rows':>5}  "
        + " ".join(f"{size:>9}" for size in sizes)
        + "   last ÷ first   goal"
    )
    for name, (_role, _path, goal) in PAGES.items():
        ratio = costs[name][-1] / costs[name][0]
        count, rows = asked[name]
        good = max(costs[name]) <= goal and ratio <= FLAT and count <= MOST_QUERIES
        missed += [] if good else [name]
        row = " ".join(f"{cost:>6.1f} ms" for cost in costs[name])
        print(f"{name:28} {count:>7} {rows:>5}  {row}   {ratio:>6.2f}         ≤{goal} ms {'✓' if good else '✗'}")
    return missed


def main() -> int:
    """Print the tables; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--column", choices=("small", "large"), default="small")
    parser.add_argument("--sizes", default="100,10000,100000")
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--parts", default=",".join(PARTS))
    asked = parser.parse_args()
    sizes, missed = [int(size) for size in asked.sizes.split(",")], []
    with tempfile.TemporaryDirectory() as folder, instances(asked.column, Path(folder)) as fresh:
        for part in asked.parts.split(","):
            print(
                f"\n{part} · {asked.column} column; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
                flush=True,
            )
            made = fresh(part)
            missed += pages(made, sizes, asked.requests) if part == "pages" else PARTS[part](made)
    print("\nall goals reached" if not missed else f"\nmissed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
