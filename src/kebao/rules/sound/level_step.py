"""The level of the sound jumps (A4(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen_to_speech
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="level-step",
    clauses=("A4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="音量突然变化", en="Sudden change of level"),
    rationale=Text(
        zh="音量忽大忽小，学习者不是吓一跳就是听不清，要不停调音量。",
        en="Where the level jumps, learners start up or lose the words, and keep turning the volume.",
    ),
    message=Text(
        zh="“{title}”在 {start} 处讲话突然{direction} {change:.0f} LU（{limit:.0f} LU 以上就提出）。",
        en="In “{title}” at {start} the speech suddenly turns {direction} by {change:.0f} LU ({limit:.0f} LU and more is told).",
    ),
    mend=Text(
        zh="剪映：在 {start} 处分割，把前后两段音量调成一样，或全选后打开“响度统一”。Audacity：选中较轻的一段，“效果－增幅”{change:.0f} 分贝。",
        en="CapCut: split at {start} and bring both parts to one volume, or even out the loudness of all. Audacity: select the softer part, Effect – Amplify by {change:.0f} dB.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED, "音量一直一样"),
        Example(lambda: sounding(gains=((17.0, -7.0),)), Outcome.FAILED, "第17秒突然轻了7分贝"),
        Example(lambda: sounding(gains=((0.0, -8.0), (18.0, 0.0))), Outcome.FAILED, "第18秒突然响了8分贝"),
        Example(lambda: sounding(gains=((17.0, -2.0),)), Outcome.PASSED, "只差2分贝"),
        Example(lambda: sounding(hum=(-20.0, (1, 2, 3), 17.0, 36.0)), Outcome.PASSED, "第17秒起有电流声，讲话没有变响"),
        Example(lambda: sounding(gains=((15.2, -3.5),)), Outcome.PASSED, "第15秒突然轻了3.5分贝，没有到限值"),
        Example(lambda: sounding(voice=False), Outcome.INAPPLICABLE, "没有讲话"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def level_step(resource: Timed, *, limit_lu: float, unlike_db: float) -> Iterator[Finding | Abstention]:
    """A finding for each jump of the gain.

    Where pauses hold room tone it must jump as well; where they hold none, the change must be alike in all bands: another
    voice or another effort changes the colour too, and is no jump of the level.
    """
    heard = listen_to_speech(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    for step in heard.steps(least_lu=limit_lu):
        if step.floor_change is None and step.unlike > unlike_db:
            continue
        span = heard.span(step.hop, step.hop + 1)
        yield Finding(
            at=resource.at(span=span),
            evidence=(
                Measured("change", abs(step.size), limit=limit_lu, unit="LU"),
                heard.loudness_curve(marks=(span,)),
            ),
            values={
                "start": clock(span.start),
                "direction": Text(zh="变响", en="louder") if step.size > 0 else Text(zh="变轻", en="softer"),
            },
        )
