"""Sound of a medium is damaged (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.course import Timed
from kebao.subjects.sketch import clip
from kebao.subjects.sketched_pass import passed_clip


@rule(
    id="sound-damaged",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="声音数据损坏", en="Damaged sound"),
    rationale=Text(
        zh="损坏的声音会断、会爆响，戴助听器的学习者尤其难受。",
        en="Damaged sound breaks off or cracks, which hurts most of all those with hearing aids.",
    ),
    message=Text(
        zh="“{title}”的声音有 {errors} 处数据解不开。",
        en="The sound of “{title}” has {errors} places that cannot be decoded.",
    ),
    mend=Text(
        zh="重新复制一次；仍然损坏的，从剪辑工程重新导出。",
        en="Copy it again; if it is still damaged, export it anew from the project.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(sound={"errors": 3, "gaps": ((Fraction(60), Fraction(1, 10)),)}), Outcome.FAILED),
        Example(lambda: passed_clip(sound={"errors": 1}), Outcome.PASSED, "剪口处少一块"),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def sound_damaged(medium: Timed, *, limit_errors: int) -> Iterator[Finding | Abstention]:
    """A finding for more undecodable packets than a cut's edge leaves, at the first gap that they made."""
    found = medium.measurement
    if found is None:
        yield NOT_MEASURED
        return
    sound = found.passed.sound
    if sound is not None and sound.errors > limit_errors:
        holes = [Span(at, at + length) for at, length in sound.gaps if length > 0]
        span = Span(holes[0].start, holes[-1].end) if holes else None
        yield Finding(at=medium.at(span=span), evidence=(Measured("errors", sound.errors),))
