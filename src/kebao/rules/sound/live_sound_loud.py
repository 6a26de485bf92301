"""Live sound out of proportion to the commentary (A4(3))."""

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
    id="live-sound-loud",
    clauses=("A4(3)",),
    severity=Severity.ERROR,
    title=Text(zh="现场声盖住解说", en="Live sound covers the commentary"),
    rationale=Text(
        zh="机器声、人声太响，解说听不清；演示的关键步骤就漏掉了。",
        en="Where machines and people are too loud the commentary is lost, and with it the steps that matter.",
    ),
    message=Text(
        zh="“{title}”里讲话只比现场声响 {ratio:.0f} LU，应响 {limit:.0f} LU 以上。",
        en="In “{title}” the speech stands only {ratio:.0f} LU over the live sound; {limit:.0f} LU and more is wanted.",
    ),
    mend=Text(
        zh="剪映：把现场声轨道调低 10 分贝左右，解说另录一条；要听清现场声（如机器异响）的地方，让解说停一下。",
        en="CapCut: turn the track of the live sound down by 10 dB or so and record the commentary by itself; where the live sound matters, let the commentary pause.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: sounding(voice=False, music=5.0), Outcome.INAPPLICABLE, "没有讲话"),
        Example(lambda: sounding(life=12.0, pauses=2.0), Outcome.CANT_TELL, "高12分贝"),
        Example(lambda: sounding(life=30.0, pauses=2.0), Outcome.PASSED, "高30分贝"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
    cant_tell=Text(
        zh="读数在不符合的界线附近（10 LU 上下，连同测量误差），或在 10 到 15 LU 之间；或停顿里的现场声时响时轻，停顿不能代表讲话下面的现场声。请人听一听。",
        en="The reading lies near the limit (10 LU, with the error of the measurement) or between 10 and 15 LU, or the live sound of the gaps swings so much that they do not speak for what lies under the words. A person should listen.",
    ),
)
def live_sound_loud(
    resource: Timed, *, fail_lu: float, ask_lu: float, margin_lu: float, sure_lu: float
) -> Iterator[Finding | Abstention]:
    """A finding when the words stand less than `ask_lu` over the live sound; failed only where that is sure."""
    yield from out_of_proportion(resource, "live", fail_lu=fail_lu, ask_lu=ask_lu, margin_lu=margin_lu, sure_lu=sure_lu)
