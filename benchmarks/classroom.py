"""What the classroom's catalogue costs with many courses, whether it finds what a plain scan finds, and how fast films are handed out.

Everything is real: `ketang serve` on a fresh instance, courses as the product's own models hold them, each with a transcript of 2000
characters (`load/courses.py`), HTTP over a socket. CPU of a page is that of the web server's processes for each request, the cheapest
of some rounds, as in `web.py`; on the large column that of PostgreSQL's is told beside it. Searches of one to four hanzi are compared with a plain scan
of all texts, course by course. A large film is read in random ranges. `KEBAO_SHARED` names the folder of shared material.

    python benchmarks/classroom.py [--column small|large] [--rows 100000] [--requests 20] [--film-mb 512]

Goals: 20 ms a page, nothing missed and nothing wrong, 300 MB/s.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

import psutil  # noqa: E402  the path is set just above
from load.instance import Instance, Served, instances, served  # noqa: E402
from load.pages import SHARED, Pages, cpu_by_turns, queries  # noqa: E402

ROWS = str(ROOT / "benchmarks/load/courses.py")
GOAL_MS, MOST_QUERIES, GOAL_MB = 20, 20, 300
WORDS = {
    "one hanzi": "护", "one common hanzi": "的", "two hanzi": "护理", "two of most titles": "照护", "two common": "的一",
    "three hanzi": "试水温", "four hanzi": "安全用电", "four in titles": "面点实操", "nothing": "没有这样的", "two phrases": "照护 血压",
    "a supplier": "示例第77", "three that are rare": "大国的", "four that are rarer": "一是了我",
}  # fmt: skip
CHOICES = {
    "page": "", "page 2": "page=2", "page 200": "page=200", "the filters": "more=1", "shortest": "sort=shortest",
    "a level": "level=0", "needs": "need=captions&need=sign", "needs, longest": "need=captions&need=sign&sort=longest",
    "an occupation": f"occupation={quote('护理')}",
    "all filters": f"level=0&hours=weeks&need=captions&need=transcript&occupation={quote('护理')}",
    "words and filters": f"words={quote('照护')}&level=0&hours=weeks&need=captions",
    "words, shortest": f"words={quote('护理')}&sort=shortest", "words, page 9": f"words={quote('护理')}&page=9",
}  # fmt: skip
PAGES: Pages = {
    **{name: ("visitor", f"/courses/?{query}", GOAL_MS) for name, query in CHOICES.items()},
    **{f"words: {name}": ("visitor", f"/courses/?words={quote(words)}", GOAL_MS) for name, words in WORDS.items()},
    "course": ("visitor", "/courses/{slug}/", GOAL_MS),
    "in a frame": ("visitor", "/courses/embedded", GOAL_MS),
}

_COMPARED = """
import json, random, sys, time
import django
django.setup()
from ketang.classroom.catalogue.finding import Chosen, Found, Sort
from ketang.classroom.catalogue.searched import CatalogueText
from ketang.platform.search.pairs import compact
drawn = random.Random(5)
some = [text for text in CatalogueText.objects.filter(part=2).order_by("id").values_list("text", flat=True)[:400]]
asked = list(json.loads(sys.argv[1]))
for length in (1, 2, 3, 4):
    for _ in range(int(sys.argv[2])):
        text = drawn.choice(some)
        place = drawn.randrange(len(text) - length)
        asked.append(text[place : place + length])
asked = [words for words in dict.fromkeys(asked) if compact(words) == words and " " not in words]
scanned = {words: set() for words in asked}
for entry, text in CatalogueText.objects.values_list("entry_id", "text").iterator(2000):
    for words, found in scanned.items():
        if words in text:
            found.add(entry)
wrong, slowest = [], 0.0
for words, expected in scanned.items():
    began = time.perf_counter()
    found = Found(Chosen(words=words, sort=Sort.NEWEST)).keys(10**9)
    slowest = max(slowest, time.perf_counter() - began)
    best = Found(Chosen(words=words)).keys(10**9)
    if found != sorted(expected, reverse=True) or sorted(best) != sorted(expected):
        wrong.append(words)
print(json.dumps({"asked": len(asked), "hits": sum(map(len, scanned.values())), "wrong": wrong, "slowest_s": slowest}))
"""


def pages(made: Instance, site: Served, filled: dict[str, object], requests: int) -> list[str]:
    """The table of pages; what misses its goal."""
    filled = {**filled, "slug": filled["course"]}
    counted, missed = queries(made, filled, PAGES), []
    before = _database()
    told = cpu_by_turns(made, site, filled, requests, PAGES, rounds=3)
    beside = (_database() - before) * 1000 / (len(PAGES) * 3 * (requests + 5))
    print(f"{'page':28} {'queries':>7} {'CPU':>9} {'answer':>9}")
    for name in PAGES:
        cost, answer, count = float(told[name]["cpu_ms_per_req"]), told[name]["p50_ms"], counted[name][0]
        good = cost <= GOAL_MS and count <= MOST_QUERIES
        missed += [] if good else [name]
        print(f"{name:28} {count:>7} {cost:>6.1f} ms {answer:>6.1f} ms {'✓' if good else '✗'}", flush=True)
    if before:
        print(f"PostgreSQL's processes beside them: {beside:.1f} ms a page, on average over all pages and rounds")
    return missed


def _database() -> float:
    """CPU seconds of PostgreSQL's processes; 0 on the small column. Those of backends that ended are with the postmaster's children."""
    total = 0.0
    for one in psutil.Process().children(recursive=True):
        try:
            if one.name() == "postgres":
                times = one.cpu_times()
                total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return total


def compared(made: Instance, each: int) -> list[str]:
    """Searches beside a plain scan."""
    words = [words for words in WORDS.values() if " " not in words]
    told = made.told("-c", _COMPARED, json.dumps(words), str(each))
    print(
        f"{told['asked']} searches of one to four hanzi and more beside a plain scan: {told['hits']} courses found, "
        f"{len(told['wrong'])} searches wrong {told['wrong']}; all courses of the slowest in {told['slowest_s']:.2f} s",
        flush=True,
    )
    return [f"wrong: {words}" for words in told["wrong"]]


def ranges(made: Instance, site: Served, filled: dict[str, object]) -> list[str]:
    """Random ranges of a megabyte of the film, four readers at once; the best of three rounds, and what a second of the server's CPU hands out."""
    address = f"{made.origin}/courses/{filled['course']}/1/media"
    words = [
        sys.executable, str(SHARED / "bench/httpbench.py"), "range", address, "-c", "4", "-d", "6", "--chunk", str(2**20),
        "--pid", str(site.part("web").pid),
    ]  # fmt: skip
    best, of_cpu = 0.0, 0.0
    for _ in range(3):
        done = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        if done["errors"]:
            raise RuntimeError(f"{address}: {done}")
        best = max(best, float(done["MB_per_s"]))
        of_cpu = max(of_cpu, 2**20 / 1000 / float(done["cpu_ms_per_req"]))
    print(
        f"ranges of a film of {filled['film_mb']} MB: {best:.0f} MB/s (goal ≥{GOAL_MB} MB/s), "
        f"{of_cpu:.0f} MB a second of the web server's CPU; load {os.getloadavg()[0]:.1f}"
    )
    return [] if best >= GOAL_MB else ["ranges"]


def main() -> int:
    """Print the tables; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--column", choices=("small", "large"), default="small")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--film-mb", type=int, default=512)
    parser.add_argument("--searches", type=int, default=15, help="of each length, beside those of the table")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, instances(asked.column, Path(folder)) as fresh:
        made = fresh("classroom")
        made.environment["PYTHONPATH"] += f":{ROOT / 'benchmarks'}"
        print(
            f"{asked.rows} courses, {asked.column} column; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            flush=True,
        )
        filled = made.told(ROWS, str(asked.rows), str(asked.film_mb)) | {"film_mb": asked.film_mb}
        missed = compared(made, asked.searches)
        with served(made) as site:
            missed += pages(made, site, filled, asked.requests) + ranges(made, site, filled)
    print("all goals reached" if not missed else f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
