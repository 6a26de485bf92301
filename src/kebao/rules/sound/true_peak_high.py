"""True peaks near full scale (A4(2), advice of EBU R 128)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.location import clock
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Timed
from kebao.subjects.hearing import listen
from kebao.subjects.sounding import sounding, unmeasured


@rule(
    id="true-peak-high",
    clauses=("A4(2)",),
    severity=Severity.ADVICE,
    title=Text(zh="声音峰值过高", en="Peaks too high"),
    rationale=Text(
        zh="峰值顶到头，平台转码或手机外放时就会破音。",
        en="Peaks at the top break up when a platform encodes again or a telephone plays them.",
    ),
    message=Text(
        zh="“{title}”的真峰值到 {peak:.1f} dBTP（在 {start}），建议不超过 {limit:.0f} dBTP。",
        en="The true peak of “{title}” reaches {peak:.1f} dBTP (at {start}); {limit:.0f} dBTP is the advice.",
    ),
    mend=Text(
        zh="剪映：把音量调低几分贝，或打开“响度统一”。Audacity：“效果－限制器”设为 −1 分贝，或“标准化”到 −3 分贝。",
        en="CapCut: turn the volume down some decibels, or even out the loudness. Audacity: Effect – Limiter at −1 dB, or Normalize to −3 dB.",
    ),
    looks_at=Timed,
    examples=(
        Example(sounding, Outcome.PASSED),
        Example(lambda: sounding(drive=0.0), Outcome.FAILED, "峰值顶到满刻度"),
        Example(unmeasured, Outcome.UNTESTED, "没有测量"),
    ),
)
def true_peak_high(resource: Timed, *, limit_dbtp: float) -> Iterator[Finding | Abstention]:
    """A finding at the highest true peak when it is over the limit."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        yield heard
        return
    hop = int(np.argmax(heard.true_peak)) if heard.hops else 0
    peak = float(heard.true_peak[hop]) if heard.hops else limit_dbtp
    if peak <= limit_dbtp:
        return
    span = heard.span(hop, hop + 1)
    yield Finding(
        at=resource.at(span=span),
        evidence=(
            Measured("peak", peak, limit=limit_dbtp, unit="dBTP"),
            heard.highest_curve("peak", heard.true_peak, unit="dBTP", limit=limit_dbtp, marks=(span,)),
        ),
        values={"start": clock(span.start)},
    )
