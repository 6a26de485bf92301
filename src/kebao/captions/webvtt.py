"""Captions as WebVTT (W3C), written anew: a stranger's styles, regions and markup stay behind, and .srt becomes readable."""

from __future__ import annotations

import html
from collections.abc import Iterable
from fractions import Fraction

from kebao.captions.cue import Cue


def shown_cues(cues: Iterable[Cue]) -> list[Cue]:
    """Those with words and a time that runs forward, by their start."""
    return sorted((cue for cue in cues if cue.lines and cue.seconds > 0), key=lambda cue: (cue.start, cue.end))


def write_webvtt(cues: Iterable[Cue]) -> str:
    """The text of a file. Hours are always written; `&`, `<` and `>` are escaped, so no word becomes a mark or an arrow."""
    blocks = (
        f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n" + "\n".join(html.escape(line, quote=False) for line in cue.lines)
        for cue in shown_cues(cues)
    )
    return "\n\n".join(("WEBVTT", *blocks)) + "\n"


def _stamp(time: Fraction) -> str:
    thousandths = round(time * 1000)
    seconds, thousandths = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"
