"""The look at a medium on a terminal: facts, curves as lines of blocks, findings along the time, shots."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import IO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.panel import Panel
from rich.text import Text as Line

from kebao.model.finding import Curve
from kebao.model.location import clock
from kebao.model.medium import MediumReport, Spectrum
from kebao.model.outcome import Outcome
from kebao.model.report import ReportedFinding
from kebao.model.text import Language
from kebao.report.curves import bounds, shown, span_of, title
from kebao.report.medium_words import (
    counted,
    covered_words,
    found_sentence,
    hertz,
    hum_words,
    number_words,
    said,
    uncaptioned_words,
)
from kebao.report.plots import Marker, markers
from kebao.report.sparks import Spark, blocks
from kebao.report.terminal import Terminal, finding_lines
from kebao.report.wrapping import Folded

_SIGNS = {"square": "■", "triangle": "▲", "circle": "●", "diamond": "◆"}
_NUMBER_ROWS = 4
_SHOTS_MOST = 20


def print_medium(report: MediumReport, language: Language, *, file: IO[str] | None = None) -> None:
    """Print to the terminal, or as plain text to a file."""
    console = Terminal(file=file, width=None if file is None else 100, highlight=False)
    console.print(_head(report, language))
    for part in _parts(report, language):
        console.print(part)


def _head(report: MediumReport, language: Language) -> Panel:
    worst = next((finding for finding in report.findings if finding.outcome is Outcome.FAILED), None)
    colour = (
        "green"
        if all(finding.severity == "advice" for finding in report.findings)
        else "yellow"
        if worst is None or worst.severity != "error"
        else "red"
    )
    lines = [Folded(Line(found_sentence(report, language), style=f"bold {colour}"), rest=2)]
    wide = max(cell_len(fact.name.to(language)) for fact in report.facts)
    for fact in report.facts:
        name = fact.name.to(language)
        gap = " " * (wide - cell_len(name) + 2)
        lines.append(Folded(Line.assemble((name, "dim"), gap, fact.value.to(language)), rest=wide + 2))
    return Panel(Group(*lines), title=report.name, title_align="left", border_style=colour)


def _parts(report: MediumReport, language: Language) -> Iterator[object]:
    if report.not_measured is not None:
        yield Folded(Line(f"… {report.not_measured.to(language)}"), rest=2)
    if report.numbers or report.curves:
        yield Line(said("measured", language), style="bold")
        if report.numbers:
            told = "   ".join(number_words(number, language) for number in report.numbers)
            yield Folded(Line(f"  {told}"), rest=2)
        for curve in report.curves:
            yield Spark(curve, language, indent=2)
    if report.spectrum is not None:
        yield SpectrumLine(report.spectrum, language)
    if any(finding.at.span for finding in report.findings):
        yield Line(said("timeline", language), style="bold")
        yield StripLines(report, language)
    if report.findings:
        yield Line(said("to_mend", language), style="bold")
        for finding in report.findings:
            yield finding_lines(finding, language, curves=True)
    yield from _rest(report, language)


def _rest(report: MediumReport, language: Language) -> Iterator[object]:
    if report.shots:
        yield Line(f"{said('shots', language)} {len(report.shots)}", style="bold")
        rows = [f"{shot.span}{f' {shot.colour}' if shot.colour else ''}" for shot in report.shots[:_SHOTS_MOST]]
        more = [f"… +{len(report.shots) - _SHOTS_MOST}"] if len(report.shots) > _SHOTS_MOST else []
        yield Folded(Line("  " + "   ".join([*rows, *more])), rest=2)
    elif report.sheet:
        times = "  ".join(clock(still.time) for still in report.sheet)
        yield Folded(Line.assemble((f"{said('keyframes', language)} ", "bold"), times), rest=2)
    for captions in report.captions:
        words = covered_words(captions, language)
        yield Folded(Line.assemble((f"{said('captions', language)} ", "bold"), words), rest=2)
        if bare := uncaptioned_words(captions, report.speech, language):
            yield Folded(Line(bare), first=2, rest=4)
    if report.passed:
        names = ("、" if language == "zh" else ", ").join(text.to(language) for text in report.passed)
        yield Folded(Line(f"✓ {said('passed', language)}{names}", style="dim"), rest=2)
    for fact in report.untested:
        yield Folded(Line(f"… {counted(fact, language)}", style="dim"), rest=2)


class StripLines:
    """Findings along the time: a line of signs, their numbers, and who they are."""

    def __init__(self, report: MediumReport, language: Language) -> None:
        self.report, self.language = report, language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = min(100, options.max_width - 4)
        made = markers(self.report.findings, self.report.shown)
        bar: list[str] = ["─"] * columns
        rows: list[list[str]] = [[" "] * columns for _ in range(_NUMBER_ROWS)]
        for marker in made:
            first = min(columns - 1, int(float(marker.start) * columns / 100))
            last = min(columns, max(first + 1, round((float(marker.start) + float(marker.width)) * columns / 100)))
            bar[first:last] = _SIGNS[marker.shape] * (last - first)
            digits = str(marker.number)
            place = min(first, columns - len(digits))
            free = (row for row in rows if not "".join(row[max(0, place - 1) : place + len(digits) + 1]).strip())
            if (row := next(free, None)) is not None:
                row[place : place + len(digits)] = digits
        loud = next((c for c in self.report.curves if c.name == "loudness" and span_of(c) == self.report.shown), None)
        if loud is not None:
            yield Line("  ", no_wrap=True).append(blocks(loud.values, columns, *bounds(loud), peaks=True), "dim")
        yield Line("  ", no_wrap=True).append("".join(bar), "yellow")
        yield from (Line(f"  {''.join(row)}".rstrip(), no_wrap=True) for row in rows if "".join(row).strip())
        start, end = clock(self.report.shown.start), clock(self.report.shown.end)
        yield Line(f"  {start}{' ' * max(1, columns - len(start) - len(end))}{end}", style="dim")
        for marker in made:
            yield Folded(Line(_named(marker, self.language)), first=2, rest=6)


def _named(marker: Marker, language: Language) -> str:
    finding: ReportedFinding = marker.finding
    label = finding.severity.label if finding.outcome is Outcome.FAILED else finding.outcome.label
    return (
        f"{marker.number} {_SIGNS[marker.shape]} {finding.at.span}  [{label.to(language)}] {finding.title.to(language)}"
    )


class SpectrumLine:
    """The spectrum as a line of blocks, low tones on the left, with the hum that was found."""

    def __init__(self, spectrum: Spectrum, language: Language) -> None:
        self.spectrum, self.language = spectrum, language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        levels = self.spectrum.levels
        curve = Curve("spectrum", Fraction(0), Fraction(1), levels, "dB")
        head = f"{title(curve, self.language)} "
        ends = f" {hertz(self.spectrum.hertz[0])} … {hertz(self.spectrum.hertz[-1])}  {shown(min(levels))} … {shown(max(levels))}"
        columns = max(10, min(60, options.max_width - 2 - cell_len(head) - cell_len(ends)))
        line = Line("  ", no_wrap=True).append(head, "dim")
        yield line.append(blocks(levels, min(columns, len(levels)), *bounds(curve)), "cyan").append(ends, "dim")
        if self.spectrum.hum:
            yield Folded(Line(f"▲ {hum_words(self.spectrum, self.language)}", style="yellow"), first=2, rest=4)
