"""What a video shows is told neither by a description nor in a text version (WCAG 2.2, 1.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip, course


@rule(
    id="description-missing",
    clauses=("1.2.3",),
    severity=Severity.ADVICE,
    title=Text(zh="画面没有口述或文字稿", en="Picture not told in words"),
    rationale=Text(
        zh="看不见画面的学习者要靠口述影像或文字稿知道手怎么动、屏幕上写了什么。",
        en="Learners who cannot see need a description or a text to know what hands do and what stands on the screen.",
    ),
    message=Text(
        zh="视频“{title}”既没有口述影像，也没有文字稿。",
        en="The video “{title}” has neither audio description nor a text version.",
    ),
    mend=Text(
        zh="写一份文字稿，除了讲的话，还写出画面里的动作和文字，放进“文本”文件夹，在“学习资源”工作表填上路径；有口述影像的填在“口述影像”。",
        en="Write a text that tells what is said, done and shown, put it in 文本 and fill in its path in 学习资源; a recorded description goes under 口述影像.",
    ),
    looks_at=Video,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED),
        Example(lambda: clip(description="音频/洗手口述.m4a"), Outcome.PASSED, "有口述影像"),
        Example(lambda: clip(), Outcome.FAILED),
    ),
)
def description_missing(video: Video) -> Iterator[Finding | Abstention]:
    """A finding when description, transcript and text version are all unnamed. Whether the text tells the picture, experts see."""
    entry = video.entry
    if not (entry.description or entry.transcript or entry.text_alternative):
        yield Finding(at=video.at("description"))
