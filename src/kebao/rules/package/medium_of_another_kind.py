"""A video without picture, or a sound recording without sound (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.facts import MediaFacts
from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Timed
from kebao.subjects.sketch import clip, course

_VIDEO = Text(zh="视频", en="a video")
_AUDIO = Text(zh="音频", en="audio")
_PICTURE = Text(zh="画面", en="picture")
_SOUND = Text(zh="声音", en="sound")


@rule(
    id="medium-of-another-kind",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="资源种类和文件不符", en="Kind of resource and file disagree"),
    rationale=Text(
        zh="写着视频却没有画面，学习者会以为坏了；听障学习者更无从得知。",
        en="A “video” without a picture looks broken, most of all to learners who cannot hear.",
    ),
    message=Text(
        zh="“{title}”写的是{kind}，文件里却没有{lacking}。",
        en="“{title}” is listed as {kind}, yet its file has no {lacking}.",
    ),
    mend=Text(
        zh="把“学习资源”里的类型改对，或换成正确的文件。",
        en="Correct the kind in the sheet 学习资源, or put the right file in.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: clip(), Outcome.PASSED),
        Example(lambda: clip(path="视频/洗手.m4a"), Outcome.FAILED, "视频其实是录音"),
        Example(lambda: course(files={"视频/尊重老人.mp4": None}).resources[0], Outcome.INAPPLICABLE, "文件不在"),
    ),
)
def medium_of_another_kind(resource: Timed) -> Iterator[Yielded]:
    """One finding for a medium that lacks what its kind promises."""
    media = resource.media
    if not isinstance(media, MediaFacts):
        yield FILE_UNUSABLE
        return
    is_video = resource.entry.kind != "audio"
    if media.video is None if is_video else not media.audio:
        values = {"kind": _VIDEO if is_video else _AUDIO, "lacking": _PICTURE if is_video else _SOUND}
        yield Finding(at=resource.at(), values=values)
