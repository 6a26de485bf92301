"""Sounds behind the speech less than 20 dB below it (WCAG 2.2, 1.4.7)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import balance_finding, balance_of
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="speech-background-loud",
    clauses=("1.4.7",),
    severity=Severity.ADVICE,
    title=Text(zh="讲话的背景声偏响", en="Background of the speech not low enough"),
    rationale=Text(
        zh="WCAG 1.4.7 建议背景声至少比讲话低 20 分贝，听障学习者才容易听清。",
        en="WCAG 1.4.7 asks for 20 dB between speech and background so that hard-of-hearing learners can follow.",
    ),
    message=Text(
        zh="“{title}”里讲话只比背景声响 {ratio:.0f} LU，应响 {limit:.0f} LU 以上。",
        en="In “{title}” the speech stands only {ratio:.0f} LU over the background; {limit:.0f} LU and more is wanted.",
    ),
    mend=Text(
        zh="剪映：把音乐的音量调低，让讲话比它响 20 分贝左右，或打开“人声增强／自动闪避”。讲重点时不放音乐更好。",
        en="CapCut: turn the music down until the speech stands about 20 dB over it, or use ducking. Better still: no music under the teaching.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(voice=False, music=5.0), Outcome.INAPPLICABLE, "没有讲话"),
        Example(lambda: sounding(music=12.0, pauses=2.0), Outcome.FAILED, "高12分贝"),
        Example(lambda: sounding(music=30.0, pauses=2.0), Outcome.PASSED, "高30分贝"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def speech_background_loud(resource: Timed, *, least_lu: float) -> Iterator[Finding | Abstention]:
    """A finding when the words stand less than that over music or live sound; steady noise is told by other rules."""
    found = balance_of(resource)
    if isinstance(found, Abstention):
        yield found
        return
    heard, balance = found
    if balance.kind != "noise" and balance.ratio < least_lu:
        yield balance_finding(resource, heard, balance, least_lu)
