"""What `kebao media` tells of one video or recording; `kebao.media/2` is its JSON. Like a report it holds no time and no path."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kebao.model.finding import Curve, Measured, Still
from kebao.model.location import Span
from kebao.model.report import ReportedFinding, UsedRulebook
from kebao.model.text import Text

SCHEMA = "kebao.media/2"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the file: what it is called and what it is."""

    name: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Tone:
    """A steady tone: its frequency in Hz, and its level in dB of full scale where that was measured."""

    hertz: float
    level: float | None


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Mean power of the sound by frequency.

    `hertz` are the middles of the bands, `levels` their levels in dB of full scale, `hum` the harmonics of mains hum that
    was found.
    """

    hertz: tuple[float, ...]
    levels: tuple[float, ...]
    hum: tuple[Tone, ...] = ()


@dataclass(frozen=True, slots=True)
class Shot:
    """A stretch between two cuts: a picture of it, its mean colour as `#rrggbb` (empty where it was not measured)."""

    span: Span
    still: Still | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class CaptionsSeen:
    """One set of captions: its file, or the track inside the medium, its language, and how many cues it has.

    `stretches` are where a caption stands, those less than half a second apart joined; `covered` is the share of the
    seconds of speech that they cover, None where speech was not measured.
    """

    name: str
    language: str
    count: int
    stretches: tuple[Span, ...]
    covered: Fraction | None


@dataclass(frozen=True, slots=True)
class MediumReport:
    """The whole look at one medium.

    Attributes:
        name: of the file; `bytes`, `sha256` of its content.
        seconds: exact length.
        shown: the stretch that curves, shots and findings are of.
        facts: container facts, in words.
        numbers: single values for the whole medium (integrated loudness …).
        curves: at most `CURVE_POINTS` values each.
        poster, sheet: keyframes, without measuring.
        speech: where somebody speaks, pauses of less than a second left out.
        shots: every stretch between cuts; empty where pictures were not measured.
        not_measured: why curves and shots are missing, where they are.
        untested: rules that could not judge, with why.
    """

    version: str
    name: str
    bytes: int
    sha256: str
    seconds: Fraction
    shown: Span
    facts: tuple[Fact, ...]
    numbers: tuple[Measured, ...]
    curves: tuple[Curve, ...]
    spectrum: Spectrum | None
    speech: tuple[Span, ...]
    poster: Still | None
    sheet: tuple[Still, ...]
    shots: tuple[Shot, ...]
    captions: tuple[CaptionsSeen, ...]
    findings: tuple[ReportedFinding, ...]
    passed: tuple[Text, ...]
    untested: tuple[Fact, ...]
    not_measured: Text | None
    rulebooks: tuple[UsedRulebook, ...]
