"""Steady noise behind the speech (A4(1), A4(2))."""

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
    id="background-noise",
    clauses=("A4(1)", "A4(2)"),
    severity=Severity.WARNING,
    title=Text(zh="背景杂音大", en="Noise behind the speech"),
    rationale=Text(
        zh="持续的嘶声、风扇声、空调声盖住轻音和辅音；听力不好的学习者最先听不清。",
        en="Hiss and the noise of fans cover soft sounds and consonants; learners with weak hearing lose them first.",
    ),
    message=Text(
        zh="“{title}”从 {start} 到 {end}，讲话只比停顿时的杂音高 {ratio:.0f} 分贝，应高 {limit:.0f} 分贝以上。",
        en="In “{title}” from {start} to {end} the speech stands only {ratio:.0f} dB over the noise in its pauses; {limit:.0f} dB and more is wanted.",
    ),
    mend=Text(
        zh="剪映：选中音频，打开“音频降噪”。Audacity：选一小段没人说话的声音，“效果－降噪”取样后对全段降噪，别超过 12 分贝，以免声音发闷。重录时关掉空调风扇，话筒离嘴近一些（20 厘米左右）。",
        en="CapCut: switch noise reduction on. Audacity: take a noise profile from a pause (Effect – Noise Reduction) and reduce by 12 dB at most, lest the voice turn dull. When recording again switch fans off and bring the microphone to about 20 cm.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(noise=55.0), Outcome.PASSED, "讲话比杂音高55分贝"),
        Example(lambda: sounding(noise=12.0), Outcome.FAILED, "讲话只比杂音高12分贝"),
        Example(lambda: sounding(voice=False, noise=20.0), Outcome.INAPPLICABLE, "没有讲话，无从比较"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def background_noise(resource: Timed, *, least_db: float, steady_db: float) -> Iterator[Finding | Abstention]:
    """A finding for each stretch in whose pauses a steady sound lies less than `least_db` under the speech.

    Steady: the levels of the pauses differ by less than `steady_db`; what swings more is music or life, judged by other rules.
    """
    heard = listen_to_speech(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    for first, end, ratio in heard.noisy_runs(least_db=least_db, steady_db=steady_db):
        span = heard.span(first, end)
        yield Finding(
            at=resource.at(span=span),
            evidence=(
                Measured("ratio", ratio, limit=least_db, unit="dB"),
                heard.curve("noise", heard.level, unit="dBFS", limit=heard.speech_level - least_db, marks=(span,)),
            ),
            values={"start": clock(span.start), "end": clock(span.end)},
        )
