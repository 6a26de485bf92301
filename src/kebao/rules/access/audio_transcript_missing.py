"""A sound recording has no transcript (WCAG 2.2, 1.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Audio, Resource
from kebao.subjects.sketch import SketchedFile, course


def _recording(**changes: str) -> Resource:
    entry = {"id": "a", "kind": "audio", "role": "讲授", "title": "听一听", "path": "音频/听一听.mp3", **changes}
    return course(resources=[entry], files={"音频/听一听.mp3": SketchedFile(seconds=60)}).resources[0]


@rule(
    id="audio-transcript-missing",
    clauses=("1.2.1",),
    severity=Severity.ADVICE,
    title=Text(zh="音频没有文字稿", en="Recording without transcript"),
    rationale=Text(
        zh="听不见的学习者只能读文字稿；有了文字稿，人人都能查找和复习。",
        en="Learners who cannot hear have only the transcript; with it everybody can search and revise.",
    ),
    message=Text(zh="音频“{title}”没有文字稿。", en="The recording “{title}” has no transcript."),
    mend=Text(
        zh="把讲的话整理成一个文字文件（.docx 或 .md），放进“文本”文件夹，在“学习资源”工作表这一行的“文字稿”填上路径。",
        en="Write what is said into a text file, put it in 文本 and fill in its path as transcript in the sheet 学习资源.",
    ),
    looks_at=Audio,
    examples=(
        Example(lambda: _recording(transcript="文本/听一听.md"), Outcome.PASSED),
        Example(_recording, Outcome.FAILED),
    ),
)
def audio_transcript_missing(audio: Audio) -> Iterator[Finding | Abstention]:
    """A finding when neither a transcript nor another text version is named."""
    if not (audio.entry.transcript or audio.entry.text_alternative):
        yield Finding(at=audio.at("transcript"))
