"""The resources are all of one kind (A2(2).3)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Listed, Measured
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.package.manifest import KIND_WORDS
from kebao.subjects.abstaining import ALONE, NO_RESOURCES
from kebao.subjects.course import Package
from kebao.subjects.sketch import clip, course


@rule(
    id="resource-kinds-too-few",
    clauses=("A2(2).3",),
    severity=Severity.WARNING,
    title=Text(zh="资源类型太少", en="Too few kinds of resource"),
    rationale=Text(
        zh="学习者各有长处：有人看，有人听，有人读，有人动手；只有一种资源就会有人学不了。",
        en="Learners differ: some watch, some listen, some read, some try; with one kind of resource somebody is left out.",
    ),
    message=Text(
        zh="学习资源只有 {count} 种（{kinds}），一般不少于 {limit} 种。",
        en="There are resources of {count} kind only ({kinds}); usually there are at least {limit}.",
    ),
    mend=Text(
        zh="补充另一种资源，例如一页图文要点、操作步骤图或练习，登记在“学习资源”工作表。",
        en="Add another kind, such as a page of key points, a chart of steps or an exercise, and list it in 学习资源.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED, "视频和文本"),
        Example(lambda: clip().package, Outcome.FAILED, "只有视频"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def resource_kinds_too_few(package: Package, *, least: int) -> Iterator[Finding | Abstention]:
    """A finding when fewer than `least` kinds are listed. Whether the mix is fitting is for the experts."""
    if package.kind == "single":
        yield ALONE
        return
    if not package.resources:
        yield NO_RESOURCES
        return
    kinds = sorted({KIND_WORDS[resource.entry.kind] for resource in package.resources})
    if len(kinds) < least:
        yield Finding(
            at=package.at("resources"),
            evidence=(Measured("count", len(kinds), limit=least), Listed("kinds", tuple(kinds))),
        )
