"""The sound of a video or recording has a low sample rate (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Resource, Timed
from kebao.subjects.sketch import SketchedFile, course


def _at(rate: int, channels: int = 2) -> Resource:
    file = SketchedFile(seconds=300, sample_rate=rate, channels=channels)
    return course(files={"视频/尊重老人.mp4": file}).resources[0]


@rule(
    id="sample-rate-low",
    clauses=("M-sample-rate",),
    severity=Severity.ADVICE,
    title=Text(zh="音频采样率偏低", en="Low sample rate"),
    rationale=Text(
        zh="采样率低，高音被切掉，辅音发闷；戴助听器的学习者更难听清。",
        en="A low sample rate cuts the high tones and blurs consonants, which learners with hearing aids need most.",
    ),
    message=Text(
        zh="“{title}”的音频采样率是 {rate} Hz，规范为 {limit} Hz。",
        en="The sound of “{title}” is sampled at {rate} Hz; the specification has {limit} Hz.",
    ),
    mend=Text(
        zh="录音和导出时把采样率设为 48000 Hz（48 kHz）；已经录好的声音，转换不会变好，可以保留。",
        en="Set the sample rate to 48000 Hz when recording and exporting; sound already recorded gains nothing by conversion and may stay.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: _at(48000), Outcome.PASSED),
        Example(lambda: _at(44100), Outcome.FAILED),
        Example(lambda: _at(48000, channels=0), Outcome.INAPPLICABLE, "没有声音"),
    ),
)
def sample_rate_low(timed: Timed, *, limit_hz: int) -> Iterator[Finding | Abstention]:
    """A finding for the lowest of its audio streams when it is below the limit."""
    media = timed.media
    if not isinstance(media, MediaFacts):
        yield FILE_UNUSABLE
    elif not media.audio:
        yield inapplicable("没有声音。", "There is no sound.")
    elif (rate := min(stream.sample_rate for stream in media.audio)) < limit_hz:
        yield Finding(at=timed.at(), evidence=(Measured("rate", rate, limit=limit_hz, unit="Hz"),))
