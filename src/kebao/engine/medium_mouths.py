"""What mouths say of the step of one medium's sound, as a fact of the look: a hint that judges nothing."""

from __future__ import annotations

from kebao.model.medium import Fact
from kebao.model.text import Text
from kebao.subjects.course import Timed, Video
from kebao.subjects.stepping import mouth_remark, mouth_step_of


def mouths_fact(medium: Timed) -> Fact | None:
    """The delay; None where it is no video, strikes are evidence of it, the extra is not installed, or mouths say nothing."""
    step = mouth_step_of(medium) if isinstance(medium, Video) else None
    if step is None:
        return None
    said = mouth_remark(step)
    return Fact(
        Text(zh="口型与声音（仅供参考）", en="Lips and sound (a hint only)"),
        Text(
            zh=f"{said.zh}（对照 {step.stretches} 段共 {step.seconds:.0f} 秒的口型，不作判断依据）",
            en=f"{said.en} ({step.stretches} stretches of lips, {step.seconds:.0f} s in all; nothing is judged by it)",
        ),
    )
