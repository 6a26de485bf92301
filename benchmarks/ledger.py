"""What the ledger costs with many arrivals: its page, each filter and search, and the export of all of them.

Everything is real: `ketang serve` on a fresh instance, rows that the product's own models hold, HTTP over a socket. CPU of a
page is that of the web server's processes for each request, as in `web.py`. The export is timed from the request to its last
byte, its memory is the peak of the web server's processes above what they held before; it is compared with a bare SELECT
of the same columns and with the bare library that writes the same cells. `KEBAO_SHARED` names the folder of shared material.

    python benchmarks/ledger.py [--column small|large] [--rows 100000] [--requests 20]
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

import psutil  # noqa: E402  the path is set just above
from load.instance import Instance, Served, family, instances, served  # noqa: E402
from load.pages import Pages, cpu_by_turns, queries  # noqa: E402

ROWS = str(ROOT / "benchmarks/load/arrivals.py")
GOAL_MS, MOST_QUERIES, EXPORT_SECONDS, EXPORT_MB = 20, 20, 30, 200
ASKED = {
    "page": "", "page 2": "page=2", "page 180": "page=180", "state": "state=unclaimed", "door": "door=desk",
    "call": "call={slug}", "medium": "medium=paper", "late": "late=late", "in time": "late=in-time",
    "a day": "since=2016-05-04&until=2016-05-04", "odd range": "since=2015-01-02&until=2024-12-30",
    "until a year": "until=2016-03-05", "supplier": f"supplier={quote('示例第77职业')}", "supplier: every one": f"supplier={quote('示例')}",
    "all filters": f"call={{slug}}&door=desk&medium=paper&state=answered&late=in-time&since=2016-01-05&until=2022-10-09&supplier={quote('示例第')}",
    "search: one word": f"words={quote('照护')}", "search: every row": f"words={quote('示例')}",
    "search: a number": "words=SJ2017-020000", "search: nothing": f"words={quote('没有这样的')}",
    "search and filters": f"words={quote('照护')}&door=mail&late=in-time&since=2016-01-05&until=2022-10-09",
    "all columns": "&".join(f"columns={key}" for key in (
        "number", "door", "medium", "received", "counts", "late", "supplier", "title", "submission", "category", "state", "reason",
        "sender", "file", "size", "digest", "receipt", "call", "registered", "registrar",
    )),
}  # fmt: skip
BESIDE = "office's list"
"""A page that `web.py` measures, too: on a machine that is busy, the others are told as multiples of it."""
PAGES: Pages = {
    BESIDE: ("clerk", "/office/", GOAL_MS),
    **{name: ("clerk", f"/office/ledger/?{query}", GOAL_MS) for name, query in ASKED.items()},
}

BARE = """
import resource, sys, time
import django
django.setup()
from ketang.selection.ledger.models import Arrival
began = time.process_time()
fields = ("number", "door", "medium", "received_at", "counts_at", "supplier", "title", "submission__number", "state")
rows = Arrival.objects.order_by("-id").values_list(*fields).iterator(2000)
if sys.argv[1] == "select":
    count = sum(1 for _ in rows)
else:
    import xlsxwriter
    words = [str(value or "") for value in next(rows)]
    began = time.process_time()
    with xlsxwriter.Workbook("bare.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line in range(int(sys.argv[2])):
            for place, value in enumerate(words):
                sheet.write_string(line, place, value)
import json
print(json.dumps({"seconds": time.process_time() - began}))
"""


def pages(made: Instance, site: Served, filled: dict[str, object], requests: int) -> list[str]:
    """The table of pages; what misses its goal."""
    counted, missed = queries(made, filled, PAGES), []
    told = cpu_by_turns(made, site, filled, requests, PAGES)
    beside = float(told[BESIDE]["cpu_ms_per_req"])
    print(f"{'page':22} {'queries':>7} {'rows':>5} {'CPU':>9} {'answer':>9} {'× list':>7}")
    for name in PAGES:
        done = told[name]
        cost, (count, rows) = float(done["cpu_ms_per_req"]), counted[name]
        good = cost <= GOAL_MS and count <= MOST_QUERIES
        missed += [] if good else [name]
        print(
            f"{name:22} {count:>7} {rows:>5} {cost:>6.1f} ms {done['p50_ms']:>6.1f} ms {cost / beside:>7.2f} {'✓' if good else '✗'}",
            flush=True,
        )
    return missed


def export(made: Instance, site: Served, filled: dict[str, object], rows: int) -> list[str]:
    """All rows as a workbook: seconds, memory, and what the bare parts of it cost."""
    web = site.part("web")
    before, over, peak = _held(web), threading.Event(), [0.0]

    def watch() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], _held(web))

    watcher = threading.Thread(target=watch)
    watcher.start()
    cpu, began = _cpu(web), time.perf_counter()
    content = _fetched(made, filled, "/office/ledger/export.xlsx")
    seconds, cpu = time.perf_counter() - began, _cpu(web) - cpu
    over.set()
    watcher.join()
    select = made.told("-c", BARE, "select")["seconds"]
    writer = made.told("-c", BARE, "write", str(rows))["seconds"]
    from openpyxl import load_workbook

    found = sum(1 for _ in load_workbook(io.BytesIO(content), read_only=True).worksheets[0].rows) - 1
    grown = peak[0] - before
    print(
        f"export: {found} rows, {len(content) / 2**20:.1f} MB in {seconds:.1f} s, {cpu:.1f} s CPU; memory +{grown:.0f} MB "
        f"(goal ≤{EXPORT_SECONDS} s, ≤{EXPORT_MB} MB)\n"
        f"  bare SELECT {select:.2f} s CPU: × {cpu / select:.1f}; bare writer {writer:.2f} s CPU: × {cpu / writer:.2f}; "
        f"both: × {cpu / (select + writer):.2f}"
    )
    faults = {"rows": found != rows, "seconds": seconds >= EXPORT_SECONDS, "memory": grown >= EXPORT_MB}
    return [f"export: {name}" for name, wrong in faults.items() if wrong]


def _fetched(made: Instance, filled: dict[str, object], path: str) -> bytes:
    session = dict(filled["sessions"])["clerk"]  # type: ignore[call-overload]
    asked = urllib.request.Request(made.origin + path, headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(asked, timeout=600) as answer:
        return bytes(answer.read())


def _held(web: psutil.Process) -> float:
    return sum(one.memory_info().rss for one in family(web)) / 2**20


def _cpu(web: psutil.Process) -> float:
    times = [one.cpu_times() for one in family(web)]
    return sum(one.user + one.system for one in times)


def main() -> int:
    """Print the tables; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--column", choices=("small", "large"), default="small")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, instances(asked.column, Path(folder)) as fresh:
        made = fresh("ledger")
        made.environment["PYTHONPATH"] += f":{ROOT / 'benchmarks'}"
        print(
            f"{asked.rows} arrivals, {asked.column} column; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            flush=True,
        )
        filled = made.told(ROWS, str(asked.rows))
        with served(made) as site:
            missed = pages(made, site, filled, asked.requests) + export(made, site, filled, asked.rows)
    print("all goals reached" if not missed else f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
