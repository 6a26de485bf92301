"""A video bears the name of a lesson and is not that lesson's only video (A2(2).2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Lesson, Package, Video
from kebao.subjects.sketch import course
from kebao.text.names import fold


@rule(
    id="video-named-as-lesson",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="视频与课程同名", en="Video named like a lesson"),
    rationale=Text(
        zh="一课只有一个视频时两者可以同名；一课有几个视频，或者名称属于别的课，同名就会找错。",
        en="A lesson and its only video may share a name; where there are several videos, or the name is another lesson's, people go astray.",
    ),
    message=Text(
        zh="视频“{title}”与课程“{lesson}”同名，但它不是这一课唯一的视频。",
        en="The video “{title}” is named like the lesson “{lesson}”, whose only video it is not.",
    ),
    mend=Text(
        zh="在“学习资源”工作表里给这个视频起一个自己的名称，写出它讲的那一部分内容。",
        en="In the sheet 学习资源 give this video a name of its own, by the part that it shows.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(catalogue=[{"id": "k", "title": "试水温", "hours": "0.2", "use": ["v2", "t1"]}]),
            Outcome.PASSED,
            "一课和它唯一的视频可以同名",
        ),
        Example(
            lambda: course(catalogue=[{"id": "k", "title": "试水温", "hours": "0.2", "use": ["v1", "v2"]}]),
            Outcome.FAILED,
            "这一课有两个视频",
        ),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE, "没有视频"),
    ),
)
def video_named_as_lesson(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each such video. Names that repeat among videos or lessons are left to the rules on repeats."""
    videos = [resource for resource in package.resources if isinstance(resource, Video) and resource.entry.title]
    if not package.lessons:
        yield NO_CATALOGUE
        return
    if not videos:
        yield inapplicable("没有视频。", "There is no video.")
        return
    video_names = Counter(fold(video.entry.title) for video in videos)
    lesson_names = Counter(fold(lesson.entry.title) for lesson in package.lessons)
    lessons = {fold(lesson.entry.title): lesson for lesson in package.lessons if lesson.entry.title}
    for video in videos:
        name = fold(video.entry.title)
        if video_names[name] > 1 or lesson_names[name] != 1:
            continue
        if _videos_below(lessons[name]) != {video.item}:
            yield Finding(at=video.at("title"), evidence=(Quoted("lesson", lessons[name].entry.title),))


def _videos_below(lesson: Lesson) -> set[str]:
    """Videos of a lesson and of everything below it."""
    path = (*lesson.parents, lesson.entry.title)
    below = (other for other in lesson.package.lessons if other.parents[: len(path)] == path)
    return {resource.item for one in (lesson, *below) for resource in one.resources if isinstance(resource, Video)}
