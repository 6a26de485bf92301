"""The signal-to-noise ratio of a whole medium lies below the number of the specifications (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen_to_speech
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="signal-noise-low",
    clauses=("M-noise",),
    severity=Severity.ADVICE,
    title=Text(zh="信噪比偏低", en="Low signal-to-noise ratio"),
    rationale=Text(
        zh="底噪低，学习者把音量开大也不吵；这是视频公开课规范的数值。",
        en="With a low floor learners can turn the volume up without hiss; the number is that of the open-course specification.",
    ),
    message=Text(
        zh="“{title}”讲话比停顿时的底噪高 {ratio:.0f} 分贝，规范要求 {limit:.0f} 分贝。",
        en="The speech of “{title}” stands {ratio:.0f} dB over the noise of its pauses; the specification asks for {limit:.0f} dB.",
    ),
    mend=Text(
        zh="在安静的房间里录，话筒靠近嘴；剪映打开“音频降噪”，Audacity 用“效果－降噪”。",
        en="Record in a quiet room with the microphone close; CapCut: noise reduction; Audacity: Effect – Noise Reduction.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(noise=55.0), Outcome.PASSED, "55分贝"),
        Example(lambda: sounding(noise=38.0), Outcome.FAILED, "38分贝"),
        Example(lambda: sounding(noise=12.0), Outcome.PASSED, "更差的由“背景杂音大”报告，不重复"),
        Example(lambda: sounding(voice=False), Outcome.INAPPLICABLE, "没有讲话"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def signal_noise_low(
    resource: Timed, *, least_db: float, told_below_db: float, steady_db: float
) -> Iterator[Finding | Abstention]:
    """A finding when speech stands less than `least_db` over the steady floor of its pauses; below `told_below_db` another rule tells.

    Stretches with mains hum are left out: they are told by themselves.
    """
    heard = listen_to_speech(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    ratio = heard.signal_to_noise(steady_db=steady_db)
    if ratio is None or not told_below_db <= ratio < least_db:
        return
    yield Finding(
        at=resource.at(),
        evidence=(
            Measured("ratio", ratio, limit=least_db, unit="dB"),
            heard.curve("noise", heard.level, unit="dBFS", limit=heard.speech_level - least_db),
        ),
    )
