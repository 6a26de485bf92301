"""Videos of one course differ in size though not in shape (moe/2013)."""

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
    id="resolution-mixed",
    clauses=("M-resolution",),
    severity=Severity.ADVICE,
    title=Text(zh="视频分辨率不统一", en="Mixed resolutions"),
    rationale=Text(
        zh="同一门课忽清忽糊，学习者看板书、看手部动作会吃力，低视力者尤其如此。",
        en="A course that is now sharp, now soft makes writing and hands hard to see, most of all with low vision.",
    ),
    message=Text(
        zh="“{title}”的分辨率是 {size}，这门课其他视频多是 {usual}。",
        en="“{title}” is {size}; the other videos of this course are mostly {usual}.",
    ),
    mend=Text(
        zh="在剪辑软件里用同一个项目设置重新导出；原片就小的，不要硬放大，尽量重录。",
        en="Export it again with the project settings of the others; if the original is small, record it again rather than enlarge it.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(files={"视频/试水温.mp4": SketchedFile(seconds=600, width=1920, height=1080)}),
            Outcome.FAILED,
        ),
        Example(
            lambda: course(files={"视频/试水温.mp4": SketchedFile(seconds=600, width=640, height=480)}),
            Outcome.PASSED,
            "宽高比也不同，由另一条报告",
        ),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE, "没有可比较的视频"),
    ),
)
def resolution_mixed(package: Package, *, shape_tolerance: str) -> Iterator[Finding | Abstention]:
    """One finding for each video that is not of the commonest size but has its shape; other shapes are `aspect-ratio-mixed`."""
    videos = framed_videos(package)
    if len(videos) < 2:
        yield inapplicable("能比较的视频不到两个。", "Fewer than two videos can be compared.")
        return
    usual = usual_size(videos)
    for video, size in videos:
        if size != usual and same_shape(size, usual, Fraction(shape_tolerance)):
            yield Finding(at=video.at(), evidence=(Quoted("size", str(size)), Quoted("usual", str(usual))))
