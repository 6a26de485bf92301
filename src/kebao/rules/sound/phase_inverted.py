"""Channels that run against each other (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.hearing.channels import inverted
from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import ONE_CHANNEL, listen
from kebao.subjects.sounding import sounding


@rule(
    id="phase-inverted",
    clauses=("A4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="左右声道反相", en="Channels out of phase"),
    rationale=Text(
        zh="手机外放、教室音箱、助听器常把两个声道并成一个；反相的两个声道会互相抵消，讲话变轻甚至消失。",
        en="Telephones, classroom loudspeakers and hearing aids join both channels; out of phase they cancel out and the words vanish.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end} 左右声道反相（相关系数 {correlation:.2f}），并成单声道时声音会消失。",
        en="In “{title}” from {start} to {end} the channels are out of phase (correlation {correlation:.2f}); joined to mono they cancel out.",
    ),
    mend=Text(
        zh="Audacity：“分离立体声轨道”，选中其中一条，“效果－反相”，再合并导出。也可以只保留一个声道。以后检查话筒线和调音台的反相开关。",
        en="Audacity: split the stereo track, select one of them, Effect – Invert, join and export; or keep one channel alone. Check the cable and the phase switch of the mixer.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(right="same"), Outcome.PASSED, "两边一样"),
        Example(lambda: sounding(right="inverted"), Outcome.FAILED, "右声道上下颠倒"),
        Example(sounding, Outcome.INAPPLICABLE, "只有一个声道"),
    ),
)
def phase_inverted(resource: Timed, *, correlation: float, seconds: float) -> Iterator[Finding | Abstention]:
    """A finding for each stretch of at least so many seconds whose channels correlate no higher than that."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    if not heard.correlation.size:
        yield ONE_CHANNEL
        return
    for first, end in inverted(heard.level, heard.correlation, below=correlation, seconds=seconds):
        span = heard.span(first, end)
        measured = float(heard.correlation[first:end].mean()) / 100
        yield Finding(
            at=resource.at(span=span),
            evidence=(Measured("correlation", measured, limit=correlation), heard.loudness_curve(marks=(span,))),
            values={"start": clock(span.start), "end": clock(span.end)},
        )
