"""The captions of a video stand in its picture (WCAG 2.2, 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.media.shown_text import ShownText
from kebao.model.finding import Abstention, Finding, Listed, inapplicable, untested
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.burnt_in import burnt_in
from kebao.subjects.course import Video
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.sounding import Sound, measured

CAPTIONED = inapplicable("有字幕文件。", "There are captions in a file or track.")
NOBODY_LOOKED = untested(
    "没有看画面里的文字（没有测量，或没有安装 kebao[ocr]）。",
    "Nobody read the text in the picture (not measured, or kebao[ocr] is not installed).",
)
_SHOWN = 3


def _film(*words: str, looked: bool = True) -> Video:
    """A spoken video of 36 s without a captions file, and what its picture says at each moment that is looked at."""
    lines = tuple(
        ShownText(Fraction(5 * n), word, 0.3, 0.7, 0.86, 0.93) for n, word in enumerate(words, start=1) if word
    )
    film = SketchedFile(seconds=36, measured=lambda: measured(Sound()), shown_text=lines if looked else None)
    entry = {"id": "v", "kind": "video", "role": "讲授", "title": "洗手", "path": "视频/洗手.mp4"}
    made = course(resources=[entry], files={"视频/洗手.mp4": film}).resources[0]
    assert isinstance(made, Video)  # noqa: S101  the sketch says so
    return made


@rule(
    id="captions-burnt-in",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕烧在画面里", en="Captions burnt into the picture"),
    rationale=Text(
        zh="烧在画面里的字幕不能放大、不能关掉，读屏软件读不出，也不能搜索和翻译。",
        en="Captions in the picture cannot be enlarged or turned off; no screen reader speaks them, and nobody can search or translate them.",
    ),
    message=Text(
        zh="“{title}”没有字幕文件，画面里有字幕：{places}。",
        en="“{title}” has no captions file, but its picture shows captions: {places}.",
    ),
    mend=Text(
        zh="从剪辑软件里把同样的字幕导出成 .srt 或 .vtt，与视频同名放在一起；画面里的可以留着。",
        en="Export the same captions as .srt or .vtt from the editing program and put them beside the video under its name; those in the picture may stay.",
    ),
    looks_at=Video,
    cant_tell=Text(
        zh="讲话时多数时刻的画面下方正中有文字，而且文字随讲话变化，像是字幕；是不是字幕、盖住全部讲话没有，由人看。",
        en="At most moments of speech there is text low in the middle of the picture, and it changes with the speech: it looks like captions. Whether it is, and covers all speech, a person sees.",
    ),
    examples=(
        Example(lambda: course().resources[0], Outcome.INAPPLICABLE, "有字幕文件"),
        Example(lambda: _film("先洗手", "再试水温", "慢慢喝"), Outcome.CANT_TELL),
        Example(lambda: _film("晴禾学校", "晴禾学校", "晴禾学校"), Outcome.PASSED, "一直是同一行字，不是字幕"),
        Example(lambda: _film(), Outcome.PASSED, "画面里没有字"),
        Example(lambda: _film(looked=False), Outcome.UNTESTED, "没有安装识别文字的组件"),
    ),
)
def captions_burnt_in(video: Video) -> Iterator[Finding | Abstention]:
    """A request to look where captions seem to stand in the picture and in no file; the first lines are told."""
    if video.captions or video.entry.captions:
        yield CAPTIONED
        return
    shown = burnt_in(video)
    if shown is None:
        yield NOBODY_LOOKED
    elif shown:
        places = tuple(f"{clock(text.at)}“{text.words}”" for text in shown[:_SHOWN])
        yield Finding(at=video.at("captions"), evidence=(Listed("places", places),), outcome=Outcome.CANT_TELL)
