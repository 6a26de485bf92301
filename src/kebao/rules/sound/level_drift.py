"""The loudness of the speech drifts or swings (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen_to_speech
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="level-drift",
    clauses=("A4(2)",),
    severity=Severity.WARNING,
    title=Text(zh="音量忽大忽小", en="Swings of loudness"),
    rationale=Text(
        zh="一会儿响一会儿轻，学习者要不停调音量；听力不好的人会漏掉轻的部分。",
        en="Loud in one minute and soft in the next: learners keep turning the volume, and those with weak hearing miss the soft parts.",
    ),
    message=Text(
        zh="“{title}”讲话最响处（{loudest}）和最轻处（{softest}）相差 {range:.0f} LU，应在 {limit:.0f} LU 以内。",
        en="In “{title}” the loudest speech (at {loudest}) and the softest (at {softest}) lie {range:.0f} LU apart; {limit:.0f} LU are usual at most.",
    ),
    mend=Text(
        zh="剪映：全选音频，打开“响度统一”。Audacity：“效果－压缩器”（比率 3:1）再“响度标准化”到 −16 LUFS。两个人讲话的，分别调好各自的音量。",
        en="CapCut: even out the loudness of all clips. Audacity: Effect – Compressor (ratio 3:1), then Loudness Normalization to −16 LUFS. Where two people speak, set the level of each.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED, "音量一直一样"),
        Example(
            lambda: sounding(seconds=60, gains=((20.0, -14.0),), ramp=20.0), Outcome.CANT_TELL, "20秒里慢慢轻了14分贝"
        ),
        Example(lambda: sounding(voice=False), Outcome.INAPPLICABLE, "没有讲话"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="讲话响度的差别超过限值，但音量不是突然跳变的：可能是录音电平在漂移，也可能是两个人、两种场合或有意的轻声，请人听一下。突然跳变的由“音量突然变化”判不符合。",
        en="The loudness of speech differs by more than the limit, but without a jump: the recording level may drift, or two people, two places or a whisper are meant; a person should listen. Jumps fail by their own rule.",
    ),
)
def level_drift(resource: Timed, *, limit_lu: float, seconds: int) -> Iterator[Finding | Abstention]:
    """A finding when stretches of so many seconds of words lie further apart than the limit (their 5th and 95th percentile)."""
    heard = listen_to_speech(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    swing = heard.swing(seconds=seconds)
    if swing is None or swing.range <= limit_lu:
        return
    loudest, softest = heard.span(swing.loudest, swing.loudest + 1), heard.span(swing.softest, swing.softest + 1)
    yield Finding(
        at=resource.at(),
        evidence=(
            Measured("range", swing.range, limit=limit_lu, unit="LU"),
            heard.loudness_curve(marks=sorted((loudest, softest), key=lambda span: span.start)),
        ),
        values={"loudest": clock(loudest.start), "softest": clock(softest.start)},
        outcome=Outcome.CANT_TELL,
    )
