"""A resource without a clock that declares no minutes, or a medium that states no length (A3(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE, NOT_UNDERSTOOD
from kebao.subjects.course import Resource, Timed
from kebao.subjects.sketch import SketchedFile, clip, course
from kebao.subjects.unread import was_written


@rule(
    id="resource-length-unknown",
    clauses=("A3(1)",),
    severity=Severity.WARNING,
    title=Text(zh="资源时长不明", en="Length of a resource unknown"),
    rationale=Text(
        zh="学时按分钟折算；文本、图表、仿真没有时钟，不申报分钟数就算不出总学时和比例。",
        en="Hours are counted from minutes; text, charts and simulations have no clock, so without declared minutes neither total nor shares are known.",
    ),
    message=Text(zh="“{title}”的学习时长不知道是多少。", en="How long “{title}” takes to study is not known."),
    mend=Text(
        zh="在“学习资源”工作表这一行的“分钟”里填学习它要用的时间；不计入课时的填 0。",
        en="Fill in the minutes it takes in the sheet 学习资源; 0 if it does not count towards the hours.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: clip(), Outcome.PASSED, "视频有时钟"),
        Example(lambda: course().resources[3], Outcome.PASSED, "文本申报了分钟数"),
        Example(
            lambda: course(
                resources=[{"id": "t", "kind": "text", "title": "要点", "path": "文本/饮水要点.md"}]
            ).resources[0],
            Outcome.FAILED,
        ),
        Example(
            lambda: course(
                resources=[{"id": "a", "kind": "animation", "title": "动画", "path": "动画.html"}],
                files={"动画.html": SketchedFile()},
            ).resources[0],
            Outcome.FAILED,
            "网页动画没有时钟",
        ),
        Example(
            lambda: course(resources=[{"id": "v", "title": "洗手", "path": "视频/没有.mp4"}]).resources[0],
            Outcome.INAPPLICABLE,
            "文件不在",
        ),
    ),
)
def resource_length_unknown(resource: Resource) -> Iterator[Finding | Abstention]:
    """One finding for a resource whose length neither its file nor its row tells."""
    if resource.seconds is not None:
        return
    if was_written(resource.package, f"resources.{resource.index}.minutes"):
        yield NOT_UNDERSTOOD
        return
    usable = resource.exists and resource.package.facts.fault(resource.entry.path) is None
    if isinstance(resource, Timed) and not usable:
        yield FILE_UNUSABLE
        return
    yield Finding(at=resource.at("minutes"))
