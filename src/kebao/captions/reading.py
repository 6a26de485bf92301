"""Read WebVTT (W3C) and SubRip text, and say what in it no player would show.

The libraries for this mend or drop faulty cues in silence; a checker must name them, with the row they stand in.
"""

from __future__ import annotations

import html
import re
from fractions import Fraction
from itertools import pairwise

from kebao.captions.cue import Captions, Cue

ARROW = "-->"
_STAMP_VTT = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_STAMP_SRT = r"(\d{1,2}):(\d{1,2}):([0-5]\d)[,.](\d{3})"
_TIMES = {
    "vtt": re.compile(rf"\s*{_STAMP_VTT}[ \t]+-->[ \t]+{_STAMP_VTT}(?:[ \t].*)?$", re.ASCII),
    "srt": re.compile(rf"\s*{_STAMP_SRT}\s*-->\s*{_STAMP_SRT}(?:\s.*)?$", re.ASCII),
}
_LINE_END = re.compile(r"\r\n|\n|\r")
_SET_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_MARKUP = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_NUMBER = re.compile(r"\s*\d+\s*", re.ASCII)


def read_captions(text: str, encoding: str = "utf-8") -> Captions:
    """The captions of a file's text: WebVTT where it begins with that word, SubRip otherwise.

    Every cue is kept, empty, backward and overlapping ones too. A cue whose times cannot be read is lost, as in a
    player, and its row is kept in `lost`; so is the row of words that belong to no cue.
    """
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    if re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        return _vtt(lines, encoding)
    return _srt(lines, encoding)


def shown_lines(words: str) -> tuple[str, ...]:
    """What stands on the picture: without tags, entities resolved, no blank lines."""
    plain = (html.unescape(_MARKUP.sub("", line)).strip() for line in _LINE_END.split(words))
    return tuple(line for line in plain if line)


def _vtt(lines: list[str], encoding: str) -> Captions:
    cues: list[Cue] = []
    lost: list[int] = []
    row = next((n for n, line in enumerate(lines) if not line.strip() or ARROW in line), len(lines))
    while row < len(lines):
        if not lines[row].strip():
            row += 1
            continue
        first = row
        while row < len(lines) and lines[row].strip():
            row += 1
        block = lines[first:row]
        times = next((n for n, line in enumerate(block[:2]) if ARROW in line), None)
        if times is None:
            if not _SET_ASIDE.match(block[0]):
                lost.append(first + 1)
            continue
        found = _TIMES["vtt"].fullmatch(block[times])
        if found is None:
            lost.append(first + times + 1)
        else:
            cues.append(_cue(found, block[times + 1 :], first + times + 1))
    return Captions(tuple(cues), "vtt", encoding, lost=tuple(lost))


def _srt(lines: list[str], encoding: str) -> Captions:
    """Cues run from one line of times to the next: blank lines inside a cue are kept, as most players do."""
    marks = [n for n, line in enumerate(lines) if ARROW in line]
    cues: list[Cue] = []
    before = range(marks[0] if marks else len(lines))
    lost = [n + 1 for n in before if lines[n].strip() and not _NUMBER.fullmatch(lines[n])][:1]
    for mark, following in pairwise((*marks, len(lines))):
        found = _TIMES["srt"].fullmatch(lines[mark])
        if found is None:
            lost.append(mark + 1)
            continue
        end = following
        if following < len(lines) and end > mark + 1 and _NUMBER.fullmatch(lines[end - 1]):
            end -= 1  # the number of the next cue
        cues.append(_cue(found, lines[mark + 1 : end], mark + 1))
    return Captions(tuple(cues), "srt", encoding, lost=tuple(lost))


def _cue(found: re.Match[str], words: list[str], row: int) -> Cue:
    parts = found.groups()
    return Cue(_seconds(*parts[:4]), _seconds(*parts[4:8]), shown_lines("\n".join(words)), row)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> Fraction:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + Fraction(int(thousandths), 1000)
