"""A long stretch, or the whole, without any sound (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.hearing.silence import silences
from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="long-silence",
    clauses=("A4(2)",),
    severity=Severity.WARNING,
    title=Text(zh="长时间没有声音", en="Long silence"),
    rationale=Text(
        zh="看不见画面的学习者不知道发生了什么；多半是静音了音轨，或配音没有盖满。",
        en="Learners who cannot see do not know what goes on; mostly a track was muted or the commentary does not reach so far.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end} 共 {seconds:.0f} 秒没有声音（超过 {limit:.0f} 秒就提出）。",
        en="“{title}” is silent from {start} to {end}, {seconds:.0f} s (longer than {limit:.0f} s is told).",
    ),
    mend=Text(
        zh="在剪辑软件里看音轨是否静音、音量是否调到零；确实要留给学习者自己练习的，说一句“请跟着做”，或加轻的现场声。",
        en="See in the editing program whether the track is muted or turned down. Where the silence is meant as time to practise, say so, or leave soft live sound.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED, "一直有声音"),
        Example(lambda: sounding(silence=(5.0, 25.0)), Outcome.CANT_TELL, "中间25秒没有声音"),
        Example(lambda: sounding(silence=(0.0, 36.0)), Outcome.FAILED, "从头到尾没有声音"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="有声音的视频里有一段长时间没有声音：可能是有意留白（让学习者练习），也可能漏了声音，要人看画面决定。几乎整段没有声音的，判不符合。",
        en="A long stretch of an otherwise sounding medium is silent: it may be meant (time to practise) or the sound was lost; a person must look. Where nearly the whole is silent it fails.",
    ),
)
def long_silence(
    resource: Timed, *, limit_seconds: float, below_dbfs: float, whole_share: float
) -> Iterator[Finding | Abstention]:
    """A finding for each stretch longer than the limit; failed only where that share of the whole is silent."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    for first, end in silences(heard.level, below_db=below_dbfs, seconds=min(limit_seconds, heard.hops / 51)):
        span = heard.span(first, end)
        is_whole = end - first >= whole_share * heard.hops
        if not is_whole and span.seconds <= limit_seconds:
            continue
        yield Finding(
            at=resource.at(span=span),
            evidence=(
                Measured("seconds", span.seconds, limit=limit_seconds, unit="s"),
                heard.loudness_curve(marks=(span,)),
            ),
            values={"start": clock(span.start), "end": clock(span.end)},
            outcome=Outcome.FAILED if is_whole else Outcome.CANT_TELL,
        )
