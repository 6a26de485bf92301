"""Sound in one channel alone (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.hearing.channels import one_sided
from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import ONE_CHANNEL, listen
from kebao.subjects.sounding import sounding


@rule(
    id="one-sided-sound",
    clauses=("A4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="只有一边有声音", en="Sound on one side only"),
    rationale=Text(
        zh="用一只耳机、一边听力好的学习者会什么也听不到；多半是话筒只接进了一个声道。",
        en="Learners with one earphone or one good ear may hear nothing; mostly the microphone went into one channel alone.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end} 几乎只有{side}声道有声音，两边相差 {apart:.0f} 分贝。",
        en="In “{title}” from {start} to {end} there is sound almost in the {side} channel alone: {apart:.0f} dB apart.",
    ),
    mend=Text(
        zh="剪映：选中音频，把“声道”改成单声道或“左右声道合并”。Audacity：点轨道名旁的小三角，“分离立体声到单声道”，删掉没声音的一条，再导出。",
        en="CapCut: set the clip's channels to mono. Audacity: open the track's menu, split stereo to mono, delete the empty one and export again.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(right="same"), Outcome.PASSED, "两边一样"),
        Example(lambda: sounding(right="empty"), Outcome.FAILED, "右声道空着"),
        Example(sounding, Outcome.INAPPLICABLE, "只有一个声道"),
    ),
)
def one_sided_sound(resource: Timed, *, apart_db: float, seconds: float) -> Iterator[Finding | Abstention]:
    """A finding for each stretch of at least so many seconds whose channels lie so far apart."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    if not heard.balance.size:
        yield ONE_CHANNEL
        return
    for first, end in one_sided(heard.level, heard.balance, apart_db=apart_db, seconds=seconds):
        span, apart = heard.span(first, end), heard.channels_apart(first, end)
        yield Finding(
            at=resource.at(span=span),
            evidence=(Measured("apart", abs(apart), limit=apart_db, unit="dB"), heard.loudness_curve(marks=(span,))),
            values={
                "start": clock(span.start), "end": clock(span.end),
                "side": Text(zh="左", en="left") if apart > 0 else Text(zh="右", en="right"),
            },
        )  # fmt: skip
