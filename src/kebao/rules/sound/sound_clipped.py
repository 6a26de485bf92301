"""Clipped peaks: the recording or the mix was too loud (A4(2))."""

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
    id="sound-clipped",
    clauses=("A4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="声音破音（削波）", en="Clipped sound"),
    rationale=Text(
        zh="录得太响，波峰被削平，听起来发破、发毛；助听器再放大一次，更难听清。",
        en="Recorded too loud, the crests are cut off and the sound breaks up; a hearing aid makes it harsher still.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end} 声音顶到头被削平，每秒约 {rate:.1f} 次。",
        en="In “{title}” from {start} to {end} the sound runs into its ceiling about {rate:.1f} times a second and is cut off.",
    ),
    mend=Text(
        zh="最好把录音电平调低（峰值留在 −6 分贝左右）重录；只是剪辑时加得太响的，把音量调低 6 分贝再导出。救不回的录音可在 Audacity 试“效果－削波修复”，修复后听一遍。",
        en="Best record again with the level lower (peaks near −6 dB). Where only the edit was too loud, turn it down by 6 dB and export. What cannot be recorded again may be mended with Audacity, Effect – Clip Fix; listen to the result.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED),
        Example(lambda: sounding(drive=6.0), Outcome.FAILED, "超过满刻度6分贝，被削平"),
        Example(lambda: sounding(drive=16.0, gains=()), Outcome.FAILED, "超过满刻度16分贝"),
        Example(
            lambda: sounding(voice=False, music=0.0, drive=6.0), Outcome.CANT_TELL, "没有讲话，音乐母带本来就压到头"
        ),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="这段里没有讲话：商业音乐的母带常有意压到满刻度，请人听一下是不是真的破了。",
        en="Nobody speaks in the stretch: music is often mastered up to the ceiling on purpose; a person should hear whether it breaks up.",
    ),
)
def sound_clipped(
    resource: Timed, *, at_full_scale: int, broad_share: float, broad_factor: float
) -> Iterator[Finding | Abstention]:
    """A finding for each stretch whose peaks pile up at one level (see `kebao.media.hearing.clipping`)."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    stretches = heard.clipping(at_full_scale=at_full_scale, broad_share=broad_share, broad_factor=broad_factor)
    for cut in stretches:
        span = heard.span(cut.first, cut.end)
        spoken = bool(heard.voice.likely[cut.first : cut.end].any())
        yield Finding(
            at=resource.at(span=span),
            evidence=(
                Measured("rate", cut.rate, unit="1/s"),
                heard.highest_curve("peak", heard.true_peak, unit="dBFS", limit=0.0, marks=(span,)),
            ),
            values={"start": clock(span.start), "end": clock(span.end)},
            outcome=Outcome.FAILED if spoken else Outcome.CANT_TELL,
        )
