"""Two resources have the same id, so the catalogue cannot tell them apart (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.course import Package, Resource
from kebao.subjects.sketch import course


@rule(
    id="resource-id-repeated",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="资源编号重复", en="Resource id used twice"),
    rationale=Text(
        zh="目录靠编号找到视频；编号重复，有一个视频就永远放不出来。",
        en="The catalogue finds videos by id; where two share one, one of them is never shown.",
    ),
    message=Text(
        zh="“{title}”的编号 {id} 已经给了“{earlier}”。", en="The id {id} of “{title}” is already that of “{earlier}”."
    ),
    mend=Text(
        zh="在“学习资源”工作表第一列给它换一个没用过的编号，并改正“课程目录”里引用它的地方。",
        en="Give it an unused id in the first column of the sheet 学习资源, and correct the catalogue where it is used.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(resources=[{"id": "v1", "title": t, "path": f"{t}.mp4"} for t in ("洗手", "试温")]),
            Outcome.FAILED,
        ),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def resource_id_repeated(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each resource whose id an earlier one has."""
    if not package.resources:
        yield NO_RESOURCES
        return
    first: dict[str, Resource] = {}
    for resource in package.resources:
        if not resource.entry.id:
            continue
        earlier = first.setdefault(resource.entry.id, resource)
        if earlier is not resource:
            yield Finding(
                at=resource.at("id"), evidence=(Quoted("id", resource.entry.id), Quoted("earlier", earlier.name))
            )
