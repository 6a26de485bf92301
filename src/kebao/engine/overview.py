"""What a report tells besides findings: the head, the files, the hours by class, which lesson has questions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from fractions import Fraction

from kebao.engine.medium_sound import loudness_curve
from kebao.media.facts import MediaFacts
from kebao.model.finding import Curve
from kebao.model.location import Span, clock
from kebao.model.report import CoverageRow, HoursRow, ReportedFile, Summary
from kebao.model.text import Text
from kebao.package.manifest import ROLES
from kebao.subjects.course import Package, Resource, Timed
from kebao.subjects.listening import Listening
from kebao.subjects.matching import lesson_matches
from kebao.text.measures import hours_floored, share

STRIP_POINTS = 150
"""Values of the loudness behind a strip."""


def summary(package: Package, *, digests: bool) -> Summary:
    """The head of the report."""
    facts = package.facts
    whole = ""
    if digests:
        lines = "".join(f"{facts.digest(path)}  {path}\n" for path in facts.paths)
        whole = hashlib.sha256(lines.encode()).hexdigest()
    return Summary(
        title=package.manifest.title,
        supplier=package.manifest.supplier.name,
        name=package.name,
        kind=package.kind,
        digest=whole,
        files=len(facts.paths),
        bytes=sum(facts.size(path) for path in facts.paths),
        seconds=package.seconds,
        hours=hours_floored(package.seconds),
    )


def listed_files(package: Package, *, digests: bool, strips: Collection[str] = frozenset()) -> tuple[ReportedFile, ...]:
    """Every file with its size, digest and facts; those in `strips` with their loudness, where it was measured."""
    facts, used = package.facts, {resource.entry.path: resource for resource in package.resources}
    return tuple(
        ReportedFile(
            path=path,
            bytes=facts.size(path),
            sha256=facts.digest(path) if digests else "",
            kind=_kind(path, used.get(path)),
            seconds=used[path].seconds if path in used and used[path].is_measured else None,
            facts=_words(used.get(path)),
            loudness=_loudness(used.get(path)) if path in strips else None,
        )
        for path in facts.paths
    )


def hours(package: Package) -> tuple[HoursRow, ...]:
    """Seconds and shares by class of content (A3(2)); unclassified time last, if there is any."""
    total = package.seconds
    rows = []
    for role in (*ROLES, None):
        parts = [(resource, seconds) for resource, carried, seconds in package.runs if carried == role]
        seconds = sum((part for _, part in parts), Fraction(0))
        measured = sum((part for resource, part in parts if resource.is_measured), Fraction(0))
        if role is None and not seconds:
            continue
        rows.append(
            HoursRow(
                role or "未标注",
                seconds,
                measured,
                share(seconds, total) if total else Fraction(0),
                hours_floored(seconds),
            )
        )
    return tuple(rows)


def coverage(package: Package) -> tuple[CoverageRow, ...]:
    """How many questions test each lesson (A2(2).4(1)): named by the paper, and matched by a machine."""
    named: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    for _, lesson, by_name in lesson_matches(package):
        if lesson is not None:
            (named if by_name else matched)[lesson.item] += 1
    return tuple(CoverageRow(lesson.entry.title, named[lesson.item], matched[lesson.item]) for lesson in package.leaves)


def _loudness(resource: Resource | None) -> Curve | None:
    if not isinstance(resource, Timed) or resource.seconds is None:
        return None
    heard = Listening.of(resource.measurement)
    if heard is None:
        return None
    return loudness_curve(heard, Span(Fraction(0), resource.seconds), points=STRIP_POINTS)


def _kind(path: str, resource: Resource | None) -> str:
    if resource is not None:
        return resource.entry.kind
    return path.rsplit(".", 1)[-1].lower() if "." in path.rsplit("/", 1)[-1] else ""


def _words(resource: Resource | None) -> Text | None:
    if resource is None or not isinstance(resource.media, MediaFacts):
        return None
    media, zh, en = resource.media, [], []
    zh.append(f"{clock(media.seconds)}")
    en.append(f"{clock(media.seconds)}")
    if media.video:
        fps = f"{float(media.video.fps):.4g}" if media.video.fps else "?"
        zh.append(f"{media.video.width}×{media.video.height}，{fps} 帧/秒，{media.video.codec}")
        en.append(f"{media.video.width}×{media.video.height}, {fps} fps, {media.video.codec}")
    for sound in media.audio:
        zh.append(f"{sound.codec} {sound.sample_rate} Hz {sound.channels} 声道")
        en.append(f"{sound.codec} {sound.sample_rate} Hz, {sound.channels} channels")
    return Text(zh="，".join(zh), en=", ".join(en))
