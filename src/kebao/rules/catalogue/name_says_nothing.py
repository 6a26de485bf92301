"""A name that tells nothing of the content: 视频1, IMG_0001, 未命名 (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_CATALOGUE
from kebao.subjects.course import Package
from kebao.subjects.naming import Named
from kebao.subjects.sketch import course, listed
from kebao.text.names import is_placeholder


@rule(
    id="name-says-nothing",
    clauses=("A2(2).2",),
    severity=Severity.ADVICE,
    title=Text(zh="名称看不出内容", en="Name that says nothing"),
    rationale=Text(
        zh="规范建议用重点学习内容命名，便于快速查询；听读屏软件的学习者只能靠名称判断。",
        en="The text suggests naming by main content so that it is quickly found; listeners to a screen reader have only the name to go by.",
    ),
    message=Text(zh="名称“{title}”看不出学的是什么。", en="The name “{title}” does not say what is learnt."),
    mend=Text(
        zh="改成这一段的重点内容，例如把“视频1”改成“试水温”。手机录的视频在改名之后再放进来。",
        en="Name it by what it teaches, for example “试水温” instead of “视频1”.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: listed("第1讲 洗手"), Outcome.PASSED, "编号后面有内容"),
        Example(lambda: listed("视频1"), Outcome.FAILED),
        Example(
            lambda: course(resources=[{"id": "v1", "title": "IMG_0001", "path": "a.mp4"}]), Outcome.FAILED, "手机起的名"
        ),
        Example(lambda: course(catalogue=[], resources=[]), Outcome.INAPPLICABLE),
    ),
)
def name_says_nothing(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each lesson or resource whose name is a placeholder."""
    if not package.lessons and not package.resources:
        yield NO_CATALOGUE
        return
    everything: tuple[Named, ...] = (*package.lessons, *package.resources)
    for named in everything:
        if named.entry.title and is_placeholder(named.entry.title):
            yield Finding(at=named.at("title"))
