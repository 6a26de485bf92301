"""Parts of a page with charts: the offline report, the look at a medium and the product's pages draw with the same templates.

Their style sheet is `static/charts.css`; its colours are the page's own `--ink --soft --line --paper --wash --link --bad --warn --ask --tip`.
"""

from __future__ import annotations

import base64
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from kebao.model.finding import Curve, Still
from kebao.model.report import ReportedFinding
from kebao.model.text import Language
from kebao.report.arranging import Timeline
from kebao.report.plots import plot, strip
from kebao.report.words import WORDS, still_words

STATIC = Path(__file__).parent / "static"
"""Style sheets, to be written into a page or served beside it."""
NO_FIGURES: dict[str, Any] = {"curves": [], "stills": []}


@cache
def template(name: str) -> Template:
    """One of the room's templates."""
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def style(*names: str) -> Markup:
    """Style sheets of the room, one after the other."""
    return Markup("".join((STATIC / name).read_text(encoding="utf-8") for name in names))  # noqa: S704  our own files


def _read(name: str) -> str:
    return resources.files("kebao.report").joinpath("templates", name).read_text(encoding="utf-8")


def figures(finding: ReportedFinding, language: Language) -> dict[str, Any]:
    """What is drawn beside a finding: its curves, and its stills with their words."""
    return {
        "curves": [plot(item, language) for item in finding.evidence if isinstance(item, Curve)],
        "stills": [pictured(item, language) for item in finding.evidence if isinstance(item, Still)],
    }


def pictured(still: Still, language: Language) -> tuple[dict[str, Any], str]:
    """A still as the template shows it, and what it shows."""
    words = still_words(still.name, still.time).to(language)
    return {"jpeg": base64.b64encode(still.jpeg).decode(), "width": still.width, "height": still.height}, words


def curve_html(curve: Curve, identity: str, language: Language) -> str:
    """A curve with the table of its numbers; `identity` is unique in the page."""
    return str(_charts().curve(plot(curve, language), identity, lambda name: WORDS[name].to(language)))


def still_html(still: Still, language: Language) -> str:
    """A still with its words."""
    return str(_charts().picture(*pictured(still, language)))


def strip_html(drawn: dict[str, Any], identity: str, title: str) -> str:
    """The strip of a medium as `strip_of` prepares it; the table of its findings belongs beside it."""
    return str(_charts().strip(drawn, identity, title))


def strip_of(timeline: Timeline, language: Language) -> dict[str, Any]:
    """Everything that is drawn of a medium's strip; `markers` are numbered as the rows of its table are."""
    return strip(timeline.findings, timeline.whole, language, timeline.loudness)


def seconds(time: Fraction) -> str:
    """A time for a media fragment: seconds with at most three decimals, not later than it is."""
    thousandths = int(time * 1000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}".rstrip("0").rstrip(".")


def _charts() -> Any:
    return template("charts.html.j2").module
