"""No video lecture or demonstration, the core of an online course (A1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE, NO_RESOURCES
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.timing import roles_stated


@rule(
    id="core-resource-missing",
    clauses=("A1",),
    severity=Severity.ERROR,
    title=Text(zh="没有核心学习资源", en="No core resource"),
    rationale=Text(
        zh="视频讲授和视频演示是网络课程的核心；只有文本、图表或音频，技能学不会。",
        en="Video lectures and demonstrations are the core of an online course; text, charts or sound alone do not teach a skill.",
    ),
    message=Text(
        zh="课程里没有讲授或演示视频（现有资源 {count} 个）。",
        en="The course holds no video that lectures or demonstrates ({count} resources in all).",
    ),
    mend=Text(
        zh="至少加入一个讲授或演示的视频，并在“学习资源”工作表把它的用途选为“讲授”或“演示”。",
        en="Add at least one lecture or demonstration video and choose 讲授 or 演示 as its role in the sheet 学习资源.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(resources=[{"id": "a", "kind": "audio", "role": "讲授", "title": "听讲"}]), Outcome.FAILED
        ),
        Example(
            lambda: course(resources=[{"id": "a", "kind": "animation", "role": "演示", "title": "动画"}]),
            Outcome.FAILED,
            "动画演示是辅助资源",
        ),
        Example(
            lambda: course(resources=[{"id": "a", "kind": "video", "title": "洗手"}]),
            Outcome.INAPPLICABLE,
            "视频还没有标明用途",
        ),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def core_resource_missing(package: Package, *, roles: tuple[str, ...]) -> Iterator[Finding | Abstention]:
    """A finding when no video carries one of the roles; a video without any role may yet be one."""
    if package.kind == "single":
        yield ALONE
        return
    if not package.resources:
        yield NO_RESOURCES
        return
    videos = [resource for resource in package.resources if resource.entry.kind == "video"]
    if any(roles_stated(video) & set(roles) for video in videos):
        return
    if any(not roles_stated(video) for video in videos):
        yield inapplicable("有视频没有标明用途，已另外报告。", "Some videos carry no role; that is reported by itself.")
        return
    yield Finding(at=package.at("resources"), values={"count": len(package.resources)})
