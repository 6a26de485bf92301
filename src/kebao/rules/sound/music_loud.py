"""Music too loud behind the speech (A4(4))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import out_of_proportion
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="music-loud",
    clauses=("A4(4)",),
    severity=Severity.ERROR,
    title=Text(zh="背景音乐盖住讲话", en="Music covers the speech"),
    rationale=Text(
        zh="背景音乐太响，听力不好的学习者听不清讲话；语音识别的字幕也会出错。",
        en="Loud music hides the words from learners with weak hearing, and automatic captions go wrong.",
    ),
    message=Text(
        zh="“{title}”里讲话只比背景音乐响 {ratio:.0f} LU，应响 {limit:.0f} LU 以上。",
        en="In “{title}” the speech stands only {ratio:.0f} LU over the music; {limit:.0f} LU and more is wanted.",
    ),
    mend=Text(
        zh="剪映：把音乐的音量调低，让讲话比它响 20 分贝左右，或打开“人声增强／自动闪避”。讲重点时不放音乐更好。",
        en="CapCut: turn the music down until the speech stands about 20 dB over it, or use ducking. Better still: no music under the teaching.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(voice=False, music=5.0), Outcome.INAPPLICABLE, "没有讲话"),
        Example(lambda: sounding(music=4.0, pauses=2.0), Outcome.FAILED, "讲话只比音乐高4分贝"),
        Example(lambda: sounding(music=12.0, pauses=2.0), Outcome.CANT_TELL, "高12分贝"),
        Example(lambda: sounding(music=25.0, pauses=2.0), Outcome.PASSED, "高25分贝"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="读数在不符合的界线附近（10 LU 上下，连同测量误差），或在 10 到 15 LU 之间；或停顿里的音乐时响时轻，停顿不能代表讲话下面的音乐。请人听一听。",
        en="The reading lies near the limit (10 LU, with the error of the measurement) or between 10 and 15 LU, or the music of the gaps swings so much that they do not speak for what lies under the words. A person should listen.",
    ),
)
def music_loud(
    resource: Timed, *, fail_lu: float, ask_lu: float, margin_lu: float, sure_lu: float
) -> Iterator[Finding | Abstention]:
    """A finding when the words stand less than `ask_lu` over the music; failed only where that is sure."""
    yield from out_of_proportion(
        resource, "music", fail_lu=fail_lu, ask_lu=ask_lu, margin_lu=margin_lu, sure_lu=sure_lu
    )
