"""Does the adjusted mean find the true order better than the raw mean, and when does it not?

Packages have a true quality; simulated experts score them by processes most of which the estimator does not assume; the two
orders are held against the true one by Kendall's tau-b. Every number is of `--runs` runs (500 unless said otherwise), with 95 %
intervals; "gain" is adjusted less raw, run by run. "top" is the share of the truly best third that is in the order's best third.
The estimator is the product's own (`ketang.selection.ranking`); `--rejected` prints the other candidates beside it.

    python benchmarks/ranking.py [--runs 500] [--only NAME,NAME] [--rejected]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices of 25 by 25: threads cost more than they bring
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

import numpy as np  # noqa: E402
from scipy.stats import kendalltau  # noqa: E402

from ketang.selection.ranking.estimating import RATIOS, UNIT, Design, fit, means, severities  # noqa: E402

RUBRIC = np.array([20, 20, 20, 15, 10, 15]) / 100
SEED = 20231127


@dataclass(frozen=True)
class Panel:
    """Who scores what, and what is true of packages and experts before anything goes wrong."""

    design: Design
    quality: Any
    severity: Any
    noise: Any


@dataclass(frozen=True)
class Scenario:
    """A process. `helps`: what was expected before the first run: that adjusting helps, or that it cannot."""

    name: str
    told: str
    assumed: bool
    helps: bool
    make: Callable[[Any], tuple[Panel, Any]]


def panel(
    random: Any, *, packages: int = 60, experts: int = 25, each: int = 5, severity: float = 0.8, noise: float = 0.8,
    blocks: int = 1, lost: float = 0.0,
) -> Panel:  # fmt: skip
    """A panel with balanced loads; `blocks` groups that share no package; a share `lost` of the sheets never comes."""
    pairs = []
    for block in range(blocks):
        mine = np.arange(experts)[np.arange(experts) % blocks == block]
        load = np.zeros(len(mine))
        for package in random.permutation(np.arange(packages)[np.arange(packages) % blocks == block]):
            chosen = np.lexsort((random.random(len(mine)), load))[:each]
            load[chosen] += 1
            pairs += [(package, expert) for expert in mine[chosen]]
    kept = np.array(pairs)
    if lost:
        stays = random.random(len(kept)) >= lost
        first = np.unique(kept[:, 0], return_index=True)[1]
        stays[first] = True
        kept = kept[stays]
    design = Design(kept[:, 0], kept[:, 1], packages, experts)
    quality = random.normal(7, 1, packages)
    return Panel(design, quality, random.normal(0, severity, experts), np.full(experts, noise))


def plain(one: Panel, random: Any) -> Any:
    """Latent scores: quality, severity, normal noise."""
    d = one.design
    return one.quality[d.package] + one.severity[d.expert] + random.normal(0, 1, len(d.package)) * one.noise[d.expert]


def _plain(random: Any, **how: Any) -> tuple[Panel, Any]:
    one = panel(random, **how)
    return one, plain(one, random)


def _severe_and_lenient(random: Any) -> tuple[Panel, Any]:
    one = panel(random)
    one.severity[:] = random.choice([-1.5, 0, 1.5], 25, p=[0.2, 0.6, 0.2]) + random.normal(0, 0.2, 25)
    return one, plain(one, random)


def _noisy(random: Any, severity: float = 0.8) -> tuple[Panel, Any]:
    one = panel(random, severity=severity)
    one.noise[:] = np.where(random.random(25) < 0.25, 2.0, 0.6)
    return one, plain(one, random)


def _colluding(random: Any, severity: float = 0.8) -> tuple[Panel, Any]:
    """Five of 25 give six packages 2.5 more and all others 0.8 less."""
    one = panel(random, severity=severity)
    friends, gang = random.permutation(60)[:6], random.permutation(25)[:5]
    of_gang = np.isin(one.design.expert, gang)
    pushed = np.where(np.isin(one.design.package, friends), 2.5, -0.8) * of_gang
    return one, plain(one, random) + pushed


def _everything(random: Any) -> tuple[Panel, Any]:
    """Severe, lenient, noisy and colluding experts together."""
    one = panel(random)
    one.severity[:] = random.choice([-1.5, 0, 1.5], 25, p=[0.2, 0.6, 0.2]) + random.normal(0, 0.2, 25)
    one.noise[:] = np.where(random.random(25) < 0.2, 2.0, 0.6)
    friends, gang = random.permutation(60)[:6], random.permutation(25)[:4]
    pushed = np.where(np.isin(one.design.package, friends), 2.5, 0) * np.isin(one.design.expert, gang)
    return one, plain(one, random) + pushed


def _ordinal(random: Any) -> tuple[Panel, Any]:
    """Six criteria in half points between 0 and 10, around 8: generous experts run into the ceiling. Quality is latent."""
    one = panel(random)
    d, scores = one.design, np.zeros(len(one.design.package))
    for weight in RUBRIC:
        own = random.normal(0, 0.5, d.packages)[d.package]
        latent = one.quality[d.package] + 1.2 + own + one.severity[d.expert] + random.normal(0, 0.9, len(scores))
        scores += weight * np.clip(np.round(latent * 2) / 2, 0, 10)
    return one, scores


def _thresholds(random: Any) -> tuple[Panel, Any]:
    """Each expert has thresholds of their own between the steps 4 … 10, unevenly set: no severity is a number."""
    one = panel(random)
    d = one.design
    cuts = np.sort(random.normal(7, 1.6, (d.experts, 6)), axis=1)
    latent = one.quality[d.package] + random.normal(0, 0.8, len(d.package))
    return one, 4.0 + (latent[:, None] > cuts[d.expert]).sum(axis=1)


def _scale_use(random: Any) -> tuple[Panel, Any]:
    """Each expert stretches or squeezes the scale about 7 by a factor of their own (log-normal, 0.4)."""
    one = panel(random)
    d, slope = one.design, np.exp(random.normal(0, 0.4, one.design.experts))
    noise = random.normal(0, 0.8, len(d.package))
    return one, 7 + slope[d.expert] * (one.quality[d.package] - 7) + one.severity[d.expert] + noise


def _categories(random: Any) -> tuple[Panel, Any]:
    """Each expert likes some of four categories better than others (0.8)."""
    one = panel(random)
    d, category = one.design, random.integers(0, 4, one.design.packages)
    return one, plain(one, random) + random.normal(0, 0.8, (d.experts, 4))[d.expert, category[d.package]]


def _heavy(random: Any) -> tuple[Panel, Any]:
    one = panel(random)
    d = one.design
    noise = 0.6 * random.standard_t(2.2, len(d.package))
    return one, one.quality[d.package] + one.severity[d.expert] + noise


def _halo(random: Any) -> tuple[Panel, Any]:
    """A first impression (1.0) colours all six criteria of a sheet, more with some experts; half points, no ceiling in reach."""
    one = panel(random)
    d, impression = one.design, random.normal(0, 1, len(one.design.package))
    strength, scores = random.uniform(0, 1.5, d.experts)[d.expert], np.zeros(len(one.design.package))
    for weight in RUBRIC:
        latent = one.quality[d.package] - 1 + one.severity[d.expert] + strength * impression
        scores += weight * np.clip(np.round((latent + random.normal(0, 0.8, len(scores))) * 2) / 2, 0, 10)
    return one, scores


def _drifting(random: Any) -> tuple[Panel, Any]:
    """Experts grow milder or harsher from their first sheet to their last (1.2)."""
    one = panel(random)
    d, when = one.design, np.zeros(len(one.design.package))
    for expert in range(d.experts):
        own = np.flatnonzero(d.expert == expert)
        when[own] = random.permutation(len(own)) / max(len(own) - 1, 1) - 0.5
    return one, plain(one, random) + random.normal(0, 1.2, d.experts)[d.expert] * when


def _follows(random: Any) -> tuple[Panel, Any]:
    """Not at random: severe experts are given the better packages."""
    one = panel(random)
    order = np.argsort(one.quality + random.normal(0, 0.5, 60))
    rank = np.empty(60, int)
    rank[order] = np.arange(60)
    harsh = np.argsort(-one.severity)  # lenient first, to the poor packages
    pairs = []
    for package in range(60):
        centre = rank[package] / 59 * 24
        chosen = np.argsort(np.abs(np.arange(25) - centre) + random.exponential(4, 25))[:5]
        pairs += [(package, expert) for expert in harsh[chosen]]
    kept = np.array(pairs)
    moved = Panel(Design(kept[:, 0], kept[:, 1], 60, 25), one.quality, one.severity, one.noise)
    return moved, plain(moved, random)


SCENARIOS = (
    Scenario("plain", "25 experts, 60 packages, 5 sheets each; severities 0.8, noise 0.8", True, True, _plain),
    Scenario("severe-and-lenient", "a fifth 1.5 too severe, a fifth 1.5 too lenient", True, True, _severe_and_lenient),
    Scenario("noisy", "a quarter with three times the others' noise", False, True, _noisy),
    Scenario("colluding", "5 of 25 push 6 packages up and all others down", False, True, _colluding),
    Scenario("all-together", "severe, lenient, noisy and colluding experts at once", False, True, _everything),
    Scenario("half-points", "six criteria in half points, with a ceiling", False, True, _ordinal),
    Scenario("own-thresholds", "ordinal steps, each expert's thresholds uneven", False, True, _thresholds),
    Scenario("scale-use", "each expert stretches or squeezes the scale", False, True, _scale_use),
    Scenario("likes-categories", "expert by category", False, True, _categories),
    Scenario("heavy-tails", "noise of Student's t with 2.2 degrees", False, True, _heavy),
    Scenario("halo", "a first impression colours all criteria", False, True, _halo),
    Scenario("drift", "experts grow milder or harsher", False, True, _drifting),
    Scenario("not-at-random", "severe experts get the better packages", False, True, _follows),
    Scenario("a-third-lost", "a third of the sheets never came", True, True, lambda r: _plain(r, lost=0.35)),
    Scenario("two-sheets", "2 sheets a package", True, True, lambda r: _plain(r, each=2)),
    Scenario("no-severities", "all experts alike", True, False, lambda r: _plain(r, severity=0)),
    Scenario("collusion-alone", "as colluding, no other severities", False, False, lambda r: _colluding(r, 0)),
    Scenario(
        "all-score-all", "5 experts score all of 12 packages", True, False,
        lambda r: _plain(r, packages=12, experts=5, each=5),
    ),
    Scenario(
        "tiny-panel", "4 experts, 8 packages, 2 sheets each", True, False,
        lambda r: _plain(r, packages=8, experts=4, each=2),
    ),
    Scenario(
        "one-sheet", "1 sheet a package: nothing to compare by", True, False, lambda r: _plain(r, each=1),
    ),
    Scenario(
        "disconnected", "5 groups of 5 experts that share no package", True, False,
        lambda r: _plain(r, blocks=5),
    ),
)  # fmt: skip


def raw(design: Design, totals: Any) -> Any:
    return means(design, totals)


def adjusted(design: Design, totals: Any) -> Any:
    found = fit(design, totals)
    return means(design, totals, found.severity, found.weight)


def equal_voices(design: Design, totals: Any) -> Any:
    """Rejected: the same without weights."""
    severity, *_rest = severities(design, totals / UNIT, np.ones(design.experts))
    return means(design, totals, np.rint(severity * UNIT).astype(np.int64))


def unshrunk(design: Design, totals: Any) -> Any:
    """Rejected: least squares with fixed severities (the largest ratio of the grid)."""
    held, RATIOS[:] = RATIOS.copy(), RATIOS[-1]
    try:
        return equal_voices(design, totals)
    finally:
        RATIOS[:] = held


def _reweighted(design: Design, totals: Any, reweigh: Callable[[Any, Any], Any]) -> Any:
    """Severities and package means in turn, sheets weighed by what `reweigh` says of standardised residuals."""
    scores, voice, severity = totals / UNIT, np.ones(len(totals)), np.zeros(design.experts)
    for _round in range(8):
        mean = design.of_packages(voice * (scores - severity[design.expert])) / design.of_packages(voice)
        off = scores - mean[design.package]
        severity = design.of_experts(voice * off) / (design.of_experts(voice) + 1)
        severity -= severity.mean()
        residual = off - severity[design.expert]
        voice = reweigh(residual, design)
    return design.of_packages(voice * (scores - severity[design.expert])) / design.of_packages(voice)


def huber(design: Design, totals: Any) -> Any:
    """Rejected: Huber's weights, 1.5 spreads."""

    def weigh(residual: Any, _design: Design) -> Any:
        spread = max(1.4826 * float(np.median(np.abs(residual))), 1e-6)
        return np.minimum(1, 1.5 * spread / np.maximum(np.abs(residual), 1e-9))

    return _reweighted(design, totals, weigh)


def per_expert(design: Design, totals: Any) -> Any:
    """Rejected: each expert's own noise variance, drawn to the common one by a fixed five sheets."""

    def weigh(residual: Any, design: Design) -> Any:
        common = float((residual**2).mean())
        own = (design.of_experts(residual**2) + 5 * common) / (design.of_experts() + 5)
        return np.clip(common / own, 0.25, 4)[design.expert]

    return _reweighted(design, totals, weigh)


def both_random(design: Design, totals: Any) -> Any:
    """Rejected: packages random too, their means drawn to the common one (ratios by maximum likelihood on a grid)."""
    scores = totals / UNIT
    counts = design.of_packages()
    crossed = np.zeros((design.packages, design.experts))
    np.add.at(crossed, (design.package, design.expert), 1)
    sums, of_experts = design.of_packages(scores), design.of_experts(scores)
    best: Any = None
    for package_ratio in 10.0 ** np.arange(-1, 1.6, 0.25):
        held = package_ratio / (1 + counts * package_ratio)
        values, vectors = np.linalg.eigh(np.diag(design.of_experts()) - (crossed.T * held) @ crossed)
        along = vectors.T @ (of_experts - crossed.T @ (held * sums))
        ones = vectors.T @ (design.of_experts() - crossed.T @ (held * counts))
        parts = (
            scores @ scores - held @ sums**2,
            scores.sum() - held @ (sums * counts),
            len(scores) - held @ counts**2,
        )
        for ratio in (0.0, *10.0 ** np.arange(-2, 1.4, 0.25)):
            shrunk = ratio / (1 + ratio * values)
            squares, cross, count = (
                parts[0] - shrunk @ along**2, parts[1] - shrunk @ (along * ones), parts[2] - shrunk @ ones**2
            )  # fmt: skip
            told = (
                (len(scores) - 1) * np.log(squares - cross**2 / count)
                + np.log1p(ratio * values).sum() + np.log1p(counts * package_ratio).sum() + np.log(count)
            )  # fmt: skip
            if best is None or told < best[0]:
                best = told, held, vectors @ (shrunk * (along - cross / count * ones)), cross / count
    _told, held, severity, mean = best
    return mean + held * design.of_packages(scores - mean - severity[design.expert])


METHODS = {"raw": raw, "adjusted": adjusted}
REJECTED = {
    "equal-voices": equal_voices, "unshrunk": unshrunk, "huber": huber, "per-expert": per_expert, "both-random": both_random,
}  # fmt: skip


def run(job: tuple[int, int, bool]) -> dict[str, list[tuple[float, float]]]:
    """All runs of one scenario: for each method (tau, top) of each run."""
    index, runs, rejected = job
    random = np.random.default_rng([SEED, index])
    methods = METHODS | (REJECTED if rejected else {})
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in methods}
    for _run in range(runs):
        one, scores = SCENARIOS[index].make(random)
        totals = np.rint(scores * UNIT).astype(np.int64)
        third = len(one.quality) // 3
        best = set(np.argsort(-one.quality, kind="stable")[:third])
        for name, method in methods.items():
            values = method(one.design, totals)
            tau = kendalltau(values, one.quality).statistic
            found[name].append((tau, len(best & set(np.argsort(-values, kind="stable")[:third])) / third))
    return found


def interval(values: Any) -> tuple[float, float]:
    """Mean and half the width of its 95 % interval."""
    held = np.asarray(values)
    return float(held.mean()), float(1.96 * held.std(ddof=1) / np.sqrt(len(held)))


def verdict(gain: float, half: float) -> str:
    """In a word."""
    if gain - half > 0.005:
        return "better"
    if gain + half < -0.005:
        return "**worse**"
    return "no difference"


def table(found: list[tuple[Scenario, dict[str, Any]]]) -> list[str]:
    lines = [
        "| scenario | what happens | assumed by the estimator | τ raw | τ adjusted | gain | top third, raw → adjusted | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for scenario, runs in found:
        taus = {name: [tau for tau, _top in pairs] for name, pairs in runs.items()}
        tops = {name: np.mean([top for _tau, top in pairs]) for name, pairs in runs.items()}
        gain, half = interval(np.array(taus["adjusted"]) - np.array(taus["raw"]))
        shown = ["{:.3f} ± {:.3f}".format(*interval(taus[name])) for name in METHODS]
        lines.append(
            f"| {scenario.name} | {scenario.told} | {'yes' if scenario.assumed else 'no'} | {shown[0]} | {shown[1]} "
            f"| {gain:+.3f} ± {half:.3f} | {tops['raw']:.2f} → {tops['adjusted']:.2f} | {verdict(gain, half)} |"
        )
    return lines


def candidates(found: list[tuple[Scenario, dict[str, Any]]]) -> list[str]:
    names = list(found[0][1])
    lines = [f"| scenario | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for scenario, runs in found:
        shown = [f"{np.mean([tau for tau, _top in runs[name]]):.3f}" for name in names]
        lines.append(f"| {scenario.name} | {' | '.join(shown)} |")
    return lines


def missed(found: list[tuple[Scenario, dict[str, Any]]]) -> list[str]:
    """Where it came otherwise than expected: no gain where one was expected, or a loss anywhere."""
    told = []
    for scenario, runs in found:
        gain, half = interval([a[0] - r[0] for a, r in zip(runs["adjusted"], runs["raw"], strict=True)])
        if scenario.helps and gain - half <= 0:
            told.append(f"{scenario.name}: no gain ({gain:+.3f} ± {half:.3f})")
        if gain + half < -0.005:
            told.append(f"{scenario.name}: a loss ({gain:+.3f} ± {half:.3f})")
    return told


def main() -> int:
    """Print the table; 1 when something came otherwise than expected."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=500)
    asked.add_argument("--only", default="")
    asked.add_argument("--rejected", action="store_true")
    got = asked.parse_args()
    only = set(got.only.split(",")) - {""}
    jobs = [(k, got.runs, got.rejected) for k, one in enumerate(SCENARIOS) if not only or one.name in only]
    start = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [(SCENARIOS[job[0]], runs) for job, runs in zip(jobs, pool.map(run, jobs), strict=True)]
    print(f"{got.runs} runs a scenario, 95 % intervals, {time.monotonic() - start:.0f} s\n")
    print("\n".join(table(found)))
    if got.rejected:
        print("\n" + "\n".join(candidates(found)))
    otherwise = missed(found)
    for line in otherwise:
        print(f"otherwise than expected: {line}")
    return 1 if otherwise else 0


if __name__ == "__main__":
    sys.exit(main())
