"""A caption has times but no words."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned


@rule(
    id="caption-empty",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="空白字幕", en="Empty caption"),
    rationale=Text(
        zh="空白的一条往往是这句话漏写了，听障学习者不知道说了什么。",
        en="An empty caption mostly stands for words left out; a deaf learner does not know what was said.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 条没有文字：{places}。",
        en="{cues} captions of “{title}” have no words: {places}.",
    ),
    mend=Text(
        zh="补上这句话；没有话的，把这一条删掉。",
        en="Write the words in; where there are none, delete the caption.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "")), Outcome.FAILED),
        Example(lambda: captioned((1, 3, "<i> </i>")), Outcome.FAILED, "只有格式标记"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def caption_empty(track: CaptionTrack) -> Iterator[Finding | Abstention]:
    """A finding for the captions without a word."""
    if not track.is_usable:
        yield track.unusable
        return
    faulty = [cue for cue in track.cues if not cue.lines]
    if faulty:
        yield track.finding(faulty)
