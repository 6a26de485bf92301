"""Somebody speaks while no caption is shown (WCAG 2.2, 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Listed, Measured, inapplicable
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CAPTIONS_UNREADABLE, SHOWN, uncaptioned
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen_to_speech
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.sounding import Sound, measured

NO_CAPTIONS = inapplicable("没有字幕，已另外报告。", "There are no captions; that is reported by itself.")


def _spoken(*cues: tuple[int, int]) -> Timed:
    """A voice of 36 s that pauses for 0.7 s at most, with captions from second to second."""
    text = "WEBVTT\n\n" + "".join(f"00:{a:02d}.000 --> 00:{b:02d}.000\n讲话\n\n" for a, b in cues)
    film = SketchedFile(seconds=36, measured=lambda: measured(Sound()))
    entry = {"id": "v", "kind": "video", "role": "讲授", "title": "洗手", "path": "视频/洗手.mp4"}
    files = {"视频/洗手.mp4": film, **({"视频/洗手.vtt": SketchedFile(text=text)} if cues else {})}
    made = course(resources=[entry], files=files).resources[0]
    assert isinstance(made, Timed)  # noqa: S101  the sketch says so
    return made


@rule(
    id="speech-uncaptioned",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="有讲话没有字幕", en="Speech without captions"),
    rationale=Text(
        zh="字幕只盖住一部分讲话，听障学习者不知道漏了什么。",
        en="Where captions cover part of the speech alone, deaf learners do not know what they miss.",
    ),
    message=Text(
        zh="“{title}”有 {stretches} 处讲话没有字幕，共约 {seconds:.0f} 秒：{places}。",
        en="“{title}” has {stretches} stretches of speech without captions, about {seconds:.0f} s: {places}.",
    ),
    mend=Text(
        zh="把这几处的话补进字幕；只是笑声、口号或外语的，也写一句说明。",
        en="Write these words into the captions; for laughter, cheers or a foreign language say so in a line.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: _spoken((0, 7), (7, 14), (14, 21), (21, 28), (28, 36)), Outcome.PASSED),
        Example(lambda: _spoken((0, 7), (7, 14), (14, 21)), Outcome.FAILED, "后半段没有字幕"),
        Example(lambda: _spoken(), Outcome.INAPPLICABLE, "没有字幕，另外报告"),
        Example(lambda: course().resources[0], Outcome.UNTESTED, "没有测量"),
    ),
)
def speech_uncaptioned(medium: Timed, *, limit_seconds: int, pause_seconds: str) -> Iterator[Finding | Abstention]:
    """A finding for the stretches of speech longer than the limit during which no set of captions shows anything."""
    if not medium.captions:
        yield NO_CAPTIONS
        return
    if not any(track.is_usable for track in medium.captions):
        yield CAPTIONS_UNREADABLE
        return
    heard = listen_to_speech(medium)
    if isinstance(heard, Abstention):
        yield heard
        return
    spans = uncaptioned(heard.speech(Fraction(pause_seconds)), medium.captions, limit_seconds)
    if spans:
        yield Finding(
            at=medium.at("captions", spans[0]),
            evidence=(
                Measured("stretches", len(spans)),
                Measured("seconds", sum((span.seconds for span in spans), Fraction(0)), unit="s"),
                Listed("places", tuple(clock(span.start) for span in spans[:SHOWN])),
                heard.loudness_curve(marks=spans),
            ),
        )
