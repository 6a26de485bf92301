"""Sound and picture are apart by more than is tolerated (A4(1))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Video
from kebao.subjects.sketch import clip
from kebao.subjects.sketched_pass import clapping_clip
from kebao.subjects.stepping import NO_EVIDENCE, step_of


@rule(
    id="sound-out-of-step",
    clauses=("A4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="声画不同步", en="Sound out of step with the picture"),
    rationale=Text(
        zh="听障学习者靠口形和动作帮助理解，声音早一点晚一点都会让他们对不上。",
        en="Learners who hear badly follow lips and hands; sound that comes early or late takes that help away.",
    ),
    message=Text(
        zh="“{title}”的声音{direction} {milliseconds:.0f} 毫秒（{moments} 处看得见也听得到的瞬间一致）。",
        en="The sound of “{title}” is {milliseconds:.0f} ms {direction} ({moments} moments that are seen and heard agree).",
    ),
    mend=Text(
        zh="在剪辑软件里把声音轨移动这么多毫秒，对准一次拍手或放下物品的瞬间，再重新导出。",
        en="Move the track of sound by so many milliseconds in the editing program until a clap or a thing put down fits, and export again.",
    ),
    looks_at=Video,
    cant_tell=Text(
        zh="相差在“能察觉”（声音早 45 毫秒、晚 125 毫秒）和“不能接受”（早 90 毫秒、晚 185 毫秒）之间时，由人决定（ITU-R BT.1359-1）。",
        en="Between what is noticed (45 ms early, 125 ms late) and what is not acceptable (90 ms early, 185 ms late) a person decides (ITU-R BT.1359-1).",
    ),
    examples=(
        Example(lambda: clapping_clip(), Outcome.PASSED),
        Example(lambda: clapping_clip(early=0.04), Outcome.PASSED, "察觉不到"),
        Example(lambda: clapping_clip(early=-0.1), Outcome.PASSED, "声音略晚，察觉不到"),
        Example(lambda: clapping_clip(early=0.07), Outcome.CANT_TELL),
        Example(lambda: clapping_clip(early=0.2), Outcome.FAILED, "声音早"),
        Example(lambda: clapping_clip(early=-0.3), Outcome.FAILED, "声音晚"),
        Example(lambda: clapping_clip(claps=0), Outcome.INAPPLICABLE, "没有凭据，另外请人看"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def sound_out_of_step(
    video: Video, *, noticed_early_ms: int, noticed_late_ms: int, limit_early_ms: int, limit_late_ms: int
) -> Iterator[Finding | Abstention]:
    """A finding beyond the limits, or between what is noticed and them; without evidence the rule has nothing to judge."""
    found = step_of(video)
    if isinstance(found, Abstention):
        yield found
        return
    if found is None:
        yield NO_EVIDENCE
        return
    offset = found.early * 1000
    if -noticed_late_ms <= offset <= noticed_early_ms:
        return
    beyond = offset > limit_early_ms or offset < -limit_late_ms
    first, last = (Fraction(moment).limit_denominator(1000) for moment in (found.moments[0], found.moments[-1]))
    yield Finding(
        at=video.at(span=Span(first, last)),
        evidence=(
            Measured("offset", round(offset), limit=limit_early_ms if offset > 0 else -limit_late_ms, unit="ms"),
            Measured("moments", len(found.moments)),
        ),
        values={
            "milliseconds": abs(offset),
            "direction": Text(zh="早了", en="early") if offset > 0 else Text(zh="晚了", en="late"),
        },
        outcome=Outcome.FAILED if beyond else Outcome.CANT_TELL,
    )
