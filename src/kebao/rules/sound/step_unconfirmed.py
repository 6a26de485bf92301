"""Whether sound and picture are in step no machine can tell for some videos; people are asked once (A4(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.course import Package, Video
from kebao.subjects.sketch import course
from kebao.subjects.sketched_pass import clapping_clip, talking_clip
from kebao.subjects.stepping import clock_remarks, mouth_remark, mouth_step_of, step_of

_SHOWN = 8


@rule(
    id="step-unconfirmed",
    clauses=("A4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="声画同步要请人听看", en="Step of sound and picture needs an ear and an eye"),
    rationale=Text(
        zh="录屏、配音、看不到说话人的画面，没有能同时看到和听到的瞬间；机器没有凭据，就不能说“同步”。",
        en="Screen recordings and voice-over hold no moment that is both seen and heard; without evidence a machine may not say “in step”.",
    ),
    message=Text(
        zh="{videos} 个视频的声画同步没有凭据，请各听看开头、中间、结尾几秒：{names}。",
        en="For {videos} videos there is no evidence that sound and picture are in step; listen and look at the start, middle and end: {names}.",
    ),
    mend=Text(
        zh="看嘴形、翻页声、放下物品的声音是否对得上。以后录制时，开头拍一下手，机器就能核对。",
        en="See whether lips, turned pages and things put down fit their sound. Clap once or twice at the start of a recording, and a machine can check it.",
    ),
    looks_at=Package,
    cant_tell=Text(
        zh="视频有声音也有画面，但找不到至少两处间隔一致、又不像巧合的“看得见也听得到”的瞬间时，请人判断；整个课程包只问一次。装了 kebao[face] 时，口型与讲话的节奏对得上某个时差，就写在视频名后面；口型只是提示，不算凭据。",
        en="Asked once a package, for videos with sound and picture in which no two or more moments, seen and heard, agree beyond what chance would bring. With kebao[face], a delay at which lips follow the rhythm of the speech stands behind the video’s name: a hint, no evidence.",
    ),
    examples=(
        Example(lambda: clapping_clip().package, Outcome.PASSED, "测量过的视频有凭据"),
        Example(lambda: clapping_clip(claps=0).package, Outcome.CANT_TELL),
        Example(lambda: talking_clip(early=-0.2).package, Outcome.CANT_TELL, "口型显示声音约晚 200 毫秒"),
        Example(lambda: course(), Outcome.UNTESTED, "没有测量"),
    ),
)
def step_unconfirmed(package: Package, *, remark_seconds: int) -> Iterator[Finding | Abstention]:
    """One request for all videos without evidence; what their clocks say of a drift stands beside the names."""
    videos = [resource for resource in package.resources if isinstance(resource, Video)]
    judged = [(video, step) for video in videos if not isinstance(step := step_of(video), Abstention)]
    if not judged:
        unmeasured = any(step_of(video) is NOT_MEASURED for video in videos)
        yield (
            NOT_MEASURED
            if unmeasured
            else inapplicable("没有既有声音又有画面的视频。", "There is no video with sound and picture.")
        )
        return
    open_ones = [video for video, step in judged if step is None]
    if open_ones:
        yield Finding(
            at=package.at("resources"),
            evidence=(Measured("videos", len(open_ones)),),
            values={"names": _names(open_ones, remark_seconds)},
            outcome=Outcome.CANT_TELL,
        )


def _names(videos: list[Video], remark_seconds: int) -> Text:
    said = [(video, mouth_step_of(video)) for video in videos]
    said.sort(key=lambda pair: pair[1] is None)  # those of which something is known must not be among the rest
    zh, en = [], []
    for video, mouths in said[:_SHOWN]:
        found = video.measurement
        remarks = [
            remark
            for remark in (
                clock_remarks(found.passed, remark_seconds) if found is not None else None,
                mouth_remark(mouths) if mouths is not None else None,
            )
            if remark is not None
        ]
        zh.append(f"“{video.name}”" + (f"（{'；'.join(remark.zh for remark in remarks)}）" if remarks else ""))
        en.append(f"“{video.name}”" + (f" ({'; '.join(remark.en for remark in remarks)})" if remarks else ""))
    rest = len(videos) - _SHOWN
    if rest > 0:
        zh.append(f"另有 {rest} 个")
        en.append(f"{rest} more")
    return Text(zh="、".join(zh), en=", ".join(en))
