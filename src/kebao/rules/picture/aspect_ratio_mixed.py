"""Videos of one course differ in shape: wide, narrow, upright (moe/2013)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.frames import framed_videos, same_shape, usual_size
from kebao.subjects.sketch import SketchedFile, course


@rule(
    id="aspect-ratio-mixed",
    clauses=("M-aspect",),
    severity=Severity.ADVICE,
    title=Text(zh="视频宽高比不统一", en="Mixed aspect ratios"),
    rationale=Text(
        zh="横屏竖屏混用，画面忽大忽小，字幕和手语窗口的位置也跟着跳。",
        en="Where wide and upright pictures mix, the picture jumps in size, and captions and signer jump with it.",
    ),
    message=Text(
        zh="“{title}”的画面是 {size}，与其他视频（多是 {usual}）宽高比不同。",
        en="“{title}” is {size}, another shape than the other videos of this course (mostly {usual}).",
    ),
    mend=Text(
        zh="手机横过来拍；已经拍好的，在剪辑软件里放进与其他视频相同比例的画布再导出。",
        en="Hold the phone sideways; what is already shot goes on a canvas of the others' shape in the editing program.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(files={"视频/试水温.mp4": SketchedFile(seconds=600, width=720, height=1280)}),
            Outcome.FAILED,
            "竖屏",
        ),
        Example(
            lambda: course(files={"视频/试水温.mp4": SketchedFile(seconds=600, width=854, height=480)}),
            Outcome.PASSED,
            "854×480 与 16:9 只差千分之一",
        ),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE, "没有可比较的视频"),
    ),
)
def aspect_ratio_mixed(package: Package, *, shape_tolerance: str) -> Iterator[Finding | Abstention]:
    """One finding for each video whose width to height differs from the commonest size's by more than the tolerance."""
    videos = framed_videos(package)
    if len(videos) < 2:
        yield inapplicable("能比较的视频不到两个。", "Fewer than two videos can be compared.")
        return
    usual = usual_size(videos)
    for video, size in videos:
        if not same_shape(size, usual, Fraction(shape_tolerance)):
            yield Finding(at=video.at(), evidence=(Quoted("size", str(size)), Quoted("usual", str(usual))))
