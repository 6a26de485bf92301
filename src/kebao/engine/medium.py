"""Look at one medium: what it is, its curves, shots and pictures, and what the rules on sound and picture find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import kebao
from kebao.engine.check import check
from kebao.engine.measuring import Measuring
from kebao.engine.medium_mouths import mouths_fact
from kebao.engine.medium_quality import quality_fact
from kebao.engine.medium_shots import shots, steadiness
from kebao.engine.medium_sound import sound_curves, sound_numbers, spectrum, speech_spans
from kebao.engine.medium_view import captions_seen, picture_curves
from kebao.media.facts import MediaFacts
from kebao.media.measurement import Measurement
from kebao.media.preview import Preview, take_preview
from kebao.model.errors import Unreadable, UsageFault
from kebao.model.location import Span, clock
from kebao.model.medium import Fact, MediumReport
from kebao.model.outcome import Outcome
from kebao.model.progress import Progress, silent
from kebao.model.report import Report, ReportedFinding
from kebao.model.text import Text
from kebao.rulebook.book import Rulebook
from kebao.rules.registry import all_rules
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.course import Timed, Video
from kebao.subjects.facts import Fault
from kebao.subjects.tree_facts import TreeFacts

_ELSEWHERE = frozenset(("hours", "package"))
"""Areas whose rules on media compare the file with its row in a manifest, which a file alone has not."""
_CONTAINERS = {
    "mov": ("MP4／MOV", "MP4/MOV"), "matroska": ("MKV／WebM", "MKV/WebM"), "mpegts": ("MPEG-TS", "MPEG-TS"),
    "mpeg": ("MPEG-PS", "MPEG-PS"), "avi": ("AVI", "AVI"), "flv": ("FLV", "FLV"), "asf": ("WMV／ASF", "WMV/ASF"),
    "mp3": ("MP3", "MP3"), "wav": ("WAV", "WAV"), "flac": ("FLAC", "FLAC"), "ogg": ("Ogg", "Ogg"), "aac": ("AAC", "AAC"),
}  # fmt: skip
_CHEAP = Text(
    zh="只看了关键帧，没有测量声音和画面。不写 --cheap 再运行一次就会测量。",
    en="Only keyframes were looked at; sound and picture were not measured. Run it without --cheap to measure.",
)
_OUTSIDE = Text(
    zh="时间段 {span} 不在这个文件里：它长 {length}。",
    en="The stretch {span} is not in this file, which is {length} long.",
)


@dataclass(frozen=True, slots=True)
class Looking:
    """How to look.

    Attributes:
        measuring: how sound and picture are measured; None for keyframes and container facts alone.
        start, end: the stretch to show, in seconds; None for the medium's own ends.
    """

    measuring: Measuring | None
    start: Fraction | None = None
    end: Fraction | None = None


def look(medium: Timed, rulebooks: tuple[Rulebook, ...], how: Looking, *, progress: Progress = silent) -> MediumReport:
    """Everything that `kebao media` tells.

    Args:
        medium: of `open_medium`.
        rulebooks: whose rules on media judge.
        how: what is measured and shown.
        progress: told of each step.

    Raises:
        Unreadable: the medium can be opened but not decoded.
        UsageFault: the stretch to show lies outside the medium.
    """
    facts, path = medium.package.facts, medium.entry.path
    media = medium.media
    assert isinstance(facts, TreeFacts)  # noqa: S101  opened from disk
    assert isinstance(media, MediaFacts)  # noqa: S101  `open_medium` has seen it
    span = shown_span(media.seconds, how)
    report = check(medium.package, tuple(_on_media(book) for book in rulebooks), media=how.measuring, progress=progress)
    measured = facts.measurement(path)
    if isinstance(measured, Fault):
        said = Text(zh=f"“{path}”：{measured.message.zh}", en=f"“{path}”: {measured.message.en}")
        raise Unreadable(measured.code, said, entry=path)
    heard, watched = medium.listening, medium.watching if isinstance(medium, Video) else None
    speech = None if heard is None else speech_spans(heard)
    hints = (quality_fact(lambda: facts.open(path), speech or (), media.seconds), mouths_fact(medium))
    store = how.measuring.store if how.measuring is not None else None
    film = Preview()
    if media.video is not None:
        film = take_preview(lambda: facts.open(path), facts.digest(path), store)
    return MediumReport(
        version=kebao.__version__,
        name=path,
        bytes=facts.size(path),
        sha256=facts.digest(path),
        seconds=media.seconds,
        shown=span,
        facts=(*container_facts(media, measured), *(hint for hint in hints if hint is not None)),
        numbers=() if heard is None else sound_numbers(heard),
        curves=(
            *(() if heard is None else sound_curves(heard, span)),
            *(() if measured is None else picture_curves(measured, span)),
            *(() if watched is None else steadiness(watched, span)),
        ),
        spectrum=None if heard is None or measured is None else spectrum(measured, heard, span),
        speech=speech or (),
        poster=film.poster,
        sheet=film.sheet,
        shots=() if watched is None else shots(medium, watched, span, store),
        captions=captions_seen(medium, speech),
        findings=tuple(
            sorted(_within(report.findings, span, whole=how.start is None and how.end is None), key=_gravest_first)
        ),
        passed=_passed(report),
        untested=_untested(report),
        not_measured=_CHEAP if measured is None else None,
        rulebooks=report.rulebooks,
    )


def shown_span(seconds: Fraction, how: Looking) -> Span:
    """The stretch to show, within the medium.

    Raises:
        UsageFault: it lies outside, or ends before it begins.
    """
    start, end = how.start or Fraction(0), seconds if how.end is None else min(how.end, seconds)
    if not 0 <= start < end and (how.start is not None or how.end is not None):
        asked = f"{clock(start)}–{clock(end if how.end is None else how.end)}"
        raise UsageFault(_OUTSIDE.format(span=asked, length=clock(seconds)))
    return Span(start, end)


def container_facts(media: MediaFacts, measured: Measurement | None) -> Iterable[Fact]:
    """What the header says, and what of it turned out otherwise while decoding."""
    yield _fact("时长", "Length", clock(media.seconds), clock(media.seconds))
    yield _fact("封装格式", "Container", *_CONTAINERS.get(media.container, (media.container, media.container)))
    if media.video is not None:
        video = media.video
        rate = f"{float(video.fps):.4g}" if video.fps else "?"
        turned = (f"，旋转 {video.rotation}°", f", turned {video.rotation}°") if video.rotation else ("", "")
        yield _fact(
            "画面", "Picture",
            f"{video.width}×{video.height}，{rate} 帧/秒，{video.codec}{turned[0]}",
            f"{video.width}×{video.height}, {rate} fps, {video.codec}{turned[1]}",
        )  # fmt: skip
    for number, sound in enumerate(media.audio, start=1):
        place = f" {number}" if len(media.audio) > 1 else ""
        yield _fact(
            f"声音{place}", f"Sound{place}",
            f"{sound.codec}，{sound.sample_rate} Hz，{sound.channels} 声道",
            f"{sound.codec}, {sound.sample_rate} Hz, {sound.channels} channel{'' if sound.channels == 1 else 's'}",
        )  # fmt: skip
    if media.subtitles:
        yield _fact("内嵌字幕", "Subtitle tracks", f"{media.subtitles} 条", str(media.subtitles))
    yield from _decoded(measured)


def _decoded(measured: Measurement | None) -> Iterable[Fact]:
    if measured is None:
        return
    passed = measured.passed
    if passed.ended != "whole":
        yield _fact("完整性", "Integrity", "文件没有播放到标明的结尾", "the file ends before its stated end")
    bad = (passed.picture.errors + len(passed.picture.corrupt) if passed.picture else 0) + (
        passed.sound.errors if passed.sound else 0
    )
    if bad:
        yield _fact("损坏", "Damage", f"{bad} 处解码出错", f"{bad} places could not be decoded")
    if passed.picture is not None and passed.picture.hdr:
        yield _fact("动态范围", "Dynamic range", "HDR（截图已转为普通亮度）", "HDR (stills are tone-mapped)")


def _fact(zh_name: str, en_name: str, zh: str, en: str) -> Fact:
    return Fact(Text(zh=zh_name, en=en_name), Text(zh=zh, en=en))


def _on_media(book: Rulebook) -> Rulebook:
    """The book with the clauses and rules that judge a medium by itself."""
    rules = all_rules()
    clauses = []
    for clause in book.clauses:
        bound = tuple(one for one in clause.rules if _is_on_media(rules[one.rule].looks_at, rules[one.rule].area))
        if bound:
            clauses.append(replace(clause, rules=bound))
    return replace(book, clauses=tuple(clauses))


def _is_on_media(looks_at: type, area: str) -> bool:
    return issubclass(looks_at, Timed | CaptionTrack) and area not in _ELSEWHERE


def _within(findings: Iterable[ReportedFinding], span: Span, *, whole: bool) -> Iterable[ReportedFinding]:
    """Findings of the stretch; those of no time belong to every stretch."""
    for finding in findings:
        at = finding.at.span
        if whole or at is None or (at.start < span.end and at.end >= span.start):
            yield finding


def _gravest_first(finding: ReportedFinding) -> tuple[int, Fraction]:
    """What must be mended, what should be, what a person must look at, advice; then by time."""
    weight = 2 if finding.outcome is Outcome.CANT_TELL else {"error": 0, "warning": 1, "advice": 3}[finding.severity]
    return weight, finding.at.span.start if finding.at.span else Fraction(-1)


def _passed(report: Report) -> tuple[Text, ...]:
    results = [result for clause in report.clauses for result in clause.rules]
    faulty = {result.rule for result in results if result.outcome in (Outcome.FAILED, Outcome.CANT_TELL)}
    titles = {result.rule: result.title for result in results if result.outcome is Outcome.PASSED}
    return tuple(title for rule, title in titles.items() if rule not in faulty)


def _untested(report: Report) -> tuple[Fact, ...]:
    found = {
        result.rule: Fact(result.title, result.because)
        for clause in report.clauses
        for result in clause.rules
        if result.outcome is Outcome.UNTESTED and result.because is not None
    }
    return tuple(found.values())
