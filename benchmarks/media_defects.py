"""The benchmark of defects: plants known faults in clean material, encodes it, lets the product look, and prints what it caught.

    python benchmarks/media_defects.py --half tuning|held-out --seed N [--only hum,clipping,…] [--quick | --share 0.5] [--write]

`--half tuning` is for developing; `--half held-out` is the product's claim and is never tuned on. `--only` names defects of
`defects/names.py`, or `clean`. `--quick` runs about an eighth of the trials, `--share` any
part of them (the same ones each time). `--write` writes `docs/media-quality.md`; without it
the same page goes to standard output. Encoded trials and measurements are kept in `build/media-defects` (or KEBAO_DEFECTS_CACHE)
by digest of their recipe and version of the meters: a changed rule is judged again without encoding or decoding, and a stopped
run goes on where it was. `--finished` takes only the trials that such a run had done, and
the page says how many of the plan they are. `--misses` lists every trial that was missed, with what was seen instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from defects.expected import EXPECTED  # noqa: E402  the path is set just above
from defects.material import HALVES, SHARED  # noqa: E402
from defects.names import NAMES  # noqa: E402
from defects.table import page  # noqa: E402
from defects.tally import matches  # noqa: E402
from defects.trials import Result, finished, plan, run  # noqa: E402

QUICK = 1 / 8


def misses(results: list[Result]) -> None:
    """One line for each planted defect that no rule failed, on standard error."""
    for result in results:
        for planted in result.trial.planted:
            expected = EXPECTED.get(planted.defect)
            if expected and any(seen.failed and matches(seen, planted, expected) for seen in result.look.seen):
                continue
            near = "; ".join(
                f"{seen.rule}{'' if seen.failed else '?'} {seen.start:.2f}–{seen.end:.2f}"
                for seen in result.look.seen
                if not expected or seen.rule in expected.rules
            )
            trial = result.trial
            print(
                f"missed {planted.defect} {planted.magnitude:g} {trial.variant} at {planted.start:.2f}–{planted.end:.2f} in {trial.clip} "
                f"({trial.medium}, {trial.bits}): {near or 'nothing'}",
                file=sys.stderr,
            )


def main() -> None:
    """Run, and print or write the page."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--half", choices=HALVES, default="tuning")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="")
    asked.add_argument("--quick", dest="share", action="store_const", const=QUICK, default=1.0)
    asked.add_argument("--share", type=float, default=1.0)
    asked.add_argument("--finished", action="store_true")
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--misses", action="store_true")
    given = asked.parse_args()
    if not (SHARED / "media" / "manifest.csv").is_file():
        raise SystemExit("The trials are made of shared clips: set KEBAO_SHARED to the folder that holds media/.")
    only = {name for name in given.only.split(",") if name}
    if unknown := only - set(NAMES) - {"clean"}:
        raise SystemExit(f"no such defect: {', '.join(sorted(unknown))}; there are: clean, {', '.join(NAMES)}")
    planned = plan(given.half, given.seed, only, given.share)
    jobs = finished(planned) if given.finished else planned
    results = list(run(jobs))
    if given.misses:
        misses(results)
    words = ["python benchmarks/media_defects.py", f"--half {given.half}", f"--seed {given.seed}"]
    words += (
        [f"--only {given.only}"] * bool(only)
        + [f"--share {given.share:g}"] * (given.share != 1)
        + ["--finished"] * given.finished
        + ["--write"] * given.write
    )
    total = sum(len(job.rates) for job in planned)
    text = page(results, given.half, " ".join(words), total)
    if given.write:
        (ROOT / "docs" / "media-quality.md").write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
