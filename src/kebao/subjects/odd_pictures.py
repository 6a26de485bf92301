"""Findings on single pictures, said the same way by every rule on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kebao.media.shots import Odd
from kebao.model.finding import Finding, Measured
from kebao.subjects.course import Video
from kebao.subjects.spoken_time import precise
from kebao.subjects.watching import Watching


def odd_findings(
    video: Video,
    watching: Watching,
    odd: Sequence[Odd],
    most: int,
    told: Callable[[Odd], Mapping[str, Any]] | None = None,
) -> Iterator[Finding]:
    """One finding a picture, up to `most`; each knows how many there are in all.

    `told` gives further values for the rule's message; `where` is always there.
    """
    for one in odd[:most]:
        span = watching.span(one.index, one.index + 1)
        curve = watching.curve("change", watching.changes.whole, unit="code", marks=(span,), around=span)
        yield Finding(
            at=video.at(span=span),
            evidence=(Measured("frame", one.index), Measured("count", len(odd), unit=""), curve),
            values={"where": precise(span.start), **(told(one) if told is not None else {})},
        )
