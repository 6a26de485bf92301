"""Every resource has an owner that somebody wrote down (A5)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.ownership import covers
from kebao.subjects.sketch import clip, course


@rule(
    id="resource-without-rights",
    clauses=("A5",),
    severity=Severity.WARNING,
    title=Text(
        zh="资源没有写明归属",
        en="Resource without ownership",
    ),
    rationale=Text(
        zh="每个资源都要说得清归谁，才能放心上线。",
        en="Only what has a clear owner can go online safely.",
    ),
    message=Text(
        zh="“{title}”没写许可，权利清单里也没有一行说到它。",
        en="“{title}” states no licence, and no row of the rights list speaks of it.",
    ),
    mend=Text(
        zh="在“权利清单”里加一行，“用在哪里”写它的编号；或在“学习资源”里填“许可”一格。",
        en="Add a row to 权利清单 with its id under 用在哪里, or fill in the cell 许可 in 学习资源.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED, "自有"),
        Example(lambda: clip(id="v1", licence=""), Outcome.PASSED, "清单“用在哪里”写了它"),
        Example(lambda: clip(id="v9", licence=""), Outcome.FAILED, "清单没说到它"),
        Example(lambda: course(rights=[]).resources[0], Outcome.INAPPLICABLE, "没有权利清单，由别的规则指出"),
    ),
)
def resource_without_rights(resource: Resource) -> Iterator[Yielded]:
    """One finding for a resource without licence of its own that no row covers."""
    if not resource.package.rights:
        yield inapplicable("没有权利清单，另有指出。", "There is no rights list; that is told elsewhere.")
        return
    if not resource.entry.licence and not any(covers(rights, resource) for rights in resource.package.rights):
        yield Finding(at=resource.at("licence"))
