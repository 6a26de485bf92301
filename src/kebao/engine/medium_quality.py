"""What DNSMOS guesses of the speech of one medium, as a fact of the look: a hint that no rule reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import BinaryIO

from kebao.media.quality import WINDOW, is_installed, read_quality
from kebao.model.location import Span
from kebao.model.medium import Fact
from kebao.model.text import Text

_MOST = 3
"""Windows heard: near the beginning, the middle and the end of the speech."""


def quality_fact(opener: Callable[[], BinaryIO], speech: Sequence[Span], seconds: Fraction) -> Fact | None:
    """The marks; None where the extra is not installed, nobody speaks, or the medium is shorter than a window."""
    moments = _moments(speech, seconds)
    if not moments or not is_installed():
        return None
    with opener() as stream:
        found = read_quality(stream, moments)
    if found is None:
        return None
    return Fact(
        Text(zh="听感估计（仅供参考）", en="Perceived quality (a hint only)"),
        Text(
            zh=f"整体 {found.whole:.1f}，讲话 {found.voice:.1f}，背景 {found.background:.1f}（DNSMOS 估计，满分 5；听 {found.windows} 段各 9 秒，不作判断依据）",
            en=f"whole {found.whole:.1f}, voice {found.voice:.1f}, background {found.background:.1f} of 5 (guessed by DNSMOS from {found.windows} × 9 s; nothing is judged by it)",
        ),
    )


def _moments(speech: Sequence[Span], seconds: Fraction) -> tuple[Fraction, ...]:
    """Starts of windows that lie in the medium and begin where somebody speaks, spread over the speech."""
    starts = [span.start for span in speech if span.start + WINDOW < seconds]
    if not starts:
        return (Fraction(0),) if speech and seconds > WINDOW else ()
    if len(starts) == 1:
        return (starts[0],)
    count = min(_MOST, len(starts))
    return tuple(starts[place * (len(starts) - 1) // (count - 1)] for place in range(count))
