"""A resource has no name (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.sketch import clip, course


@rule(
    id="resource-title-missing",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="资源没有名称", en="Resource without a name"),
    rationale=Text(
        zh="目录要写出各视频资源的名称，学习者才能查到。",
        en="The catalogue holds the name of every video, so that learners find it.",
    ),
    message=Text(zh="学习资源“{title}”没有填名称。", en="The resource “{title}” has no name filled in."),
    mend=Text(
        zh="在“学习资源”工作表这一行填上名称，用这段内容的重点命名。",
        en="Fill in its name in the sheet 学习资源, by what it teaches.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED),
        Example(lambda: clip(title=""), Outcome.FAILED),
    ),
)
def resource_title_missing(resource: Resource) -> Iterator[Finding | Abstention]:
    """One finding for a resource whose name is empty; it is then called by its file."""
    if not resource.entry.title:
        yield Finding(at=resource.at("title"))
