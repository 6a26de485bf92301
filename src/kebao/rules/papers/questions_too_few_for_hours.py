"""The bank grows with the course's length (A2(2).4(3))."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionPaper
from kebao.subjects.bank import is_read_whole
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course
from kebao.text.measures import SECONDS_PER_HOUR, hours_floored


def _long(seconds: int) -> Package:
    video = {"id": "v1", "kind": "video", "role": "实操", "title": "长课", "path": "视频/长课.mp4"}
    return course(resources=[video], files={video["path"]: SketchedFile(seconds=seconds)})


@rule(
    id="questions-too-few-for-hours",
    clauses=("A2(2).4(3)",),
    severity=Severity.WARNING,
    title=Text(
        zh="题量与课时不相称",
        en="Too few questions for the hours",
    ),
    rationale=Text(
        zh="课程长而题少，很多内容就考不到。",
        en="A long course with few questions leaves much untested.",
    ),
    message=Text(
        zh="课程长 {hours} 学时，题库共 {questions} 题；按每学时 {per_hour} 题计，应有 {limit} 题。",
        en="The course runs {hours} hours and the bank holds {questions} questions; at {per_hour} an hour there should be {limit}.",
    ),
    mend=Text(
        zh="按课时补题，先补课时长、没有考到的那几课。",
        en="Add questions in keeping with the hours, first for long lessons that are not tested yet.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "一学时一百五十题"),
        Example(lambda: _long(40_501), Outcome.FAILED, "比十五学时长一秒，只有一百五十题"),
        Example(lambda: _long(40_500), Outcome.PASSED, "正好十五学时"),
        Example(lambda: course(listed=[]), Outcome.INAPPLICABLE, "没有试卷，由别的规则指出"),
        Example(lambda: course(papers={"试卷/试卷1.xlsx": QuestionPaper()}), Outcome.UNTESTED, "有试卷是空的"),
    ),
)
def questions_too_few_for_hours(package: Package, *, limit_per_hour: int) -> Iterator[Yielded]:
    """One finding for the package; the length is the measured one."""
    if package.kind == "single" or not package.papers or not package.seconds:
        yield inapplicable("没有题库或没有课时可比。", "There is no bank, or no hours to hold it against.")
        return
    if not is_read_whole(package) or package.lengths_missing:
        yield untested(
            "有试卷或课时没有读懂，先改好那里。", "Some paper or length was not understood; mend that first."
        )
        return
    needed = ceil(limit_per_hour * package.seconds / SECONDS_PER_HOUR)
    if len(package.questions) < needed:
        yield Finding(
            at=package.at("papers", item="per-hour"),
            evidence=(Measured("questions", len(package.questions), limit=needed),),
            values={"hours": hours_floored(package.seconds), "per_hour": limit_per_hour},
        )
