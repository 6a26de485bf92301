"""The look at a medium as one HTML file: no script, no request; its times are links that open the medium there."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log
from typing import Any
from urllib.parse import quote

from kebao.model.finding import Curve, Still
from kebao.model.location import clock
from kebao.model.medium import CaptionsSeen, MediumReport, Shot, Spectrum
from kebao.model.outcome import Outcome
from kebao.model.text import Language
from kebao.report.arranging import kind_of, label_of
from kebao.report.curves import shown, span_of
from kebao.report.evidence_words import seen
from kebao.report.figures import drawn
from kebao.report.fragments import NO_FIGURES, figures, pictured, seconds, style, template
from kebao.report.medium_words import (
    covered_words,
    found_sentence,
    hertz,
    hum_words,
    number_name,
    said,
    told,
    uncaptioned_words,
)
from kebao.report.plots import boxes, plot, strip
from kebao.report.words import WORDS, judged_by, still_words

_PICTURE_CURVES = frozenset(("light", "colour", "shake", "change"))
SHOTS_SHOWN = 24
"""Shots on the page; the JSON holds all."""


def render_medium(report: MediumReport, language: Language, link: str) -> str:
    """The whole page.

    Args:
        report: the look.
        language: of every word but the file's name.
        link: path from the page to the medium, with forward slashes.
    """
    chosen = drawn(report.findings)
    behind = next((c for c in report.curves if c.name == "loudness" and span_of(c) == report.shown), None)
    zoomed = report.shown.start > 0 or report.shown.end < report.seconds
    return template("medium.html.j2").render(
        report=report,
        language=language,
        say=lambda text: text.to(language),
        said=lambda name: said(name, language),
        told=lambda name, **values: told(name, language, **values),
        word=lambda name: WORDS[name].to(language),
        at=lambda time: f"{quote(link)}#t={seconds(time)}",
        clock=clock,
        tone=_tone(report),
        sentence=found_sentence(report, language),
        zoomed=told("shown", language, span=str(report.shown)) if zoomed else "",
        strip=strip(report.findings, report.shown, language, behind),
        found=[
            (
                one,
                kind_of(one),
                seen(one, language),
                figures(one, language) if one.fingerprint in chosen else NO_FIGURES,
            )
            for one in report.findings
        ],
        label_of=label_of,
        numbers=[
            (number_name(one, language), f"{shown(float(one.value))} {one.unit}".strip()) for one in report.numbers
        ],
        sound_curves=_plots(report.curves, language, of_picture=False),
        picture_curves=_plots(report.curves, language, of_picture=True),
        spectrum=None if report.spectrum is None else _spectrum(report.spectrum, language),
        poster=None if report.poster is None else pictured(report.poster, language),
        tiles=_tiles(report, language),
        tiles_more=told("shots_more", language, n=len(report.shots), m=SHOTS_SHOWN)
        if len(report.shots) > SHOTS_SHOWN
        else "",
        captions=[_captions(one, report, language) for one in report.captions],
        comma="、" if language == "zh" else ", ",
        judged_by=judged_by(report.rulebooks, language),
        colon="：" if language == "zh" else ": ",
        style=style("charts.css", "report.css", "medium.css"),
    )


def _captions(seen: CaptionsSeen, report: MediumReport, language: Language) -> dict[str, Any]:
    """Captions against the speech of the shown stretch."""
    return {
        "words": covered_words(seen, language),
        "bare": uncaptioned_words(seen, report.speech, language),
        "speech": boxes(report.speech, report.shown),
        "stretches": boxes(seen.stretches, report.shown),
    }


def _tone(report: MediumReport) -> str:
    if any(one.outcome is Outcome.FAILED and one.severity == "error" for one in report.findings):
        return "failed"
    open_ = [one for one in report.findings if one.severity != "advice" or one.outcome is Outcome.CANT_TELL]
    return "review" if open_ or report.not_measured is not None else "passed"


def _plots(curves: Sequence[Curve], language: Language, *, of_picture: bool) -> list[dict[str, Any]]:
    return [plot(one, language) for one in curves if (one.name in _PICTURE_CURVES) is of_picture]


def _spectrum(spectrum: Spectrum, language: Language) -> dict[str, Any]:
    """Bars in per cent of the width on a logarithmic axis of frequency."""
    low, high = min(spectrum.levels), max(max(spectrum.levels), min(spectrum.levels) + 1)
    edges = _edges(spectrum.hertz)
    first, whole = log(edges[0]), log(edges[-1]) - log(edges[0])
    places = [(log(edge) - first) / whole * 100 for edge in edges]
    bars = []
    for start, end, level in zip(places, places[1:], spectrum.levels, strict=False):
        height = 3 + 83 * (level - low) / (high - low)
        bars.append(
            {
                "x": f"{start:.2f}",
                "width": f"{(end - start) * 0.86:.2f}",
                "y": f"{100 - height:.1f}",
                "height": f"{height:.1f}",
            }
        )
    lines = []
    for tone in spectrum.hum:
        height = 86.0 if tone.level is None else 3 + 83 * min(1.0, max(0.0, (tone.level - low) / (high - low)))
        x = min(99.0, max(1.0, (log(tone.hertz) - first) / whole * 100))
        lines.append({"x": f"{x:.2f}", "y": f"{100 - height:.1f}"})
    rows = [(hertz(middle), shown(level)) for middle, level in zip(spectrum.hertz, spectrum.levels, strict=True)]
    rows += [(f"▼ {hertz(tone.hertz)}", shown(tone.level)) for tone in spectrum.hum]
    loudest = max(zip(spectrum.levels, spectrum.hertz, strict=True))
    hum = hum_words(spectrum, language) if spectrum.hum else ""
    words = [
        f"{hertz(spectrum.hertz[0])}–{hertz(spectrum.hertz[-1])}",
        f"{hertz(loudest[1])} {shown(loudest[0])} dB",
        hum,
    ]
    return {
        "bars": bars, "lines": lines, "rows": rows, "low": shown(low), "high": shown(high), "hum": hum,
        "start": hertz(spectrum.hertz[0]), "end": hertz(spectrum.hertz[-1]),
        "spoken": ("；" if language == "zh" else "; ").join(word for word in words if word),
    }  # fmt: skip


def _edges(middles: Sequence[float]) -> list[float]:
    """Edges half-way (in octaves) between the middles of bands."""
    inner = [(one * other) ** 0.5 for one, other in pairwise(middles)]
    if not inner:
        return [middles[0] / 1.2, middles[0] * 1.2]
    return [middles[0] ** 2 / inner[0], *inner, middles[-1] ** 2 / inner[-1]]


def _tiles(report: MediumReport, language: Language) -> list[dict[str, Any]]:
    if report.shots:
        pictured_shots = [shot for shot in report.shots if shot.still is not None]
        return [_shot(shot, language) for shot in (pictured_shots or report.shots)[:SHOTS_SHOWN]]
    return [_tile(still, still.time, clock(still.time), "", language) for still in report.sheet]


def _shot(shot: Shot, language: Language) -> dict[str, Any]:
    return _tile(shot.still, shot.span.start, str(shot.span), shot.colour, language)


def _tile(still: Still | None, start: Fraction, time: str, colour: str, language: Language) -> dict[str, Any]:
    return {
        "still": None if still is None else
        {"jpeg": base64.b64encode(still.jpeg).decode(), "width": still.width, "height": still.height},
        "words": "" if still is None else still_words("shot", still.time).to(language),
        "start": start, "time": time, "colour": colour,
    }  # fmt: skip
