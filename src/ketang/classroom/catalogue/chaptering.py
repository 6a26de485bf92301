"""Parts of a film by name: from a file beside it (`试温.分段.vtt`), else from what the film carries inside."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import PurePosixPath

from kebao.captions.cue import Captions
from kebao.captions.webvtt import shown_cues
from kebao.media.chapters import read_chapters
from kebao.model.errors import KebaoError
from kebao.subjects.facts import CAPTION_SUFFIXES
from kebao.subjects.tree_facts import TreeFacts

MARKS = ("分段", "章节", "chapters")
"""What stands between the film's name and `.vtt`, after a full stop or a dash."""
Chapters = list[dict[str, str]]
"""`{"start", "text"}`, seconds as text (`"4.000"`)."""


def chapters_of(facts: TreeFacts, path: str, seconds: Fraction) -> Chapters:
    """Chapters of a film in the order of time; empty where there are not two, for one part is no part."""
    beside = _beside(facts, path)
    if beside is not None:
        return _kept(((cue.start, cue.words) for cue in shown_cues(beside.cues)), seconds)
    try:
        with facts.open(path) as stream:
            return _kept(read_chapters(stream), seconds)
    except KebaoError:
        return []


def _beside(facts: TreeFacts, path: str) -> Captions | None:
    stem = str(PurePosixPath(path).with_suffix(""))
    names = {f"{stem}{joint}{mark}{suffix}" for joint in ".-" for mark in MARKS for suffix in CAPTION_SUFFIXES}
    for name in sorted(names & set(facts.paths)):
        found = facts.captions(name)
        if isinstance(found, Captions) and found.cues:
            return found
    return None


def _kept(told: Iterable[tuple[Fraction, str]], seconds: Fraction) -> Chapters:
    found = [
        {"start": f"{float(start):.3f}", "text": words[:200]}
        for start, words in sorted(told)
        if words and 0 <= start < seconds
    ]
    return found if len(found) > 1 else []
