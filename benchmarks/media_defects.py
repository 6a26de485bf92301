"""The benchmark of defects: plants known faults in clean material, encodes it, lets the product look, and prints what it caught.

    python benchmarks/media_defects.py --half tuning|held-out --seed N [--part sound|picture] [--only hum,…] [--quick | --share 0.5] [--write]
    python benchmarks/media_defects.py --join build/sound.json,build/picture.json [--write]

`--half tuning` is for developing; `--half held-out` is the product's claim and is never tuned on. `--only` names defects of
`defects/names.py`, or `clean`. `--quick` runs about an eighth of the trials, `--share` any
part of them (the same ones each time). `--write` writes `docs/media-quality.md`; without it
the same page goes to standard output. Encoded trials and measurements are kept in `build/media-defects` (or KEBAO_DEFECTS_CACHE)
by digest of their recipe and version of the meters: a changed rule is judged again without encoding or decoding, and a stopped
run goes on where it was. `--finished` takes only the trials that such a run had done, and
the page says how many of the plan they are. `--save` keeps the results of a run as one file; `--join` makes one page of several
such files, each with its command and the commit that judged. `--misses` lists every trial that was missed, with what was seen instead.

Speech is made of a speaker's takes: levelled to within 1.5 dB of each other, over room tone wherever there is digital silence,
no peak above −4 dBFS (`defects/takes.py`, `defects/beds.py`). A step of level is planted only where the 3 s on both sides hold
1 s of words each.
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
from defects.saved import Run, commit, joined, load, save  # noqa: E402
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
    """Run or join, and print, keep or write the page."""
    given = asked().parse_args()
    made = joined([load(Path(name)) for name in given.join.split(",")]) if given.join else fresh(given)
    if given.save:
        save(Path(given.save), made)
    text = page(made.results, made.half, made.command, made.planned)
    if given.write:
        (ROOT / "docs" / "media-quality.md").write_text(text, encoding="utf-8")
    elif not given.save:
        print(text)


def asked() -> argparse.ArgumentParser:
    """What may be asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--half", choices=HALVES, default="tuning")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--part", choices=("sound", "picture"))
    asked.add_argument("--only", default="")
    asked.add_argument("--quick", dest="share", action="store_const", const=QUICK, default=1.0)
    asked.add_argument("--share", type=float, default=1.0)
    for name in ("--finished", "--write", "--misses"):
        asked.add_argument(name, action="store_true")
    for name in ("--save", "--join"):
        asked.add_argument(name, default="")
    return asked


def fresh(given: argparse.Namespace) -> Run:
    """Plan and run."""
    if not (SHARED / "media" / "manifest.csv").is_file():
        raise SystemExit("The trials are made of shared clips: set KEBAO_SHARED to the folder that holds media/.")
    only = {name for name in given.only.split(",") if name}
    if unknown := only - set(NAMES) - {"clean"}:
        raise SystemExit(f"no such defect: {', '.join(sorted(unknown))}; there are: clean, {', '.join(NAMES)}")
    planned = plan(given.half, given.seed, only, given.share, given.part)
    results = tuple(run(finished(planned) if given.finished else planned))
    if given.misses:
        misses(list(results))
    words = ["python benchmarks/media_defects.py", f"--half {given.half}", f"--seed {given.seed}"]
    words += [f"--part {given.part}"] * bool(given.part) + [f"--only {given.only}"] * bool(only)
    words += [f"--share {given.share:g}"] * (given.share != 1) + ["--finished"] * given.finished
    words += ["--write"] * given.write
    return Run(" ".join(words), commit(), given.half, sum(len(job.rates) for job in planned), results)


if __name__ == "__main__":
    main()
