"""A hole in the sound (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="sound-dropout",
    clauses=("A4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="声音断了一下", en="Hole in the sound"),
    rationale=Text(
        zh="声音突然断掉，会丢字，也让人以为播放器坏了。",
        en="Where the sound breaks off, words are lost, and learners think that their player is at fault.",
    ),
    message=Text(
        zh="“{title}”在 {start} 处声音断了 {seconds:.2f} 秒，连底噪也没有。",
        en="In “{title}” at {start} the sound breaks off for {seconds:.2f} s; not even room tone is left.",
    ),
    mend=Text(
        zh="在剪映或其他剪辑软件里放大到这一秒，看音频片段之间是否留了空隙，把片段接上；空隙补一段同一房间的底噪。原素材就断的，重录这一句。",
        en="Zoom in on this second in the editing program: close the gap between clips, or fill it with room tone of the same place. Where the recording itself is broken, record the sentence again.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED, "讲话中间的停顿还有底噪"),
        Example(lambda: sounding(hole=(15.0, 0.3)), Outcome.FAILED, "第15秒断了0.3秒"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def sound_dropout(resource: Timed) -> Iterator[Finding | Abstention]:
    """A finding for each hole cut into running sound (see `kebao.media.hearing.silence`)."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    for first, end in heard.dropouts:
        span = heard.span(first, end)
        yield Finding(
            at=resource.at(span=span),
            evidence=(Measured("seconds", span.seconds, unit="s"), heard.loudness_curve(marks=(span,))),
            values={"start": clock(span.start)},
        )
