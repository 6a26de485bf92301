"""Peaks of speech outside the usual range (moe/2013)."""

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
    id="speech-peaks-off",
    clauses=("M-level",),
    severity=Severity.ADVICE,
    title=Text(zh="讲话电平不合适", en="Speech recorded too low or too high"),
    rationale=Text(
        zh="讲话太弱，学习者要反复调音量；太强容易破音。同一门课各个视频应差不多响。",
        en="Faint speech makes learners turn the volume again and again; loud speech breaks up. The videos of a course should be alike.",
    ),
    message=Text(
        zh="“{title}”讲话的峰值电平是 {peak:.1f} 分贝，应在 {low:.0f} 到 {high:.0f} 分贝之间。",
        en="The peaks of speech in “{title}” stand at {peak:.1f} dB; they should lie between {low:.0f} and {high:.0f} dB.",
    ),
    mend=Text(
        zh="剪映：调节音量，或打开“响度统一”。Audacity：“效果－标准化”，峰值设为 −5 分贝。",
        en="CapCut: adjust the volume or even out the loudness. Audacity: Effect – Normalize, peak −5 dB.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(gains=((0.0, 4.0),)), Outcome.PASSED, "峰值约 −5 分贝"),
        Example(lambda: sounding(gains=((0.0, -14.0),)), Outcome.FAILED, "太弱"),
        Example(lambda: sounding(voice=False), Outcome.INAPPLICABLE, "没有讲话"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def speech_peaks_off(
    resource: Timed, *, low_dbfs: float, high_dbfs: float, tolerance_db: float
) -> Iterator[Finding | Abstention]:
    """A finding when the usual peak of speech lies outside the range by more than the tolerance."""
    heard = listen_to_speech(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    peak = heard.speech_peak
    if low_dbfs - tolerance_db <= peak <= high_dbfs + tolerance_db:
        return
    limit = low_dbfs if peak < low_dbfs else high_dbfs
    yield Finding(
        at=resource.at(),
        evidence=(
            Measured("peak", peak, limit=limit, unit="dBFS"),
            heard.highest_curve("peak", heard.true_peak, unit="dBFS", limit=limit),
        ),
        values={"low": low_dbfs, "high": high_dbfs},
    )
