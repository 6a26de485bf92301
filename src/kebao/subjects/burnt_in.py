"""Captions that stand in the picture itself: read at a few moments of speech, where the optional extra `ocr` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.media.shown_text import ShownText
from kebao.model.location import Span
from kebao.subjects.course import Timed
from kebao.subjects.facts import Fault

MOMENTS = 6
"""Moments of speech at which the picture is read: some ten seconds of work for a film."""
LEAST_SHARE = 0.6
"""Part of them at which a caption must stand."""
_PAUSE, _EVERY = Fraction(1), Fraction(5)


def burnt_in(medium: Timed) -> tuple[ShownText, ...] | None:
    """What the captions in the picture say at the moments looked at; empty where there are none, None where nobody looked.

    A caption stands in the lower third near the middle and changes from moment to moment; the footing of a slide does not.
    """
    heard = medium.listening
    if heard is None or not heard.is_spoken:
        return None
    moments = _moments([moment for span in heard.speech(_PAUSE) for moment in _inside(span)])
    shown = medium.package.facts.shown_text(medium.entry.path, moments)
    if shown is None or isinstance(shown, Fault):
        return None
    captions = [text for text in shown if text.is_low and text.is_central]
    said = {text.words for text in captions}
    seen = {text.at for text in captions}
    is_caption = len(seen) >= LEAST_SHARE * len(moments) and 2 * len(said) >= len(seen) and len(said) > 1
    return tuple(captions) if is_caption else ()


def _inside(span: Span) -> Iterator[Fraction]:
    """Moments every five seconds of a stretch of speech, away from its edges."""
    moment = span.start + 1
    while moment <= span.end - 1:
        yield moment
        moment += _EVERY


def _moments(middles: list[Fraction]) -> tuple[Fraction, ...]:
    """At most `MOMENTS` of them, spread evenly."""
    if len(middles) <= MOMENTS:
        return tuple(middles)
    return tuple(middles[number * (len(middles) - 1) // (MOMENTS - 1)] for number in range(MOMENTS))
