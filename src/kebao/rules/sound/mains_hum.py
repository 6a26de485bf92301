"""Mains hum: a steady tone of 50 or 60 Hz with its harmonics (A4(1))."""

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

_ALL = (1, 2, 3, 5)
_EVEN = (2, 4, 6)


@rule(
    id="mains-hum",
    clauses=("A4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="有电流声", en="Mains hum"),
    rationale=Text(
        zh="电流声一直压在讲话下面，听久了累；戴助听器、人工耳蜗的学习者听到的往往更响。",
        en="Hum lies under every word and tires the ear; hearing aids and implants often make it louder still.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end} 有 {mains} 赫兹的电流声，比讲话低 {below:.0f} 分贝（低 {limit:.0f} 分贝以上才不算）。",
        en="“{title}” has mains hum ({mains} Hz) from {start} to {end}, {below:.0f} dB under the voice ({limit:.0f} dB and more would be let pass).",
    ),
    mend=Text(
        zh="在 Audacity 里选中这段，先选一小段没人说话、只有电流声的声音，用“效果－降噪”取样，再对整段降噪；或用“陷波滤波器”滤掉 {mains} 赫兹和它的倍数。剪映可打开“音频降噪”。重录时换一条音频线、拔掉充电器、话筒离开电源和灯具。",
        en="In Audacity take a noise profile from a moment with hum alone (Effect – Noise Reduction) and apply it to the stretch, or notch out {mains} Hz and its multiples. In CapCut switch noise reduction on. When recording again use another cable, unplug chargers, and keep the microphone away from power supplies and lamps.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED, "只有讲话"),
        Example(lambda: sounding(hum=(-35, _ALL, 8, 30)), Outcome.FAILED, "第8到30秒有电流声，比讲话低35分贝"),
        Example(lambda: sounding(hum=(-60, _ALL, 8, 30)), Outcome.PASSED, "比讲话低60分贝，听不见"),
        Example(
            lambda: sounding(hum=(-35, _EVEN, 8, 26)), Outcome.CANT_TELL, "只有偶次谐波，中途开始和结束：像机器的声音"
        ),
        Example(lambda: sounding(hum=(-35, _EVEN, 0, 36)), Outcome.FAILED, "只有偶次谐波，但从头到尾都有"),
        Example(lambda: sounding(music=12.0), Outcome.PASSED, "有背景音乐"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="只听到 50 或 60 赫兹的偶次谐波（100、200 赫兹……），而且这声音在片中途才开始或结束：可能是场景里的电机、变压器、灯具本来的声音，请人听一下。从头到尾都有的，判不符合。",
        en="Only even harmonics (100, 200 Hz …) are heard, and the sound begins or ends within the film: it may belong to a motor, transformer or lamp of the scene; a person should listen. Where it lasts from beginning to end it fails.",
    ),
)
def mains_hum(resource: Timed, *, limit_db: float, whole_share: float) -> Iterator[Finding | Abstention]:
    """A finding for each stretch of hum less than `limit_db` under the voice, or under −23 dB of full scale where nobody speaks."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    reference = heard.speech_level if heard.is_spoken else -23.0
    for hum in heard.hum:
        below = reference - hum.level
        if below >= limit_db:
            continue
        span = heard.span(hum.first, hum.end)
        in_scene = hum.even_alone and hum.end - hum.first < whole_share * heard.hops
        yield Finding(
            at=resource.at(span=span),
            evidence=(
                Measured("below", below, limit=limit_db, unit="dB"),
                heard.curve("hum", heard.hum_curve, unit="dB", limit=reference - limit_db, marks=(span,)),
            ),
            values={"mains": hum.mains, "start": clock(span.start), "end": clock(span.end)},
            outcome=Outcome.CANT_TELL if in_scene else Outcome.FAILED,
        )
