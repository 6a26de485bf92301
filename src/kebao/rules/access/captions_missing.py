"""A video with sound has no captions (WCAG 2.2, 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.burnt_in import burnt_in
from kebao.subjects.course import Video
from kebao.subjects.facts import CAPTION_SUFFIXES
from kebao.subjects.sketch import SketchedFile, clip, course

BURNT_IN = inapplicable(
    "画面里像是有字幕，已另外请人看。", "There seem to be captions in the picture; people are asked to look."
)


def _silent() -> Video:
    entry = {"id": "v", "title": "洗手", "role": "演示", "path": "视频/洗手.mp4"}
    made = course(resources=[entry], files={"视频/洗手.mp4": SketchedFile(seconds=60, channels=0)})
    return next(resource for resource in made.resources if isinstance(resource, Video))


@rule(
    id="captions-missing",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="视频没有字幕", en="Video without captions"),
    rationale=Text(
        zh="听障学习者靠字幕听课；在嘈杂的地方、听不懂口音时，字幕对每个人都有用。",
        en="Deaf and hard-of-hearing learners follow by captions; they help everyone in noise or with an unfamiliar accent.",
    ),
    message=Text(zh="视频“{title}”有声音，但没有字幕。", en="The video “{title}” has sound but no captions."),
    mend=Text(
        zh="用剪映等软件的“识别字幕”生成字幕，校对后导出为 .srt 或 .vtt，与视频同名放在一起，并在“学习资源”工作表填上路径。",
        en="Make captions with your editing program, correct them, export them as .srt or .vtt beside the video, and fill in their path in 学习资源.",
    ),
    looks_at=Video,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED),
        Example(lambda: clip(), Outcome.FAILED),
        Example(_silent, Outcome.INAPPLICABLE, "没有声音"),
        Example(
            lambda: course(resources=[{"id": "v", "title": "洗手", "path": "视频/没有.mp4"}]).resources[0],
            Outcome.INAPPLICABLE,
            "文件不在",
        ),
    ),
)
def captions_missing(video: Video) -> Iterator[Finding | Abstention]:
    """A finding when neither a captions file is named or stands beside the video, nor a subtitle stream is in it."""
    media = video.media
    if not isinstance(media, MediaFacts):
        yield FILE_UNUSABLE
        return
    if not media.audio:
        yield inapplicable("视频没有声音。", "The video has no sound.")
        return
    stem = PurePosixPath(video.entry.path)
    beside = any(video.package.facts.exists(str(stem.with_suffix(suffix))) for suffix in CAPTION_SUFFIXES)
    if video.entry.captions or media.subtitles or beside:
        return
    if burnt_in(video):
        yield BURNT_IN
    else:
        yield Finding(at=video.at("captions"))
