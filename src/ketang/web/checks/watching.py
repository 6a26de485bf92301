"""Media with findings as the page shows them: strip, player, a table whose times seek it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from kebao.model.finding import Still
from kebao.model.location import clock
from kebao.model.report import Report
from kebao.model.text import Language
from kebao.player.page import Lesson, render_player
from kebao.report.arranging import Timeline, label_of, timelines
from kebao.report.figures import drawn
from kebao.report.fragments import seconds, strip_html, strip_of
from kebao.report.plots import Marker
from ketang.selection.checking.models import Check, CheckedMedium
from ketang.web.checks.shown import MEANINGS, Moment, figures_of

PLAYERS_MOST = 12
"""Players on a page: each asks for the head of its film. The times of further media still open the film there."""
FIGURES_MOST = 6
"""Curves below one medium."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in the table of a medium; `moment` is None where nothing can be played."""

    number: int
    time: str
    moment: Moment | None
    label: str
    meaning: str
    title: str
    message: str
    mend: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ShownMedium:
    """What `web/checks/parts/medium.html` shows.

    Attributes:
        player: empty where the browser cannot play it, or there are many players already.
        address: of its bytes; empty where there are none to play.
        format: container and codec; empty before everything is measured.
        figures: (number of the row, title, curve).
        more: findings beyond those in the table.
    """

    id: str
    title: str
    path: str
    strip: SafeString
    player: SafeString
    address: str
    format: str
    rows: tuple[Row, ...]
    figures: tuple[tuple[int, str, SafeString], ...]
    more: int


def shown_media(check: Check, report: Report, rows: list[CheckedMedium], language: Language) -> list[ShownMedium]:
    """Media in the report's order; `rows` say where their bytes are."""
    known = {row.path: row for row in rows}
    chosen = drawn(report.findings)
    return [
        _shown(check, number, timeline, known.get(timeline.path[:1000]), chosen, language)
        for number, timeline in enumerate(timelines(report), start=1)
    ]


def moments_of(media: list[ShownMedium]) -> Mapping[str, Moment]:
    """Where each finding can be seen."""
    return {row.fingerprint: row.moment for medium in media for row in medium.rows if row.moment is not None}


def _shown(
    check: Check, number: int, timeline: Timeline, row: CheckedMedium | None, chosen: frozenset[str], language: Language
) -> ShownMedium:
    identity, strip = f"medium-{number}", strip_of(timeline, language)
    address = reverse("check-medium", args=[check.uuid, row.number]) if row is not None and row.content_type else ""
    plays = bool(address) and number <= PLAYERS_MOST
    markers: list[Marker] = strip["markers"]
    rows = tuple(_row(marker, identity if plays else "", address, language) for marker in markers)
    figures = [
        (marker.number, marker.finding.title.to(language), figure)
        for marker in markers
        if marker.finding.fingerprint in chosen
        for figure in figures_of(marker.finding, language, identity, stills=False)[:1]
    ]
    return ShownMedium(
        id=identity,
        title=timeline.title,
        path=timeline.path,
        strip=SafeString(strip_html(strip, f"{identity}-strip", timeline.title)),
        player=_player(identity, timeline, address, row, language) if plays and row else SafeString(""),
        address=address,
        format=row.format if row is not None else "",
        rows=rows,
        figures=tuple(figures[:FIGURES_MOST]),
        more=strip["more"],
    )


def _player(identity: str, timeline: Timeline, address: str, row: CheckedMedium, language: Language) -> SafeString:
    """The player's HTML, escaped by its own template; before it plays it shows the first picture of a finding."""
    stills = (item for finding in timeline.findings for item in finding.evidence if isinstance(item, Still))
    still = next(stills, None)
    played = Lesson(
        id=identity,
        title=timeline.title,
        sources=((address, row.content_type),),
        poster="" if still is None else f"data:image/jpeg;base64,{base64.b64encode(still.jpeg).decode()}",
        is_sound=row.is_sound,
        download=address,
    )
    return SafeString(render_player(played, language, heading=4))


def _row(marker: Marker, player: str, address: str, language: Language) -> Row:
    span, moment = marker.finding.at.span, None
    assert span is not None  # noqa: S101 - markers stand at a time
    if address:
        start = seconds(span.start)
        moment = Moment(str(span), clock(span.start), start, player, f"{address}#t={start}")
    return table_row(marker, moment, language)


def table_row(marker: Marker, moment: Moment | None, language: Language) -> Row:
    """One finding in the table of a medium."""
    finding = marker.finding
    return Row(
        number=marker.number,
        time=str(finding.at.span),
        moment=moment,
        label=label_of(finding).to(language),
        meaning=MEANINGS[marker.kind],
        title=finding.title.to(language),
        message=finding.message.to(language),
        mend=finding.mend.to(language),
        fingerprint=finding.fingerprint,
    )
