"""Pictures for findings: what is on screen where a finding speaks of a stretch of a video.

Which findings get one depends on the findings alone, so the same package gives the same report. Few are taken, each at the
cost of the pictures since the keyframe before it, and they are kept in the store like measurements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

from kebao.engine.measuring import Measuring
from kebao.media.facts import MediaFacts
from kebao.media.stills import take_stills
from kebao.model.finding import STILL_PIXELS, Still
from kebao.model.location import Span
from kebao.model.progress import Progress, silent
from kebao.model.report import ReportedFinding
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.tree_facts import TreeFacts

ILLUSTRATING = Text(zh="截取画面", en="Taking stills")
STILLS_MOST = 48
"""Stills of one report: at some 20 kB each, a report stays below two megabytes."""
STILLS_A_RULE = 6
_SHORT = Fraction(2)


def illustrate(
    package: Package,
    findings: Sequence[ReportedFinding],
    how: Measuring,
    *,
    progress: Progress = silent,
) -> tuple[ReportedFinding, ...]:
    """The findings, some of them with the picture at their place.

    Every rule's first finding comes before any rule's second; at most `STILLS_A_RULE` of a rule, `STILLS_MOST` in all.
    """
    facts = package.facts
    if not isinstance(facts, TreeFacts):
        return tuple(findings)  # a sketch has no pictures
    wanted: dict[str, list[tuple[str, Fraction]]] = {}
    for finding in chosen(package, findings):
        assert finding.at.span is not None  # noqa: S101  chosen by it
        wanted.setdefault(finding.at.path, []).append((finding.fingerprint, moment(finding.at.span)))
    taken: dict[str, Still] = {}

    def take(path: str) -> str:
        asked = [("frame", time, STILL_PIXELS) for _, time in wanted[path]]
        made = take_stills(lambda: facts.open(path), facts.digest(path), how.store, asked)
        taken.update({name: still for (name, _), still in zip(wanted[path], made, strict=True) if still is not None})
        return path

    with ThreadPoolExecutor(max(1, how.jobs)) as pool:
        for done, path in enumerate(pool.map(take, wanted), start=1):
            progress(ILLUSTRATING, done, len(wanted), path)
    return tuple(
        replace(finding, evidence=(*finding.evidence, taken[finding.fingerprint]))
        if finding.fingerprint in taken
        else finding
        for finding in findings
    )


def chosen(package: Package, findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    """Findings to illustrate, the first of every rule first, then in the report's order."""
    ranked, seen = [], Counter[str]()
    for place, finding in enumerate(findings):
        if finding.at.span is None or not _has_picture(package, finding.at.path):
            continue
        seen[finding.rule] += 1
        if seen[finding.rule] <= STILLS_A_RULE:
            ranked.append((seen[finding.rule], place))
    return [findings[place] for _, place in sorted(ranked)[:STILLS_MOST]]


def moment(span: Span) -> Fraction:
    """The time to show: where a short stretch begins, the middle of a long one."""
    return span.start if span.seconds < _SHORT else span.start + span.seconds / 2


def _has_picture(package: Package, path: str) -> bool:
    media = package.facts.media(path) if package.facts.exists(path) else None
    return isinstance(media, MediaFacts) and media.video is not None and package.facts.fault(path) is None
