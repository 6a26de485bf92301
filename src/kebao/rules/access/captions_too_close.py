"""One caption follows another without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.sketch import captioned

ROUNDING = Fraction(1, 1000)
"""Times are written in thousandths of a second, so a gap of two frames may read a thousandth less."""


@rule(
    id="captions-too-close",
    clauses=("1.2.2",),
    severity=Severity.ADVICE,
    title=Text(zh="字幕之间没有间隔", en="Captions without a gap"),
    rationale=Text(
        zh="前后两条紧挨着，眼睛看不出换了一条，容易读串。",
        en="Where one follows the other at once, the eye does not see the change and runs them together.",
    ),
    message=Text(
        zh="“{title}”的字幕有 {cues} 处与前一条间隔不到 {frames} 帧（{limit:.2f} 秒）：{places}。",
        en="In “{title}”, {cues} captions follow the one before by less than {frames} frames ({limit:.2f} s): {places}.",
    ),
    mend=Text(
        zh="让前一条早一点结束；不少字幕软件有“最小间隔”一项，设为 2 帧或 0.08 秒。",
        en="End the one before a little earlier; many caption editors have a minimum gap, set it to 2 frames or 0.08 s.",
    ),
    looks_at=CaptionTrack,
    examples=(
        Example(lambda: captioned((1, 3, "先洗手"), (4, 6, "再试水温")), Outcome.PASSED),
        Example(lambda: captioned((1, 3, "先洗手"), (3.08, 5, "再试水温")), Outcome.PASSED, "25 帧时正好两帧"),
        Example(lambda: captioned((1, 3, "先洗手"), (3.04, 5, "再试水温")), Outcome.FAILED),
        Example(lambda: captioned((1, 3, "先洗手"), (2, 5, "再试水温")), Outcome.PASSED, "重叠的另外报告"),
        Example(lambda: captioned(text="WEBVTT\n"), Outcome.INAPPLICABLE, "读不出字幕，另外报告"),
    ),
)
def captions_too_close(track: CaptionTrack, *, limit_frames: int, usual_fps: int) -> Iterator[Finding | Abstention]:
    """A finding for the captions that begin less than so many frames after the one before; overlaps are another rule's."""
    if not track.is_usable:
        yield track.unusable
        return
    media = track.medium.media
    stated = media.video.fps if isinstance(media, MediaFacts) and media.video is not None else None
    limit = Fraction(limit_frames) / (stated or usual_fps)
    gaps = [(after, after.start - before.end) for before, after in track.in_time]
    faulty = [after for after, gap in gaps if 0 <= gap < limit - ROUNDING]
    if faulty:
        seen = Measured("frames", limit_frames)
        yield track.finding(faulty, seen, Measured("gap", limit, limit=limit, unit="s"))
