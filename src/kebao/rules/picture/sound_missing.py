"""A lecture or demonstration without any sound track (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Resource, Video
from kebao.subjects.sketch import SketchedFile, clip, course
from kebao.subjects.timing import roles_stated


def _with_channels(channels: int) -> Resource:
    return course(files={"视频/试水温.mp4": SketchedFile(seconds=600, channels=channels)}).resources[1]


@rule(
    id="sound-missing",
    clauses=("M-sound",),
    severity=Severity.ADVICE,
    title=Text(zh="讲授或演示没有声音", en="Lecture or demonstration without sound"),
    rationale=Text(
        zh="看不见画面的学习者靠解说；整段没有声音，多半是导出时漏了音轨。",
        en="Learners who cannot see depend on the commentary; no sound at all mostly means that the track was lost in the export.",
    ),
    message=Text(
        zh="“{title}”标为讲授或演示，但没有声音。",
        en="“{title}” is tagged as lecture or demonstration but has no sound.",
    ),
    mend=Text(
        zh="在剪辑软件里确认音轨没有被静音或删除，重新导出；本来没有解说的，补录解说。",
        en="See in the editing program that the track is neither muted nor deleted and export again; record a commentary if there was none.",
    ),
    looks_at=Video,
    examples=(
        Example(lambda: _with_channels(2), Outcome.PASSED),
        Example(lambda: _with_channels(0), Outcome.FAILED),
        Example(lambda: clip(role="实操"), Outcome.INAPPLICABLE, "实操可以没有解说"),
    ),
)
def sound_missing(video: Video, *, roles: tuple[str, ...]) -> Iterator[Finding | Abstention]:
    """A finding for a video of one of the roles without an audio stream."""
    media = video.media
    if not roles_stated(video) & set(roles):
        yield inapplicable("不是讲授或演示。", "It is neither lecture nor demonstration.")
    elif not isinstance(media, MediaFacts):
        yield FILE_UNUSABLE
    elif not media.audio:
        yield Finding(at=video.at())
