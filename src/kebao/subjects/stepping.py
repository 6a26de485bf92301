"""Sound against picture of a video, for the rules on their step (A4(1))."""

from __future__ import annotations

from kebao.media.facts import MediaFacts
from kebao.media.measurement import Pass
from kebao.media.mouth_step import MouthStep, mouth_step, spoken_spans
from kebao.media.step import Agreement, in_step
from kebao.model.finding import Abstention, inapplicable
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE, NOT_MEASURED
from kebao.subjects.course import Video
from kebao.subjects.facts import Fault

NO_EVIDENCE = inapplicable(
    "没有几处看得见也听得到、间隔一致的瞬间，机器没有凭据，另外请人听看。",
    "There are no moments, seen and heard, that agree: no evidence for a machine; people are asked to listen and look.",
)
ONE_ALONE = inapplicable("没有声音，或者没有画面。", "It has no sound, or no picture.")

_PICTURE_MS = 40
"""One picture of 25 a second: mouths tell no less."""


def step_of(video: Video) -> Agreement | Abstention | None:
    """The delay between its sound and picture; None without evidence; an abstention where there is nothing to compare."""
    media = video.media
    if not isinstance(media, MediaFacts):
        return FILE_UNUSABLE
    if not media.audio or media.video is None:
        return ONE_ALONE
    found = video.measurement
    if found is None:
        return NOT_MEASURED
    if found.passed.sound is None or found.passed.picture is None:
        return ONE_ALONE
    try:
        return in_step(found)
    except KeyError:  # measured by the cheap set alone
        return NOT_MEASURED


def mouth_step_of(video: Video) -> MouthStep | None:
    """What mouths say of the delay, a hint that judges nothing; None where a strike is evidence, or nothing can be said."""
    found = video.measurement
    if found is None or step_of(video) is not None:
        return None
    try:
        spans = spoken_spans(found)
        mouths = video.package.facts.mouths(video.entry.path, spans) if spans else None
        return None if mouths is None or isinstance(mouths, Fault) else mouth_step(found, mouths)
    except KeyError:  # measured by the cheap set alone
        return None


def mouth_remark(step: MouthStep) -> Text:
    """What mouths say, in words."""
    milliseconds = abs(step.early) * 1000
    if milliseconds < _PICTURE_MS:
        return Text(
            zh=f"口型看来与声音一致，相差不到 {_PICTURE_MS} 毫秒",
            en=f"lips seem to fit the sound within {_PICTURE_MS} ms",
        )
    zh, en = ("早", "early") if step.early > 0 else ("晚", "late")
    shown = round(milliseconds, -1)
    return Text(zh=f"口型显示声音约{zh} {shown:.0f} 毫秒", en=f"lips show the sound some {shown:.0f} ms {en}")


def clock_remarks(passed: Pass, least: float) -> Text | None:
    """What the container says that may mean a drift: starts or ends that are apart by `least` seconds or more."""
    seen, heard = passed.picture, passed.sound
    if seen is None or heard is None:
        return None
    starts, ends = float(heard.start - seen.start), float(heard.end - seen.end)
    zh, en = [], []
    if abs(starts) >= least:
        zh.append(f"声音比画面{'晚' if starts > 0 else '早'} {abs(starts):.1f} 秒开始")
        en.append(f"its sound starts {abs(starts):.1f} s {'after' if starts > 0 else 'before'} the picture")
    if abs(ends) >= least:
        zh.append(f"声音比画面{'晚' if ends > 0 else '早'} {abs(ends):.1f} 秒结束")
        en.append(f"its sound ends {abs(ends):.1f} s {'after' if ends > 0 else 'before'} the picture")
    return Text(zh="，".join(zh), en=", ".join(en)) if zh else None
