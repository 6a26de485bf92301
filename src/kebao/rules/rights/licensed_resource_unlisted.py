"""A resource under somebody else's licence that the rights list does not hold (A5)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.ownership import covers, is_ours
from kebao.subjects.sketch import course
from kebao.text.names import fold


def _licensed(licence: str, used_in: str = "v1") -> Resource:
    entries = [entry.model_dump() for entry in course().manifest.resources]
    entries[3]["licence"] = licence
    rights = {**course().manifest.rights[0].model_dump(), "used_in": used_in}
    return course(resources=entries, rights=[rights]).resources[3]


@rule(
    id="licensed-resource-unlisted",
    clauses=("A5",),
    severity=Severity.WARNING,
    title=Text(zh="他人许可的资源没有列入权利清单", en="Licensed resource not in the rights list"),
    rationale=Text(
        zh="别人的作品要写明权利人、许可、证明和标注；只写“购买”“授权”，版权方找来时拿不出依据。",
        en="Somebody else's work needs its owner, licence, proof and citation; “bought” alone proves nothing when they ask.",
    ),
    message=Text(
        zh="“{title}”的许可写的是“{licence}”，权利清单里却没有一行说到它。",
        en="“{title}” is licensed as “{licence}”, but no row of the rights list speaks of it.",
    ),
    mend=Text(
        zh="在“权利清单”工作表加一行，写明权利人、许可方式、证明和引用标注，“用在哪里”填它的编号；是自己的，许可就写“自有”。",
        en="Add a row with owner, licence, proof and citation to the sheet 权利清单, with its id; if it is your own, write 自有.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: _licensed("本单位自有"), Outcome.PASSED),
        Example(lambda: _licensed("购买", used_in="v1 t1"), Outcome.PASSED, "权利清单里有它"),
        Example(lambda: _licensed("购买"), Outcome.FAILED),
        Example(lambda: _licensed("知识共享 署名 4.0"), Outcome.FAILED, "公开许可也要标注出处"),
        Example(lambda: _licensed(""), Outcome.INAPPLICABLE, "没有写许可"),
        Example(lambda: course(rights=[]).resources[3], Outcome.INAPPLICABLE, "没有权利清单"),
    ),
)
def licensed_resource_unlisted(resource: Resource, *, own_words: tuple[str, ...]) -> Iterator[Yielded]:
    """One finding for a resource whose licence is neither the supplier's own nor told of in any row."""
    licence, package = resource.entry.licence, resource.package
    if not licence:
        yield inapplicable("没有写许可，另有规则去看。", "No licence is given; another rule looks at that.")
        return
    if not package.rights:
        yield inapplicable("没有权利清单，另有指出。", "There is no rights list; that is told elsewhere.")
        return
    is_own = is_ours(package, licence) or any(fold(word) in fold(licence) for word in own_words)
    if not is_own and not any(covers(rights, resource) for rights in package.rights):
        yield Finding(at=resource.at("licence"), evidence=(Quoted("licence", licence),))
